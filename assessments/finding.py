"""Who finds items: the people who write them, and nobody else."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Item
from core.finding import Hit, register
from core.search import matching
from myanmar.search import Prepared, Query
from people.models import Person

MOST = 200


@register("items", _("Items"), place=50)
def find_items(viewer: Person, query: Query, language: str) -> Iterator[Hit]:
    """Items in every language, for assessment editors; each leads to its place in the admin."""
    if not viewer.may("items.edit"):
        return
    for item in matching(Item.objects.all(), query.text).select_related("locale").order_by("code", "pk")[:MOST]:
        code, text = Prepared(f"{item.code} {item.objective}"), Prepared(item.wording())
        if (grade := query.grade(code, text)) is not None:
            url = reverse("wagtailsnippets_assessments_item:edit", args=[item.pk])
            yield Hit(query, grade, Prepared(item.code), "en", url, text, item.locale.language_code)
