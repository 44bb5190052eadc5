"""Numbers, dates and languages as the reader writes them."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from myanmar.dates import format_date
from myanmar.digits import to_myanmar_digits

register = template.Library()


def _is_burmese() -> bool:
    return get_language() == "my"


@register.filter
def digits(value: Any) -> str:
    """A number or text with the digits of the reader's language."""
    return to_myanmar_digits(str(value)) if _is_burmese() else str(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in full."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_date(
        value, style="official", lang="my" if _is_burmese() else "en", digits="my" if _is_burmese() else "latn"
    )


@register.filter
def moment(value: datetime | None) -> str:
    """A date with its time."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{day(local)} {digits(local.strftime('%H:%M'))}"


@register.filter
def said(text: Any) -> SafeString:
    """A text that knows its language, marked with it where it is not the reader's."""
    language = getattr(text, "language", None)
    if language is None or language == get_language():
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def paragraphs(text: str) -> list[str]:
    """Plain text cut at empty lines."""
    return [part.strip() for part in str(text).split("\n\n") if part.strip()]
