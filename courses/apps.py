"""The courses app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    """See `docs/architecture.md`."""

    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from courses import exports, finding, personal, receivers  # noqa: F401
