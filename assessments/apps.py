"""The assessments app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """See `docs/architecture.md`."""

    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from assessments import exports, finding, kinds, personal, receivers  # noqa: F401
        from assessments.examination import difficulties  # noqa: F401
        from content.authored.items import CHECKS

        if kinds.authored_problems not in CHECKS:
            CHECKS.append(kinds.authored_problems)
