"""The content app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Teaching blocks, drawings, facts and site pages."""

    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from wagtail_localize.models import TranslationSource

        from content import admin_forms, finding, personal, receivers, rechecks  # noqa: F401
        from content.packages import storing  # noqa: F401  # what it does daily
        from content.translation.segments import refresh_segments

        TranslationSource.refresh_segments = refresh_segments
