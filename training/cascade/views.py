"""The cascade of a course as the programme lead sees it, and the chain above one officer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.audit import looked
from core.tables import XLSX, write_xlsx
from courses.catalogue import Catalogue, CourseInfo, spoken
from people.access import may_or_404, person_for, reach
from people.models import Person
from training import access
from training.cascade.graph import Branch
from training.cascade.losing import dilution_of
from training.cascade.reading import cascade_of, posts
from training.models import TrainingSession
from training.models.accreditations import Tier
from training.testing import charts

RECENT = timedelta(days=180)
HEADINGS = (
    "မျိုးဆက် / Generation", "သင်တန်းနည်းပြ / Trainers", "မသင်ကြားရသေး / Never delivered", "၉၀ ရက်အတွင်း ကုန်ဆုံးမည် / Ending within 90 days",
    "သင်တန်းကာလ / Sessions", "ရောက်ရှိသူ / Reached", "ပထမဆုံး သင်ကြားသည်အထိ ရက် (အလယ်) / Days to first delivery (median)",
)  # fmt: skip


def _course(request: HttpRequest, known: Catalogue) -> CourseInfo | None:
    asked = known.by_code.get(request.GET.get("course", ""))
    return asked or next(iter(known.courses), None)


@require_safe
def cascade(request: HttpRequest) -> HttpResponse:
    """How far a course has come: by generation, as a tree, and on a map of posts."""
    viewer = may_or_404(request.user, "cascade.see")
    known = spoken()
    course = _course(request, known)
    if course is None:
        return render(request, "training/cascade/cascade.html", {"courses": known.courses})
    now = timezone.now()
    graph = cascade_of(course.key)
    generations = graph.generations(on=timezone.localdate(now))
    if request.GET.get("format") == "xlsx":
        return _table(course, generations)
    outdated = graph.outdated(course.version, since=now - RECENT)
    tree = graph.tree()
    names = _names(tree) if viewer.may("people.see") else {}
    regions = posts(viewer, graph)
    context = {
        "courses": known.courses,
        "course": course,
        "generations": generations,
        "rows": [_row(one, depth, names) for one, depth in _flat(tree)],
        "posts": regions,
        "untrained": sum(cell.trained == 0 for cells in regions.values() for cell in cells),
        "outdated": outdated[:20],
        "outdated_count": len(outdated),
    }
    return render(request, "training/cascade/cascade.html", context)


@require_safe
def dilution(request: HttpRequest) -> HttpResponse:
    """What gets lost from one generation of trainers to the next, item by item, and which page of the guide to look at."""
    viewer = may_or_404(request.user, "cascade.see")
    known = spoken()
    course = _course(request, known)
    if course is None:
        return render(request, "training/cascade/dilution.html", {"courses": known.courses})
    graph = cascade_of(course.key)
    found = dilution_of(course.key, graph, Person.objects.filter(reach(viewer, "cascade.see").people_q()))
    lost = [one for one in found.items if one.difference.is_lost]
    low = {point.session for one in found.funnels for point in one.points if point.is_low}
    context = {
        "courses": known.courses,
        "course": course,
        "whole": [(generation, one, charts.interval(one)) for generation, one in found.whole.items()],
        "lost": [(one, course.objectives.get(one.objective), charts.interval(one.difference)) for one in lost],
        "kept": len(found.items) - len(lost),
        "funnels": [(one, charts.funnel(one)) for one in found.funnels],
        "low": access.visible_sessions(viewer).filter(pk__in=low).select_related("unit"),
    }
    return render(request, "training/cascade/dilution.html", context)


def _flat(branches: Any, depth: int = 0) -> list[tuple[Branch, int]]:
    """The tree in reading order, each with its depth."""
    return [pair for one in branches for pair in ((one, depth), *_flat(one.below, depth + 1))]


def _names(tree: list[Branch]) -> dict[int, Person]:
    wanted = {one.right.person for one, _depth in _flat(tree)}
    return {one.pk: one for one in Person.objects.filter(pk__in=wanted).select_related("unit")}


def _row(one: Branch, depth: int, names: dict[int, Person]) -> dict[str, Any]:
    return {
        "depth": depth,
        "person": names.get(one.right.person),
        "tier": Tier(one.right.tier).label,
        "is_live": one.right.is_live(timezone.localdate()),
        "sessions": one.sessions,
        "reached": one.reached,
        "all_reached": one.all_reached,
    }


def _table(course: CourseInfo, generations: Any) -> HttpResponse:
    rows = [(one.depth, one.people, one.never, one.ending, one.sessions, one.reached, one.days) for one in generations]
    return HttpResponse(
        write_xlsx(HEADINGS, rows),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="cascade-{course.code}.xlsx"'},
    )


@require_safe
def chain(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who taught one officer, who had taught that trainer, and so on up to the master group; for each course."""
    viewer = may_or_404(request.user, "cascade.see")
    if not viewer.may("people.see"):
        raise Http404
    person = person_for(viewer, public_id)
    looked(viewer, person)
    attended = set(person.attendance.there().values_list("session__course_key", flat=True))
    found = []
    for course in (one for one in spoken().courses if one.key in attended):
        links = cascade_of(course.key).chain(person.pk)
        if links:
            found.append((course, links))
    people = {one.lead for _course, links in found for one, _right in links}
    by_pk = {one.pk: one for one in Person.objects.filter(pk__in=people).select_related("unit")}
    held = {one.id for _course, links in found for one, _right in links}
    sessions = {one.pk: one for one in TrainingSession.objects.filter(pk__in=held)}
    courses = [
        {
            "course": course,
            "links": [
                {"session": sessions[one.id], "lead": by_pk[one.lead], "tier": Tier(right.tier).label if right else ""}
                for one, right in links
            ],
        }
        for course, links in found
    ]
    return render(request, "training/cascade/chain.html", {"person": person, "courses": courses})
