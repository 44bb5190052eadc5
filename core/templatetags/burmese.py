"""Numbers, dates and languages as the reader writes them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.languages import Spoken, interface_language
from myanmar.dates import format_date
from myanmar.digits import to_myanmar_digits

register = template.Library()


def _is_burmese() -> bool:
    return interface_language() == "my"


@register.filter
def digits(value: Any) -> str:
    """A number or text with the digits of the reader's language."""
    return to_myanmar_digits(str(value)) if _is_burmese() else str(value)


@register.filter
def points(value: float) -> str:
    """Points as short as they are exact to two places, with the digits of the reader's language."""
    return digits(f"{value:.2f}".rstrip("0").rstrip("."))


@register.filter
def hundredths(share: float, form: str = "") -> str:
    """A share as points of a hundred, with the digits of the reader's language; form "sign": with + or − before it."""
    value = round(share * 100)
    sign = ("−" if value < 0 else "+" if value else "") if form else ("−" if value < 0 else "")
    return f"{sign}{digits(abs(value))}"


@register.filter
def megabytes(size: int) -> str:
    """A number of bytes as megabytes, at least 0.1."""
    return f"{digits(f'{max(size / 1e6, 0.1):.1f}')} MB"


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
    return f"{day(value)} {clock(value)}"


@register.filter
def clock(value: datetime | None) -> str:
    """The time of a moment."""
    return digits(timezone.localtime(value).strftime("%H:%M")) if value else ""


@register.filter
def said(text: Any) -> SafeString:
    """A name or text that knows its language (core.languages.Spoken), marked with it where it is not the interface's."""
    text = text if isinstance(text, Spoken) else str(text)
    language = getattr(text, "language", None)
    if language is None or language == interface_language():
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def lang(text: Any) -> SafeString:
    """The attribute ` lang="…"` for an element that holds a name in another language than the interface's; else nothing."""
    language = getattr(text if isinstance(text, Spoken) else str(text), "language", None)
    if language is None or language == interface_language():
        return SafeString("")
    return format_html(' lang="{}"', language)


@register.filter
def listed(texts: Iterable[Any]) -> SafeString:
    """Names or texts one after the other, with the comma of the reader's language."""
    return format_html_join("၊ " if _is_burmese() else ", ", "{}", ((said(text),) for text in texts))


@register.filter
def has_burmese_keys(field: BoundField) -> bool:
    """Whether a form asks for Burmese keys beside a field."""
    return "data-burmese-keys" in field.field.widget.attrs


def sentence(text: Any, **values: Any) -> SafeString:
    """A translated sentence with its %(name)s places filled, as HTML: a value in another language is marked as such."""
    filled = escape(text) % {name: said(value) for name, value in values.items()}
    return mark_safe(filled)  # noqa: S308 (the sentence and every value are escaped)


@register.filter
def paragraphs(text: str) -> list[str]:
    """Plain text cut at empty lines."""
    return [part.strip() for part in str(text).split("\n\n") if part.strip()]
