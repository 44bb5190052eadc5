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
ERASURE_ASKED: Final = Action(
    "people.erasure_asked", _("An erasure was asked for, which a second person has to confirm")
)
ERASURE_ENDED: Final = Action("people.erasure_ended", _("An erasure was asked for and not done"))
ERASED: Final = Action("people.erased", _("Somebody's personal data was erased"))
DATA_EXPORTED: Final = Action("people.data_exported", _("One's own data was taken out"), shown=True)
