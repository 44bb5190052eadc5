"""What people's apps tell the audit trail."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import Action

SIGNED_IN: Final = Action("people.signed_in", _("Signed in"))
ROLE_GIVEN: Final = Action("people.role_given", _("A role was given"), shown=True)
ROLE_ASKED: Final = Action(
    "people.role_asked", _("A role was proposed, which a second person has to confirm"), shown=True
)
ROLE_CONFIRMED: Final = Action("people.role_confirmed", _("A role was confirmed by a second person"), shown=True)
ROLE_ENDED: Final = Action("people.role_ended", _("A role was ended"), shown=True)
SLIPS_MADE: Final = Action("people.slips_made", _("A slip to sign in with was made"), shown=True)
SLIP_WITHDRAWN: Final = Action("people.slip_withdrawn", _("A slip to sign in with was withdrawn"), shown=True)
SLIP_USED: Final = Action("people.slip_used", _("A password was chosen with a slip"), shown=True)
FACTOR_RESET_ASKED: Final = Action(
    "people.factor_reset_asked", _("Somebody asked to take off the second factor"), shown=True
)
FACTOR_RESET: Final = Action("people.factor_reset", _("The second factor was taken off by two people"), shown=True)
FACTOR_RESET_REFUSED: Final = Action(
    "people.factor_reset_refused", _("Taking off the second factor was refused"), shown=True
)
DEVICE_ENROLLED: Final = Action("people.device_enrolled", _("A device was enrolled for a group"))
DEVICE_ENDED: Final = Action("people.device_ended", _("A device was taken off the list"))
PIN_SET: Final = Action("people.pin_set", _("A PIN was set on an enrolled device"), shown=True)
PIN_GONE: Final = Action("people.pin_gone", _("A PIN ended after five wrong tries"), shown=True)
