"""Who finds glossary terms and pages of the site."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.models import GlossaryTerm, HomePage, SitePage
from core.finding import Hit, register
from core.search import matching, texts_of
from myanmar.search import Grade, Prepared, Query
from people.models import Person

MOST = 200  # rows of one kind that one search looks at


@register("glossary", _("Glossary"), place=30)
def find_terms(viewer: Person, query: Query, language: str) -> Iterator[Hit]:
    """Terms for everyone who is signed in, each once, in the reader's language with its translation."""
    keys = matching(GlossaryTerm.objects.all(), query.text).values("translation_key")
    terms: dict[UUID, dict[str, GlossaryTerm]] = {}
    rows = GlossaryTerm.objects.filter(translation_key__in=keys).select_related("locale").order_by("code", "pk")
    for row in rows[: 2 * MOST]:
        terms.setdefault(row.translation_key, {})[row.locale.language_code] = row
    for by_language in terms.values():
        shown = by_language.get(language) or next(iter(by_language.values()))
        others = [row for row in by_language.values() if row is not shown]
        titles = [Prepared(row.term) for row in (shown, *others)]
        texts = [Prepared(row.definition) for row in (shown, *others)]
        grades = [found for title in titles if (found := query.grade(title)) is not None]
        grade = min(grades, default=query.grade(*titles, *texts))
        if grade is None:
            continue
        yield Hit(
            query,
            grade,
            titles[0],
            shown.locale.language_code,
            f"{reverse('glossary')}#{shown.code}",
            texts[0],
            shown.locale.language_code,
            " · ".join(row.term for row in others),
            others[0].locale.language_code if others else "",
        )


@register("pages", _("Pages"), place=40)
def find_pages(viewer: Person, query: Query, language: str) -> Iterator[Hit]:
    """Published pages of the site, each once: in the reader's language where it matches there."""
    best: dict[UUID, Hit] = {}
    for model in (HomePage, SitePage):
        for page in (
            matching(model.objects.live().public(), query.text).select_related("locale").order_by("path")[:MOST]
        ):
            hit = _page_hit(page, query)
            known = best.get(page.translation_key)
            if hit and (known is None or hit.language == language):
                best[page.translation_key] = hit
    yield from best.values()


def _page_hit(page: Any, query: Query) -> Hit | None:
    title, text = Prepared(page.title), Prepared(page_text(page, "intro", "body"))
    grade: Grade | None = query.grade(title, text)
    code = page.locale.language_code
    return Hit(query, grade, title, code, page.get_url() or "", text, code) if grade is not None else None


def page_text(page: Page, *names: str) -> str:
    """What a page says in the named fields, as one plain text."""
    texts: list[str] = []
    for name in names:
        field = page._meta.get_field(name)
        value = field.value_from_object(page)
        texts += texts_of(field.get_searchable_content(value) if hasattr(field, "get_searchable_content") else value)
    return "\n".join(" ".join(text.split()) for text in texts if text)
