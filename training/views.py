"""The trainer's desk and the office."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assessments import entry
from assessments.access import exam_for
from assessments.allowances import allow as allow_more
from assessments.allowances import allow_attempt
from assessments.models import Allowance, ExamRoom, Quiz
from core.audit import looked, record
from core.privacy import SMALLEST_CELL
from core.tables import XLSX
from core.templatetags.burmese import digits, sentence
from courses.access import visible_enrolments
from courses.catalogue import CourseInfo, spoken
from people import access as people_access
from people.models import Cohort, Person, Unit
from training import access, queries, rooms, services
from training.assigning.standing import standings
from training.audit import PROGRESS_EXPORTED
from training.evaluating.behaviour import due_about
from training.forms import AllowanceForm, AssignForm, ExceptionForm, TicketsForm
from training.models import Assignment
from training.progress.filtering import SHOWN, Filter
from training.progress.table import table
from training.progress.views import given_to

PAGE = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The cohorts one leads, with what is due."""
    viewer = access.teacher_or_404(request.user)
    cohorts = list(people_access.visible_cohorts(viewer).select_related("unit").in_order())
    rows = queries.cohort_rows(cohorts, spoken(), today=timezone.localdate())
    can_mark = viewer.may("answers.mark")
    asked = people_access.visible_people(viewer, "behaviour.report")
    context = {
        "rows": rows,
        "can_mark": can_mark,
        "can_make": viewer.may("cohorts.make"),
        "reports_due": len(due_about(asked, by=viewer, at=timezone.now())) if viewer.may("behaviour.report") else 0,
    }
    return render(request, "training/desk.html", context)


@require_safe
def cohort(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The progress grid of a cohort: people × modules of one of its courses."""
    viewer = access.teacher_or_404(request.user)
    found = people_access.cohort_for(viewer, public_id)
    known = spoken()
    given = given_to(found, known, asked=request.GET.get("course", ""))
    course = given.course
    now, today = timezone.now(), timezone.localdate()
    learners = queries.learners_of(found)
    wanted = Filter.of(request.GET, course)
    people = list(wanted.people(learners))
    everyone, modules = [], []
    if course:
        modules = [wanted.module] if wanted.module else list(course.modules)
        late = _late([one for one in given.standing if not one.is_whole], people, today=today)
        everyone = queries.grid_rows(course, people, now=now, today=today, late=late)
        if wanted.module:
            everyone = queries.with_cells(course, everyone, modules)
    rows = wanted.rows(everyone)
    is_table = request.GET.get("format") == "xlsx"
    page = Paginator(rows, max(len(rows), 1) if is_table or "all" in request.GET else PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page.object_list)
    if course and not wanted.module:
        shown = queries.with_cells(course, shown, modules)
    if course and is_table:
        record(PROGRESS_EXPORTED, by=viewer, about=found, course=course.code, count=len(shown))
        return HttpResponse(
            table(shown, modules),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="progress-{course.code}.xlsx"'},
        )
    return render(
        request,
        "training/cohort.html",
        {
            "cohort": found,
            "course": course,
            "assigned": given.courses,
            "modules": modules,
            "rows": shown,
            "page": page,
            "wanted": wanted,
            "states": [(value, label) for value, (label, _keep) in SHOWN.items()],
            "units": list(Unit.objects.filter(people__in=learners.order_by()).distinct().in_order()),
            "whole": next((one for one in given.standing if one.is_whole), None),
            "can_assign": people_access.can_assign(viewer, found),
            "can_print": viewer.may("slips.print"),
            "attention": sum(row.needs_attention for row in everyone),
        },
    )


def _late(parts: list[Assignment], people: list[Person], *, today: date) -> set[int]:
    """Who is overdue with a module or quiz that was given; no query where none was."""
    rows = standings(parts, people, today=today)
    return {row.person.pk for one in parts for row in rows[one.pk] if row.state == "overdue"}


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a course to a cohort."""
    viewer = access.teacher_or_404(request.user)
    found = people_access.cohort_for(viewer, public_id)
    if not people_access.can_assign(viewer, found):
        raise Http404
    known = spoken()
    form = AssignForm(known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        what = form.cleaned_data["course"]
        _assignment, new = services.assign(
            found,
            what.course,
            module=what.module,
            quiz=what.quiz,
            by=viewer,
            starts_on=form.cleaned_data["starts_on"],
            due_on=form.cleaned_data["due_on"],
            message=form.cleaned_data["message"],
            at=timezone.now(),
        )
        text = ngettext(
            "%(course)s is assigned. %(count)s person is new to it; the others keep their progress.",
            "%(course)s is assigned. %(count)s people are new to it; the others keep their progress.",
            new,
        )
        messages.success(request, sentence(text, course=what.title, count=digits(new)))
        return redirect("training:cohort", found.public_id)
    return render(request, "training/assign.html", {"cohort": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Allow one more attempt at a course's exam to a person in a cohort one leads."""
    viewer = access.teacher_or_404(request.user)
    enrolment = get_object_or_404(visible_enrolments(viewer).select_related("person", "cohort"), public_id=public_id)
    course = spoken().by_key.get(enrolment.course_key)
    if not course or not course.exam or not enrolment.cohort or not people_access.can_assign(viewer, enrolment.cohort):
        raise Http404
    looked(viewer, enrolment.person)
    form = AllowanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        allowed = allow_attempt(
            course.exam, enrolment.person, scope=enrolment.public_id, by=viewer, reason=form.cleaned_data["reason"]
        )
        if allowed:
            messages.success(request, sentence(_("%(name)s may sit the exam once more."), name=enrolment.person))
        else:
            text = _("%(name)s has an attempt left already; none was added.")
            messages.info(request, sentence(text, name=enrolment.person))
        return redirect("training:cohort", enrolment.cohort.public_id)
    return render(request, "training/allow.html", {"enrolment": enrolment, "course": course, "form": form})


def _exam_of(cohort: Cohort, quiz_id: UUID) -> tuple[Quiz, CourseInfo]:
    """A quiz of a course that is assigned to the cohort or taught to it in a room, or 404."""
    quiz = exam_for(quiz_id)
    known = spoken()
    course = known.by_key.get(quiz.subject_key)
    given = Assignment.objects.filter(cohort=cohort, course_key=quiz.subject_key)
    if not given.exists() and not cohort.sessions.standing().filter(course_key=quiz.subject_key).exists():
        raise Http404
    if course is None:
        raise Http404
    return quiz, course


@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, public_id: UUID, quiz_id: UUID) -> HttpResponse:
    """An exam as it is held for a cohort; POST opens or closes the room for those who type its code."""
    viewer = access.teacher_or_404(request.user)
    found = people_access.cohort_for(viewer, public_id)
    quiz, course = _exam_of(found, quiz_id)
    can_hold = access.can_hold_exam(viewer, found)
    if request.method == "POST":
        if not can_hold or quiz.entry != Quiz.Entry.ROOM:
            raise Http404
        if request.POST.get("action") == "close":
            entry.close_room(quiz, found, at=timezone.now())
            messages.success(request, _("The room is closed. Nobody else can begin; who began goes on."))
        else:
            entry.open_room(quiz, found, by=viewer, at=timezone.now())
        return redirect("training:room", found.public_id, quiz.public_id)
    page = Paginator(queries.learners_of(found), PAGE).get_page(request.GET.get("page"))
    seats = rooms.seats(quiz, list(page.object_list), now=timezone.now())
    return render(
        request,
        "training/room.html",
        {
            "cohort": found,
            "quiz": quiz,
            "course": course,
            "room": ExamRoom.objects.filter(quiz=quiz, cohort=found, closed_at=None).first(),
            "seats": seats,
            "page": page,
            "can_hold": can_hold,
            "can_grade": viewer.may("grades.change"),
            "begun": sum(bool(seat.attempt and seat.attempt.is_open) for seat in seats),
            "handed_in": sum(bool(seat.attempt and not seat.attempt.is_open) for seat in seats),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def tickets(request: HttpRequest, public_id: UUID, quiz_id: UUID) -> HttpResponse:
    """Make tickets for a cohort; POST answers with the page to print, the only one that ever shows the codes."""
    viewer = access.teacher_or_404(request.user)
    found = people_access.cohort_for(viewer, public_id)
    quiz, course = _exam_of(found, quiz_id)
    if not access.can_hold_exam(viewer, found) or quiz.entry != Quiz.Entry.TICKET:
        raise Http404
    now = timezone.now()
    start = timezone.localtime(now).replace(second=0, microsecond=0)
    form = TicketsForm(request.POST or None, initial={"valid_from": f"{start:%Y-%m-%d %H:%M}"})
    context = {"cohort": found, "quiz": quiz, "course": course, "form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = entry.make_tickets(
            quiz,
            found,
            list(queries.learners_of(found)) if given["named"] else [],
            given["blank"],
            by=viewer,
            at=now,
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
        )
        made_now = [(person, f"{code[:5]} {code[5:]}") for person, code in made]
        context |= {"tickets": made_now, "valid_from": given["valid_from"], "valid_until": given["valid_until"]}
    response = render(request, "training/tickets.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def exception(request: HttpRequest, public_id: UUID, quiz_id: UUID) -> HttpResponse:
    """Allow one person of a cohort something beyond the rules of an exam."""
    viewer = access.teacher_or_404(request.user)
    enrolment = get_object_or_404(visible_enrolments(viewer).select_related("person", "cohort"), public_id=public_id)
    if not enrolment.cohort or not access.can_hold_exam(viewer, enrolment.cohort):
        raise Http404
    quiz, course = _exam_of(enrolment.cohort, quiz_id)
    if quiz.subject_key != enrolment.course_key:
        raise Http404
    looked(viewer, enrolment.person)
    form = ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        allow_more(quiz, enrolment.person, scope=enrolment.public_id, by=viewer, **form.cleaned_data)
        messages.success(request, sentence(_("It is allowed to %(name)s from now on."), name=enrolment.person))
        return redirect("training:room", enrolment.cohort.public_id, quiz.public_id)
    past = Allowance.objects.filter(quiz=quiz, scope=enrolment.public_id).select_related("granted_by").order_by("pk")
    return render(
        request,
        "training/exception.html",
        {"enrolment": enrolment, "quiz": quiz, "course": course, "form": form, "past": past},
    )


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Reach by agency, as counts; and of one unit, how many can still do what they learned, as shares without names."""
    viewer = people_access.may_or_404(request.user, "reports.see")
    units = queries.units_shown(viewer)
    with_small = people_access.sees_names(viewer, "reports.see")
    unit = next((one for one in units if one.code == request.GET.get("unit")), units[0] if units else None)
    return render(
        request,
        "training/office.html",
        {
            "rows": queries.reach(viewer, with_small=with_small),
            "with_small": with_small,
            "smallest": SMALLEST_CELL,
            "units": units,
            "unit": unit,
            "shares": queries.objective_shares(unit, spoken(), at=timezone.now()) if unit else [],
        },
    )
