"""The pocket cards of one's courses."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.cards import CardInfo, cards
from content.renditions import notice
from core.pdf import PdfUnavailable
from courses import access
from courses.cards.paper import card_paper
from courses.catalogue import Catalogue, CourseInfo, ModuleInfo, catalogue
from courses.models import Enrolment
from people.models import Person


def _known() -> Catalogue:
    return catalogue(get_language() or "my")


def _place(request: HttpRequest, known: Catalogue, code: str) -> tuple[CourseInfo, ModuleInfo, CardInfo]:
    """A card with its module and the first course of the reader's that has it, or 404."""
    viewer: Person = request.user  # type: ignore[assignment]
    card = cards([code], known.language).get(code)
    for course in known.courses:
        for module in course.modules:
            if card and module.code == code and access.can_see(viewer, course):
                return course, module, card
    raise Http404


@require_safe
def own_cards(request: HttpRequest) -> HttpResponse:
    """The cards of the courses that one takes or took, in the order of courses and modules."""
    person: Person = request.user  # type: ignore[assignment]
    known, today = _known(), timezone.localdate()
    mine = Enrolment.objects.filter(person=person).exclude(status=Enrolment.Status.WITHDRAWN)
    keys = set(mine.values_list("course_key", flat=True))
    courses = [course for course in known.courses if course.key in keys]
    found = cards([module.code for course in courses for module in course.modules], known.language)
    rows = [
        (course, [(found[one.code], found[one.code].is_past(today)) for one in course.modules if one.code in found])
        for course in courses
    ]
    return render(request, "courses/cards/list.html", {"rows": [(course, told) for course, told in rows if told]})


@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """A card, on a page that tells nothing about who reads it: a device keeps it whoever signs in next."""
    course, module, found = _place(request, _known(), code)
    context = {
        "course": course,
        "module": module,
        "card": found,
        "is_past": found.is_past(timezone.localdate()),
        "notice": notice(found.key, found.title.language),
    }
    return render(request, "courses/cards/card.html", context)


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """A card on A5, in the reader's language."""
    _course, _module, found = _place(request, _known(), code)
    now = timezone.now()
    try:
        file = card_paper(found, is_past=found.is_past(timezone.localdate(now)), at=now)
    except PdfUnavailable as error:
        messages.error(request, str(error))
        return redirect("courses:card", code)
    name = f"card-{found.code}-{found.version}.pdf"
    return HttpResponse(
        file, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the list and the cards on the device."""
    return render(request, "courses/cards/worker.js", {}, content_type="text/javascript; charset=utf-8")
