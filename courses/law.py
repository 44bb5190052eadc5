"""The law library: provisions, bodies and telephone numbers, how each stands and stood, and the lessons that quote it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.access import can_see_facts
from content.facts import former_versions, library, read_facts
from courses import access
from courses.catalogue import Text, spoken
from courses.views import lesson_url
from people.models import Person


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Every entry, by kind and place. An entry has its place at #code; nobody reads what nobody confirmed."""
    kinds = library(get_language() or "my", on=timezone.localdate())
    return render(request, "courses/law/library.html", {"kinds": kinds})


@require_safe
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """One entry, with the lessons that quote it and its earlier versions.

    Who edits facts, confirms them or answers for them finds here every fact, also those held back and withdrawn.
    """
    viewer: Person = request.user  # type: ignore[assignment]
    language, confirms = get_language() or "my", can_see_facts(viewer)
    found = read_facts(language, on=timezone.localdate(), codes=[code], to_confirm=confirms)
    if not found or not (confirms or found[0].is_in_library):
        raise Http404
    context = {
        "fact": found[0],
        "lessons": _lessons(viewer, code),
        "former": former_versions(found[0], language, to_confirm=confirms),
        "confirms": confirms,
        "can_edit": viewer.may("pages.edit"),
    }
    return render(request, "courses/law/entry.html", context)


def _lessons(viewer: Person, code: str) -> list[tuple[str, Text, str]]:
    """(code, title, address) of the lessons that quote a fact, of the courses that are meant for the viewer."""
    return [
        (lesson.code, lesson.title, lesson_url(course, module, lesson))
        for course in spoken().courses
        if access.can_take(viewer, course)
        for module, lesson in course.lessons
        if code in lesson.facts
    ]
