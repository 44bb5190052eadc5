"""What is refused around people, worded for them."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class SecondPersonNeeded(DomainError):
    """Who gave a role, or is to get it, wants to confirm it."""

    code = "second_person_needed"
    message = _(
        "This role takes two people. It waits; somebody else has to confirm it, neither who gave it nor who gets it."
    )


class RoleDecided(DomainError):
    """A role is confirmed or ended already."""

    code = "role_decided"
    message = _("Somebody has decided about this role already. Nothing was changed; see what stands there now.")


class ErasureNeedsAnother(DomainError):
    """Who asked for an erasure, or is to be erased, wants to confirm it."""

    code = "erasure_needs_another"
    message = _(
        "Erasing takes two people. It waits and nothing is erased yet; somebody else has to confirm it, "
        "neither who asked for it nor whom it concerns."
    )


class ErasureDecided(DomainError):
    """An erasure is done or was ended."""

    code = "erasure_decided"
    message = _("Somebody has decided about this erasure already. Nothing was changed; see what stands there now.")
