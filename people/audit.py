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
BROUGHT_IN: Final = Action("people.brought_in", _("A file of people, units or groups was brought in"))
BRINGING_UNDONE: Final = Action("people.bringing_undone", _("What a file brought in was taken back"))
CHANGED_BY_IMPORT: Final = Action(
    "people.changed_by_import", _("Name, unit or language was changed by a file"), shown=True
)
TAKEN_OUT: Final = Action("people.taken_out", _("Was part of an export"), shown=True)
