"""What happened: the audit trail."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Listens from the start."""

    name = "records"

    def ready(self) -> None:
        from records import audit, heads, personal, receivers  # noqa: F401
