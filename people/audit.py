"""What people's apps tell the audit trail."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import Action

ROLE_GIVEN: Final = Action("people.role_given", _("A role was given"), shown=True)
ROLE_ASKED: Final = Action(
    "people.role_asked", _("A role was proposed, which a second person has to confirm"), shown=True
)
ROLE_CONFIRMED: Final = Action("people.role_confirmed", _("A role was confirmed by a second person"), shown=True)
ROLE_ENDED: Final = Action("people.role_ended", _("A role was ended"), shown=True)
UNIT_MADE: Final = Action("people.unit_made", _("A unit was added"))
UNIT_CHANGED: Final = Action("people.unit_changed", _("A unit was changed"))
UNIT_CLOSED: Final = Action("people.unit_closed", _("A unit was closed"))
UNIT_OPENED: Final = Action("people.unit_opened", _("A unit was opened again"))
UNIT_MERGED: Final = Action("people.unit_merged", _("A unit was merged into another"))
PERSON_MADE: Final = Action("people.person_made", _("A person was added"), shown=True)
PERSON_CHANGED: Final = Action("people.person_changed", _("What is kept about a person was changed"), shown=True)
ACCOUNT_CLOSED: Final = Action("people.account_closed", _("An account was closed"), shown=True)
ACCOUNT_OPENED: Final = Action("people.account_opened", _("An account was opened again"), shown=True)
COHORT_MADE: Final = Action("people.cohort_made", _("A group was added"))
COHORT_CHANGED: Final = Action("people.cohort_changed", _("A group was changed"))
COHORT_JOINED: Final = Action("people.cohort_joined", _("People joined a group"), shown=True)
COHORT_LEFT: Final = Action("people.cohort_left", _("Somebody left a group"), shown=True)
SLIPS_MADE: Final = Action("people.slips_made", _("A slip to sign in with was made"), shown=True)
SLIP_WITHDRAWN: Final = Action("people.slip_withdrawn", _("A slip to sign in with was withdrawn"), shown=True)
SLIP_USED: Final = Action("people.slip_used", _("A password was chosen with a slip"), shown=True)
FACTOR_ADDED: Final = Action("people.factor_added", _("A second factor was added"), shown=True)
FACTOR_REMOVED: Final = Action("people.factor_removed", _("A second factor was removed"), shown=True)
RECOVERY_CODES_MADE: Final = Action("people.recovery_codes_made", _("New recovery codes were made"), shown=True)
FACTOR_RESET_ASKED: Final = Action(
    "people.factor_reset_asked", _("Somebody asked to take off the second factor"), shown=True
)
FACTOR_RESET: Final = Action("people.factor_reset", _("The second factor was taken off by two people"), shown=True)
FACTOR_RESET_AT_MACHINE: Final = Action(
    "people.factor_reset_at_machine", _("The second factor was taken off by whoever runs the server"), shown=True
)
FACTOR_RESET_REFUSED: Final = Action(
    "people.factor_reset_refused", _("Taking off the second factor was refused"), shown=True
)
BROUGHT_IN: Final = Action("people.brought_in", _("A file of people, units or groups was brought in"))
BRINGING_UNDONE: Final = Action("people.bringing_undone", _("What a file brought in was taken back"))
CHANGED_BY_IMPORT: Final = Action(
    "people.changed_by_import", _("Name, unit or language was changed by a file"), shown=True
)
TAKEN_OUT: Final = Action("people.taken_out", _("Was part of an export"), shown=True)
DEVICE_ENROLLED: Final = Action("people.device_enrolled", _("A device was enrolled for a group"))
DEVICE_ENDED: Final = Action("people.device_ended", _("A device was taken off the list"))
PIN_SET: Final = Action("people.pin_set", _("A PIN was set on an enrolled device"), shown=True)
PIN_GONE: Final = Action("people.pin_gone", _("A PIN ended after five wrong tries"), shown=True)
ERASURE_ASKED: Final = Action(
    "people.erasure_asked", _("An erasure was asked for, which a second person has to confirm")
)
ERASURE_ENDED: Final = Action("people.erasure_ended", _("An erasure was asked for and not done"))
ERASED: Final = Action("people.erased", _("Somebody's personal data was erased"))
DATA_EXPORTED: Final = Action("people.data_exported", _("One's own data was taken out"), shown=True)
