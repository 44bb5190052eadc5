"""The core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the start-up checks."""

    name = "core"

    def ready(self) -> None:
        from core import checks  # noqa: F401
