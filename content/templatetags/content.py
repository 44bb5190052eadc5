"""Drawings and facts in templates."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from content import drawing as drawings
from content.facts import FactInfo, read_facts
from content.models import Drawing

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
def fact(code: str, page: Any = None) -> FactInfo | None:
    """A fact in the language of the page it stands on, or in English, as it is to be shown today."""
    language = page.locale.language_code if page is not None else "en"
    return next(iter(read_facts(language, on=timezone.localdate(), codes=[code])), None)
