"""What is refused around certificates, worded for people."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotStanding(DomainError):
    """A certificate that was revoked, withdrawn or superseded cannot be corrected or shared."""

    code = "certificate_not_standing"
    message = _("This certificate no longer stands. Nothing was changed; see what replaced it, or why it was revoked.")


class NameUnfit(DomainError):
    """A name, or a title, with which a certificate could not be printed, or that is no name."""

    code = "certificate_name_unfit"
    message = _(
        "No certificate was issued, and what there is stays as it is: “%(text)s” cannot stand on a certificate. "
        "Correct the name or the title first."
    )


class NothingToCorrect(DomainError):
    """The record says what the certificate says."""

    code = "nothing_to_correct"
    message = _(
        "The certificate says what is recorded today, so there is nothing to correct. "
        "Change the person's names or the course first, then correct the certificate."
    )


class RequestWaits(DomainError):
    """Something is asked about it already."""

    code = "certificate_request_waits"
    message = _("Somebody has asked about this certificate already. Decide about that first.")


class RequestDecided(DomainError):
    """Two decide at the same time, or too late."""

    code = "certificate_request_decided"
    message = _("Somebody has decided about this already. Nothing was changed; see what stands there now.")


class SecondPersonDecides(DomainError):
    """Who asked wants to confirm it, or it is about oneself."""

    code = "certificate_second_person"
    message = _("This takes two people. It waits; somebody else has to confirm it, neither who asked nor the holder.")


class StatusStands(DomainError):
    """It has the status already that is asked for."""

    code = "certificate_status_stands"
    message = _("The certificate has this status already. Nothing was asked.")


class NotYetRenewed(DomainError):
    """Too early, or a rule without renewal."""

    code = "certificate_not_renewable"
    message = _("This certificate cannot be renewed now. The page says from which day on it can be.")


class PictureUnreadable(DomainError):
    """No picture, or too large a one."""

    code = "certificate_picture_unreadable"
    message = _("This is no picture that can be printed. Send a PNG or JPEG of at most 3 MB.")


class PaperFaulty(DomainError):
    """A design that would print wrong."""

    code = "certificate_design_faulty"
    message = _("Not published: %(many)s things would print wrong. They stand above the preview; mend them first.")
