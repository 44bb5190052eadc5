"""An item that is published becomes an immutable version."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import published

from assessments.bank import publish_item
from assessments.models import Item


@receiver(published, sender=Item)
def item_published(instance: Item, **kwargs: Any) -> None:
    """Keeps what was published."""
    publish_item(instance, at=timezone.now())
