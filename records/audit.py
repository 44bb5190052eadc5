"""What the trail says about its own readers."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import Action

TRAIL_EXPORTED: Final = Action("records.trail_exported", _("The audit trail was exported"))
RESTORED: Final = Action("records.restored", _("A backup was restored"))
