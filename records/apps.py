"""What happened: the audit trail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Listens from the start, and has a place in the office that its verb names after `people`."""

    name = "records"

    def ready(self) -> None:
        from core.templatetags.core import OFFICE
        from records import audit, backup, exports, heads, personal, receivers, statements  # noqa: F401

        erasures = _("Erasures"), _("Erase somebody's personal data, with a second person"), "records:erasures"
        OFFICE.append((*erasures, ("people.erase",)))
