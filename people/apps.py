"""The people app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People and their places."""

    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from people import factors, personal, receivers  # noqa: F401
        from people.exchange import duties, exports, places  # noqa: F401
