"""Drawings and facts in templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from content import drawing as drawings
from content.models import Drawing, Fact

register = template.Library()


@register.simple_tag
def drawing(code: str, labels: Iterable[str]) -> SafeString:
    """A drawing with its words; nothing where it is missing or holds what a drawing may not."""
    svg = Drawing.objects.filter(code=code).values_list("svg", flat=True).first()
    if not svg:
        return SafeString("")
    try:
        return mark_safe(drawings.render(svg, list(labels), prefix=code))  # noqa: S308 (an allow-list of elements)
    except drawings.DrawingError:
        return SafeString("")


@register.simple_tag
def fact(code: str, page: Any = None) -> dict[str, Any] | None:
    """A fact in the language of the page it stands on, or in English; with the names of its sources."""
    wanted = page.locale.language_code if page is not None else "en"
    rows = {row.locale.language_code: row for row in Fact.objects.filter(code=code).select_related("locale")}
    source, row = rows.get("en"), rows.get(wanted) or rows.get("en")
    if source is None or row is None:
        return None
    # Whether it may be shown is decided by the source: a translation is not approved apart from it.
    return {
        "code": code,
        "text": row.text,
        "language": row.locale.language_code,
        "sources": row.sources,
        "is_shown": source.is_shown,
        "reviewers": source.reviewers,
    }
