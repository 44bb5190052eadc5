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


class UnitInUse(DomainError):
    """People serve in a unit that is to be closed, or open units belong to it."""

    code = "unit_in_use"
    message = _(
        "The unit stays open. People who serve there: %(people)s; open units that belong to it: %(units)s. "
        "Merge it into another unit, or move them first."
    )


class UnitsDoNotMerge(DomainError):
    """Two units that cannot become one."""

    code = "units_do_not_merge"
    message = _("These two units cannot become one. Nothing was changed; choose two open units of one agency and kind.")


class SameNamesBelow(DomainError):
    """Both units have one below them with the same name."""

    code = "same_names_below"
    message = _(
        "Nothing was changed: to both belong units with the same name (%(names)s). Merge or rename those first."
    )


class OwnAccount(DomainError):
    """Somebody wants to close their own account."""

    code = "own_account"
    message = _("Nobody closes their own account. Ask another registrar.")
