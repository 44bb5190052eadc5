"""The core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the start-up checks; Wagtail's own images and documents are found in Burmese too."""

    name = "core"

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model

        from core import checks, doctor  # noqa: F401
        from core.search import burmese_fields

        for model in (get_image_model(), get_document_model()):
            model.search_fields = burmese_fields(model.search_fields)
