"""Translations made in a test."""

from typing import Any

from django.test import TestCase
from django.utils import timezone
from wagtail.models import Locale

from content.translation import work


def translate(instance: Any, language: str = "my", *, prefix: str = "မြန်မာ ", reviewed: bool = False) -> None:
    """Translate every open sentence of an object's source as `prefix` and the source, and put it live."""
    source, locale = work.source_of(instance.translation_key), Locale.objects.get(language_code=language)
    texts = {line.key: prefix + line.source for line in work.lines_of(source, locale) if not line.is_done}
    with TestCase.captureOnCommitCallbacks(execute=True):
        work.save_texts(source, locale, texts, by=None)
        work.publish(source, locale, by=None, at=timezone.now(), is_reviewed=reviewed)
