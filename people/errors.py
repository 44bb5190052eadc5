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


class SlipRefused(DomainError):
    """No such person, not their code, used, withdrawn or run out: nobody is told which."""

    code = "slip_refused"
    message = _(
        "The service number or the code is not right, or the slip was used already or has run out. Nothing was changed. "
        "Check both and try again, or ask whoever gave you the slip for a new one."
    )


class SlipTries(DomainError):
    """Too many codes were tried for one service number."""

    code = "slip_tries"
    message = _("Too many tries. The slip is still good. Wait fifteen minutes and try again, or ask for a new slip.")


class SlipNeedsReason(DomainError):
    """A new password for somebody who has one."""

    code = "slip_needs_reason"
    message = _(
        "Somebody here has signed in before and would get a new password. No slip was made. Write the reason and try again."
    )


class FirstIsGiven(DomainError):
    """Not the first account of its role."""

    code = "first_is_given"
    message = _(
        "%(number)s holds the role %(role)s and can sign in. Nothing was stored. From now on the office gives roles."
    )


class FirstTakesTwo(DomainError):
    """Registrar and lead in one person: nobody else could confirm what they give."""

    code = "first_takes_two"
    message = _(
        "The first registrar and the first programme lead are two people: what one gives, the other confirms. "
        "Nothing was stored. Give one of the two roles to somebody else."
    )


class FirstAccountClosed(DomainError):
    """Nobody signs in to the account that is to get the first role."""

    code = "first_account_closed"
    message = _("The account of %(number)s is closed. Nothing was stored. Choose another person.")


class NoFactor(DomainError):
    """There is nothing to take off."""

    code = "no_factor"
    message = _("This person has no second factor. Nothing was changed; they set one up at the next sign-in.")


class FactorWaits(DomainError):
    """Asked already."""

    code = "factor_waits"
    message = _("Somebody has asked for this already. It waits; another person has to confirm it.")


class FactorNotForOneself(DomainError):
    """Who asked, or whose it is, wants to decide."""

    code = "factor_not_for_oneself"
    message = _(
        "Taking off a second factor takes two people. Nothing was changed. Somebody else has to confirm it, "
        "neither who asked nor whose it is."
    )


class FactorDecided(DomainError):
    """Decided already."""

    code = "factor_decided"
    message = _("Somebody has decided about this already. Nothing was changed; see what stands there now.")


class PinRefused(DomainError):
    """No such person, no PIN here, a wrong one, or too many tries: nobody is told which."""

    code = "pin_refused"
    message = _(
        "The service number or the PIN is not right, or there is no PIN on this device. "
        "Try again, or sign in with your password; after five wrong tries a PIN is gone."
    )


class PinNotHere(DomainError):
    """Not a learner of the group for which the device was enrolled, or somebody with a role."""

    code = "pin_not_here"
    message = _(
        "A PIN is only for officers of the group for which this device was enrolled. Sign in with your password."
    )


class PinSimple(DomainError):
    """Anyone would try it."""

    code = "pin_simple"
    message = _(
        "This PIN is too easy to guess. Nothing was stored. Choose six digits that are no row and no part of your number."
    )


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


class DirectoryAway(DomainError):
    """The directory does not answer, or not as a directory does."""

    code = "directory_away"
    message = _("The directory does not answer. Try again in a while, or sign in with your password.")


class DirectoryRefused(DomainError):
    """Not begun here, cancelled there, or what came back is not what was asked for."""

    code = "directory_refused"
    message = _(
        "You were not signed in: it was cancelled, took longer than ten minutes, or could not be verified. Begin again here."
    )


class DirectoryUnknown(DomainError):
    """The directory names nobody who is here."""

    code = "directory_unknown"
    message = _(
        "The directory knows you, but no account here has your service number. Ask your registrar to add you. Who has a password can sign in with it."
    )
