"""The desk of facts: which wait for whom, which are past their day, and where each is used."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.models import Item
from content.access import facts_viewer_or_404
from content.facts import SOON, FactInfo, to_confirm
from courses.catalogue import SOURCE_LANGUAGE, Catalogue, catalogue
from courses.models import LessonPage
from courses.views import lesson_url


@dataclass(frozen=True)
class Uses:
    """Where a fact is used. lessons: (code, title, address) of those that are read now; items: codes."""

    lessons: list[tuple[str, Any, str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


def uses(known: Catalogue) -> dict[str, Uses]:
    """The uses of every fact that is used, by its code, in the order of the courses and of the bank. Two queries."""
    found: dict[str, Uses] = defaultdict(Uses)
    bodies = {
        page.translation_key: dict.fromkeys(page.fact_codes())
        for page in LessonPage.objects.live().filter(locale__language_code=SOURCE_LANGUAGE)
    }
    for key, (course, module, lesson) in known.lesson_places.items():
        for code in bodies.get(key, ()):
            found[code].lessons.append((lesson.code, lesson.title, lesson_url(course, module, lesson)))
    items = Item.objects.filter(live=True, locale__language_code=SOURCE_LANGUAGE).exclude(facts="").order_by("code")
    for item, facts in items.values_list("code", "facts"):
        for code in facts.split():
            found[code].items.append(item)
    return found


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """What somebody has to confirm, with the lessons and items that use it."""
    viewer = facts_viewer_or_404(request.user)
    language = get_language() or "my"
    found, used = to_confirm(language, on=timezone.localdate()), uses(catalogue(language))

    def rows(facts: tuple[FactInfo, ...]) -> list[tuple[FactInfo, Uses]]:
        return [(one, used.get(one.code, Uses())) for one in facts]

    context = {
        "count": found.count,
        "days": SOON.days,
        "past": rows(found.past),
        "soon": rows(found.soon),
        "waiting": [(who, rows(facts)) for _flag, who, facts in found.waiting],
        "can_edit": viewer.may("pages.edit"),
        "can_see_items": viewer.may("bank.see"),
    }
    return render(request, "courses/facts/desk.html", context)
