"""The training app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """See `docs/architecture.md`."""

    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from training import earning, exports, finding, personal, receivers  # noqa: F401
        from training.groups import making  # noqa: F401
