"""Refusals around sitting a quiz."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotReady(DomainError):
    """Something has to be completed first."""

    code = "not_ready"
    message = _("The exam opens when you have completed every required module. Your progress is kept.")


class NoAttemptLeft(DomainError):
    """All attempts are used."""

    code = "no_attempt_left"
    message = _("You have used all your attempts. Talk to your trainer, who can allow one more.")


class TooEarly(DomainError):
    """The pause between two attempts is not over."""

    code = "too_early"
    message = _("You can try again from %(when)s. Use the time to read again what was difficult.")


class BankTooSmall(DomainError):
    """The item bank cannot fill the paper."""

    code = "bank_too_small"
    message = _("This exam is not ready yet: it has too few questions. Tell your trainer; nothing of yours is lost.")


class TimeIsOver(DomainError):
    """An answer or the hand-in came after the end."""

    code = "time_is_over"
    message = _("Time has run out. The answers saved before then count; here is your result.")


class NotAResponse(DomainError):
    """A value that is no possible answer."""

    code = "not_a_response"
    message = _("This answer could not be read. Choose again; your other answers are kept.")
