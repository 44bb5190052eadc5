"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, object]:
    """The other language, for the switch; and the site's address."""
    language = get_language() or settings.LANGUAGE_CODE
    other = "en" if language == "my" else "my"
    return {"language": language, "other_language": other, "SITE_URL": settings.SITE_URL}
