"""Which languages are offered, which one the interface speaks, and which a text is in."""

import time
from typing import Any, Literal

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import get_language, get_language_info
from wagtail.models import Locale

KEPT_SECONDS = 60
_kept: tuple[float, list[str]] | None = None


class Spoken(str):
    """A text that knows its language. What `str()` gives of a name or title is one, so that a template can mark it."""

    language: str

    def __new__(cls, text: str, language: str) -> "Spoken":
        spoken = super().__new__(cls, text)
        spoken.language = language
        return spoken


def interface_language() -> Literal["my", "en"]:
    """What the interface speaks: English for who reads English; Burmese for everyone else, whatever they read lessons in."""
    return "en" if get_language() == "en" else "my"


def offered_languages() -> list[str]:
    """The codes of the languages that one can read here, in the order of the settings: those with a Locale.

    Asked on every page, so kept for a minute; a process in which a Locale is added or removed knows at once.
    """
    global _kept
    if _kept is None or _kept[0] < time.monotonic():
        there = set(Locale.objects.values_list("language_code", flat=True))
        _kept = (time.monotonic() + KEPT_SECONDS, [code for code, _name in settings.LANGUAGES if code in there])
    return _kept[1]


def own_name(code: str) -> str:
    """What a language calls itself, as a reader looks for it."""
    return str(get_language_info(code)["name_local"])


@receiver([post_save, post_delete], sender=Locale)
def forget_languages(**kwargs: Any) -> None:
    """Ask anew."""
    global _kept
    _kept = None
