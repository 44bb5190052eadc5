"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from core.languages import interface_language, offered_languages, own_name


def _languages() -> list[dict[str, object]]:
    chosen = get_language()
    return [{"code": code, "name": own_name(code), "is_chosen": code == chosen} for code in offered_languages()]


def site(request: HttpRequest) -> dict[str, object]:
    """The site's address, and languages: that of the interface, the one chosen for reading, and those to choose from."""
    reading = get_language() or settings.LANGUAGE_CODE
    return {
        "language": interface_language(),
        "reading": reading,
        "reading_name": own_name(reading),
        "languages": _languages(),
        "SITE_URL": settings.SITE_URL,
    }
