"""The tests of a session at the trainer's desk: open and close, how far they are, on paper, and what was gained."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments import on_paper
from assessments.models import ExamRoom, PrintedForm
from core import audit
from core.errors import DomainError, unprintable
from core.pdf import MissingGlyph, PdfUnavailable
from core.privacy import SMALLEST_CELL
from core.templatetags.burmese import digits
from courses.catalogue import CourseInfo, catalogue, spoken
from people.models import Person
from training import access
from training.audit import TEST_PRINTED, TEST_TYPED
from training.models import SessionTest, TrainingSession
from training.sessions import attendance
from training.testing import charts, holding
from training.testing.forms import LettersForm
from training.testing.gain import session_gain
from training.testing.paper import test_papers

Part = SessionTest.Part


def _found(
    request: HttpRequest, public_id: UUID, *, to_hold: bool = False
) -> tuple[Person, TrainingSession, CourseInfo]:
    """The viewer, a session that was not cancelled and its course, or 404."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id, to_hold=to_hold)
    course = spoken().by_key.get(session.course_key)
    if session.is_cancelled or course is None:
        raise Http404
    return viewer, session, course


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Both tests of a session, and what was gained; POST opens or ends one."""
    viewer, session, course = _found(request, public_id, to_hold=request.method == "POST")
    if request.method == "POST":
        _open_or_end(request, viewer, session, course)
        return redirect("training:session_tests", session.public_id)
    quizzes = holding.quizzes_of(course)
    held = {test.part: test for test in session.tests.select_related("quiz")}
    rooms = {room.quiz_id: room for room in ExamRoom.objects.filter(cohort=session.cohort, closed_at=None, quiz__in=quizzes.values())}  # fmt: skip
    people = attendance.expected(session)
    found = session_gain(session) if Part.POST in held else []
    context = {
        "session": session,
        "course": course,
        "can_hold": access.held_sessions(viewer).filter(pk=session.pk).exists(),
        "parts": [_part(part, quizzes[part], held.get(part), rooms, people) for part in Part if part in quizzes],
        "gains": [(one, charts.interval(one.estimate)) for one in found if one.n >= SMALLEST_CELL],
        "too_few": bool(found) and found[0].n < SMALLEST_CELL,
        "smallest": SMALLEST_CELL,
    }
    return render(request, "training/testing/tests.html", context)


def _part(
    part: Part, quiz: Any, test: SessionTest | None, rooms: dict[int, ExamRoom], people: list[Person]
) -> dict[str, Any]:
    seats = holding.seats(quiz, people)
    begun = [seat for seat in seats if seat.attempt]
    return {
        "part": part.value,
        "label": part.label,
        "quiz": quiz,
        "test": test,
        "room": rooms.get(quiz.pk) if test and test.is_open else None,
        "seats": seats,
        "at_it": sum(bool(seat.attempt and seat.attempt.is_open) for seat in begun),
        "handed_in": sum(bool(seat.attempt and not seat.attempt.is_open) for seat in begun),
        "forms": [(form, sum(seat.form == form for seat in seats)) for form in on_paper.forms_of(quiz) if form],
    }


def _open_or_end(request: HttpRequest, viewer: Person, session: TrainingSession, course: CourseInfo) -> None:
    part, now = request.POST.get("part", ""), timezone.now()
    if part not in Part.values:
        raise Http404
    if request.POST.get("action") == "close":
        still = holding.close_test(session, part, by=viewer, at=now)
        text = ngettext(
            "The test is ended. %(count)s person was still at it; what was answered counts, and what a device without a line kept is waited for.",
            "The test is ended. %(count)s people were still at it; what was answered counts, and what a device without a line kept is waited for.",
            still,
        )
        messages.success(
            request, text % {"count": digits(still)} if still else _("The test is ended. Everybody had handed in.")
        )
        return
    try:
        holding.open_test(session, part, course, by=viewer, at=now)
    except DomainError as refusal:
        messages.error(request, str(refusal))


@require_safe
def paper(request: HttpRequest, public_id: UUID, part: str) -> HttpResponse:
    """The forms of a test, to be printed; `language` my or en."""
    viewer, session, course = _found(request, public_id, to_hold=True)
    quiz = holding.quizzes_of(course).get(part)
    language = request.GET.get("language", "my")
    if quiz is None or language not in ("my", "en"):
        raise Http404
    now = timezone.now()
    try:
        printed = on_paper.printed_forms(quiz, at=now)
        told = catalogue(language).by_key.get(course.key, course)
        file = test_papers(session, told, printed, language, at=now)
    except (DomainError, PdfUnavailable) as refusal:
        messages.error(request, str(refusal))
        return redirect("training:session_tests", session.public_id)
    except MissingGlyph as missing:
        messages.error(request, unprintable(missing))
        return redirect("training:session_tests", session.public_id)
    audit.record(TEST_PRINTED, by=viewer, about=session, test=quiz.code)
    return HttpResponse(
        file,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{quiz.code}-{language}.pdf"',
            "Cache-Control": "no-store",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, public_id: UUID, part: str) -> HttpResponse:
    """Type what was written on paper: one line of letters for each person."""
    viewer, session, course = _found(request, public_id, to_hold=True)
    quiz = holding.quizzes_of(course).get(part)
    if quiz is None:
        raise Http404
    now = timezone.now()
    printed = list(PrintedForm.objects.filter(quiz=quiz))
    if request.method == "POST":
        test = holding.held_on_paper(session, part, course, by=viewer, at=now)
    seats = holding.seats(quiz, attendance.expected(session))
    form = LettersForm(printed, seats, request.POST or None)
    if request.method == "POST" and form.is_valid():
        taken = 0
        why = form.cleaned_data["reason"]
        for one in form.typed:
            try:
                on_paper.enter(
                    one.printed, one.person, scope=one.scope, responses=one.responses, sat_at=test.opened_at, by=viewer, at=now, reason=why
                )  # fmt: skip
            except DomainError as refusal:  # somebody else typed it meanwhile
                messages.error(request, f"{one.person.service_number}: {refusal}")
            else:
                taken += 1
                audit.record(TEST_TYPED, by=viewer, about=one.person, test=quiz.code, form=one.printed.code)
        text = ngettext("%(count)s paper is typed in.", "%(count)s papers are typed in.", taken)
        messages.success(request, text % {"count": digits(taken)})
        return redirect("training:test_letters", session.public_id, part)
    context = {"session": session, "course": course, "quiz": quiz, "part": part, "form": form, "printed": printed}
    return render(request, "training/testing/letters.html", context)
