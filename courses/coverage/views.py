"""The pages on coverage: what is missing, a course objective by objective, competencies, curricula of others, reviews, languages."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.kinds import KINDS
from content.access import facts_viewer_or_404
from content.models import Fact
from core.tables import XLSX
from courses.catalogue import Catalogue, spoken
from courses.coverage import curricula as outside_curricula
from courses.coverage.grid import CourseCover, ModuleCover, ObjectiveCover
from courses.coverage.holes import Hole
from courses.coverage.languages import languages as all_languages
from courses.coverage.languages import progress
from courses.coverage.reading import Coverage, read
from courses.coverage.table import ASKED, table
from courses.views import lesson_url
from people.models import Person

FIRST = 40  # holes of a course that the overview names; its own page names all


def _rights(viewer: Person) -> dict[str, bool]:
    """Which links the viewer may follow."""
    return {
        "can_edit": viewer.may("pages.edit"),
        "can_see_items": viewer.may("bank.see"),
        "can_teach": viewer.may("teach"),
    }


def _as_table(covers: list[CourseCover], found: Coverage, known: Catalogue, name: str) -> HttpResponse:
    return HttpResponse(
        table(covers, found.holes, known),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="coverage-{name}.xlsx"'},
    )


def _lesson_urls(known: Catalogue) -> dict[str, tuple[Any, str]]:
    """Title and address of every lesson, by its code."""
    return {
        lesson.code: (lesson.title, lesson_url(course, module, lesson))
        for course, module, lesson in known.lesson_places.values()
    }


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is missing anywhere, and how much there is in every course; also as a spreadsheet of all objectives."""
    facts_viewer_or_404(request.user)
    found, known = read(on=timezone.localdate()), spoken()
    if request.GET.get("format") == "xlsx":
        return _as_table(list(found.courses), found, known, "all")
    shares = [progress(found, locale) for locale in all_languages()]
    rows = [
        {
            "code": one.course.code,
            "title": known.titles.get(one.course.code, one.course.code),
            "sums": one.sums,
            "holes": found.holes[one.course.code][:FIRST],
            "more": max(0, len(found.holes[one.course.code]) - FIRST),
            "missing": len(found.holes[one.course.code]),
            "shares": [share.by_course[one.course.code].percent for share in shares],
        }
        for one in found.courses
    ]
    context = {
        "rows": rows,
        "total": found.total,
        "missing": sum(map(len, found.holes.values())),
        "strays": found.holes[""][:FIRST],
        "more_strays": max(0, len(found.holes[""]) - FIRST),
        "languages": [share.locale.language_code for share in shares],
        "shares": [share.whole.percent for share in shares],
    }
    return render(request, "courses/coverage/overview.html", context)


@require_safe
def course(request: HttpRequest, code: str) -> HttpResponse:
    """A course, objective by objective; also as a spreadsheet."""
    viewer = facts_viewer_or_404(request.user)
    found, known = read(on=timezone.localdate()), spoken()
    mine = next((one for one in found.courses if one.course.code == code), None)
    if mine is None:
        raise Http404
    if request.GET.get("format") == "xlsx":
        return _as_table([mine], found, known, code)
    places: dict[str, list[Hole]] = {}
    objectives = {one.code for one in mine.objectives}
    for hole in found.holes[code]:
        places.setdefault(hole.place if hole.place in objectives else hole.module, []).append(hole)
    urls = _lesson_urls(known)
    pages = {module.code: module.page_id for module in found.known.by_code[code].modules}
    context = {
        "code": code,
        "title": known.titles.get(code, code),
        "sums": mine.sums,
        "holes": places.get("", []),
        "missing": len(found.holes[code]),
        "modules": [
            _module(one, found, known, places, urls) | {"page_id": pages[one.module.code]} for one in mine.modules
        ],
        **_rights(viewer),
    }
    return render(request, "courses/coverage/course.html", context)


def _module(
    one: ModuleCover,
    found: Coverage,
    known: Catalogue,
    places: Mapping[str, list[Hole]],
    urls: Mapping[str, tuple[Any, str]],
) -> dict[str, Any]:
    code = one.module.code
    return {
        "code": code,
        "title": known.titles.get(code, code),
        "module": one.module,
        "guide": found.guides.get(code),
        "card": found.cards.get(code),
        "holes": places.get(code, []),
        "objectives": [_objective(objective, known, places, urls) for objective in one.objectives],
    }


def _objective(
    one: ObjectiveCover, known: Catalogue, places: Mapping[str, list[Hole]], urls: Mapping[str, tuple[Any, str]]
) -> dict[str, Any]:
    return {
        "cover": one,
        "text": known.objectives.get(one.code, one.code),
        "lessons": [(lesson, *urls.get(lesson, ("", ""))) for lesson in one.lessons],
        "kinds": [(KINDS[kind].label, codes) for kind, codes in one.exam.items()],
        "tests": [one.tests.get(form) for form in ASKED],
        "holes": places.get(one.code, []),
    }


@require_safe
def competencies(request: HttpRequest) -> HttpResponse:
    """Every competency with the objectives that serve it and the level that is asked of whom."""
    viewer = facts_viewer_or_404(request.user)
    found, known = read(on=timezone.localdate()), spoken()
    told = outside_curricula.competencies(found, get_language() or "my")
    context = {
        "rows": [(one, [(code, known.objectives.get(code, code)) for code in one.objectives]) for one in told],
        "levels": outside_curricula.level_labels(),
        "unserved": sum(not one.is_served for one in told),
        **_rights(viewer),
    }
    return render(request, "courses/coverage/competencies.html", context)


@require_safe
def curricula(request: HttpRequest) -> HttpResponse:
    """Curricula of others: which of their units ours meets, by what, and which not."""
    viewer = facts_viewer_or_404(request.user)
    found, known = read(on=timezone.localdate()), spoken()
    rows = [
        (
            one,
            [
                (unit, [(code, known.objectives.get(code, code)) for code in codes], gone)
                for unit, codes, gone in one.units
            ],
        )
        for one in outside_curricula.outside(found)
    ]
    return render(request, "courses/coverage/curricula.html", {"rows": rows, **_rights(viewer)})


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """For each kind of reviewer: the facts that wait, and in each course the lessons and items that use them."""
    viewer = facts_viewer_or_404(request.user)
    found, known = read(on=timezone.localdate()), spoken()
    urls = _lesson_urls(known)
    rows = []
    for flag, who in Fact.REVIEWERS.items():
        waiting = {fact.code for fact in found.facts if flag in fact.waits_for and not fact.is_withdrawn}
        used: set[str] = set()
        courses = []
        for one in found.courses:
            lessons = [
                (lesson.code, *urls.get(lesson.code, ("", "")), [code for code in lesson.facts if code in waiting])
                for module in one.course.modules
                for lesson in module.lessons
                if waiting.intersection(lesson.facts)
            ]
            mine = {objective.code for objective in one.objectives}
            items = [
                (item.code, [code for code in item.facts if code in waiting])
                for item in found.around.items
                if item.objective in mine and waiting.intersection(item.facts)
            ]
            here = waiting & one.facts
            used |= here
            courses.append(
                {
                    "code": one.course.code,
                    "title": known.titles.get(one.course.code, one.course.code),
                    "facts": len(here),
                    "lessons": lessons,
                    "items": items,
                }
            )
        rows.append(
            {"flag": flag, "who": who, "waiting": len(waiting), "unused": len(waiting - used), "courses": courses}
        )
    shares = [progress(found, locale) for locale in all_languages()]
    context = {"rows": rows, "shares": shares, "can_translate": viewer.may("translations.see"), **_rights(viewer)}
    return render(request, "courses/coverage/reviews.html", context)


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """How far each language is, by course, module and kind of text."""
    viewer = facts_viewer_or_404(request.user)
    found, known = read(on=timezone.localdate()), spoken()
    rows = []
    for locale in all_languages():
        share = progress(found, locale)
        courses = [
            {
                "code": one.course.code,
                "title": known.titles.get(one.course.code, one.course.code),
                "share": share.by_course[one.course.code],
                "modules": [
                    (module.code, known.titles.get(module.code, module.code), share.by_module[module.code])
                    for module in one.course.modules
                ],
            }
            for one in found.courses
        ]
        rows.append({"share": share, "courses": courses})
    context = {"rows": rows, "can_translate": viewer.may("translations.see"), **_rights(viewer)}
    return render(request, "courses/coverage/languages.html", context)
