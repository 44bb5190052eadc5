"""Published content changed: what was rendered before is out of date."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Site
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from content.models import ContentVersion, Drawing, Fact, TranslationReview


@receiver([page_published, page_unpublished, post_page_move, published, unpublished])
def content_changed(**kwargs: Any) -> None:
    """A page or snippet went live, went away or moved."""
    ContentVersion.advance()


def record_changed(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    """A record that pages show was saved or removed."""
    if not raw:
        ContentVersion.advance()


for model in (Drawing, Fact, TranslationReview, Locale, Site):
    post_save.connect(record_changed, sender=model)
    post_delete.connect(record_changed, sender=model)
