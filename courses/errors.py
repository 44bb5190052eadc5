"""Refusals around courses."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotForYou(DomainError):
    """The course is for other agencies."""

    code = "not_for_you"
    message = _("This course is for another agency. Ask your trainer if you need it.")


class Locked(DomainError):
    """A prerequisite is missing."""

    code = "locked"
    message = _("First complete: %(missing)s. What you did here is kept.")


class ChecksOpen(DomainError):
    """A lesson is marked as read before its checks are answered."""

    code = "checks_open"
    message = _("Marked as read. Answer the checks in the text as well; then the lesson is complete.")


class StartFirst(DomainError):
    """A lesson of a course that one did not start."""

    code = "start_first"
    message = _("Start the course first; then its lessons are open to you.")


class NoProbeNow(DomainError):
    """The short test after a course is not due, was taken, or an exam that asks the same lies ahead."""

    code = "no_probe_now"
    message = _(
        "This short test is not open now. It opens 30, 90 and 180 days after you completed the course, "
        "each time once. What you did so far is kept."
    )
