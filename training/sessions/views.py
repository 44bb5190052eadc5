"""Sessions at the trainer's desk: planned, changed, held, and the list of who was there."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.devices import age
from core.errors import DomainError
from core.pdf import PdfUnavailable
from core.templatetags.burmese import digits
from courses.catalogue import Catalogue, CourseInfo, catalogue, spoken
from people import access as people_access
from people.models import Person
from training import access
from training.accrediting.granting import tiers_to_grant
from training.errors import ReasonMissing
from training.evaluating.counting import count_of
from training.evaluating.forms import CountForm
from training.guiding.views import kept_pages
from training.models import Accreditation, SessionTrainer, TrainingSession
from training.models.sessions import THERE, Status
from training.sessions import attendance, codes, planning
from training.sessions.calendar import calendar_file
from training.sessions.forms import CancelForm, SessionForm
from training.sessions.paper import sign_in_sheets

PAGE = 30
MOST_TICKS = 500
Part = SessionTrainer.Part


def course_of(session: TrainingSession, known: Catalogue) -> CourseInfo | None:
    """The course of a session, where it is still published."""
    return known.by_key.get(session.course_key)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions that one runs or answers for: those to come first, then those that were held."""
    viewer = access.teacher_or_404(request.user)
    found = access.visible_sessions(viewer).select_related("cohort", "unit")
    now = timezone.now()
    known = spoken()
    coming = list(found.standing().filter(ends_at__gt=now).order_by("starts_at")[:PAGE])
    page = Paginator(found.exclude(pk__in=[one.pk for one in coming]), PAGE).get_page(request.GET.get("page"))
    leads = people_access.visible_cohorts(viewer, "sessions.hold").in_order()
    context = {
        "coming": [(one, course_of(one, known)) for one in coming],
        "past": [(one, course_of(one, known)) for one in page],
        "page": page,
        "cohorts": list(leads),
        "held": Accreditation.objects.live(timezone.localdate(now)).filter(person=viewer).order_by("course_code"),
    }
    return render(request, "training/sessions/list.html", context)


# --- Planning -------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new session of a group that one leads."""
    viewer = access.teacher_or_404(request.user)
    cohort = people_access.cohort_for(viewer, public_id, "sessions.hold")
    form = SessionForm(spoken(), viewer, request.POST or None, initial={"unit": cohort.unit_id})
    if request.method == "POST" and form.is_valid():
        try:
            session = planning.plan_session(cohort, form.plan(), lead=viewer)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The session is planned. The learners of the group see it on their desk."))
            return redirect("training:session", session.public_id)
    back = reverse("training:cohort", args=[cohort.public_id])
    return render(request, "training/sessions/plan.html", {"form": form, "cohort": cohort, "back": back})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another time, place or company for a session."""
    viewer, session = _to_hold(request, public_id)
    lead = next(one.person for one in _trainers(session) if one.part == Part.LEAD)
    form = SessionForm(spoken(), lead, request.POST or None, initial=_initial(session))
    if request.method == "POST" and form.is_valid():
        try:
            planning.change_session(session, form.plan(), by=viewer)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("training:session", session.public_id)
    back = reverse("training:session", args=[session.public_id])
    return render(
        request,
        "training/sessions/plan.html",
        {"form": form, "cohort": session.cohort, "session": session, "back": back},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that a session is not held."""
    viewer, session = _to_hold(request, public_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            planning.cancel_session(session, by=viewer, reason=form.cleaned_data["reason"], at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The session is cancelled. Those who were expected see why."))
            return redirect("training:session", session.public_id)
    return render(request, "training/sessions/cancel.html", {"form": form, "session": session})


def _to_hold(request: HttpRequest, public_id: UUID) -> tuple[Person, TrainingSession]:
    """The viewer and a session that they run and that was not cancelled, or 404."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id, to_hold=True)
    if session.is_cancelled:
        raise Http404
    return viewer, session


def _initial(session: TrainingSession) -> dict[str, Any]:
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    by_part: dict[str, list[str]] = {Part.CO_TRAINER: [], Part.OBSERVER: []}
    for one in _trainers(session):
        if one.part in by_part:
            by_part[one.part].append(one.person.service_number)
    return {
        "course": session.course_code,
        "modules": session.modules,
        "day": f"{begins:%d-%m-%Y}",
        "begins": f"{begins:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "unit": session.unit_id,
        "place": session.place,
        "co_trainers": " ".join(by_part[Part.CO_TRAINER]),
        "observers": " ".join(by_part[Part.OBSERVER]),
        "notes": session.plan,
    }


def _trainers(session: TrainingSession) -> list[SessionTrainer]:
    order = {Part.LEAD: 0, Part.CO_TRAINER: 1, Part.OBSERVER: 2}
    return sorted(session.trainers.select_related("person"), key=lambda one: (order[Part(one.part)], one.pk))


# --- One session ----------------------------------------------------------------------------------------------------------


def _rows(session: TrainingSession) -> list[dict[str, Any]]:
    """Everyone expected, and who came besides, with how they were there."""
    have = {one.person_id: one for one in session.attendance.select_related("mark", "person__unit")}
    people = attendance.expected(session)
    people += [one.person for one in have.values() if one.person_id not in {person.pk for person in people}]
    rows = []
    for person in people:
        one = have.get(person.pk)
        rows.append({"person": person, "status": one.status if one else "", "mark": one.mark if one else None})
    return rows


@require_safe
def session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A session with its facts and the list of who was there."""
    viewer = access.teacher_or_404(request.user)
    found = access.session_for(viewer, public_id)
    now = timezone.now()
    rows = _rows(found)
    can_hold = access.held_sessions(viewer).filter(pk=found.pk).exists() and not found.is_cancelled
    corrected = Counter(found.marks.values_list("person", flat=True))
    for row in rows:
        row["marks"] = corrected[row["person"].pk]
    counts = Counter(row["status"] for row in rows)
    there = sum(counts[status] for status in THERE)
    count = count_of(found)
    context = {
        "session": found,
        "course": course_of(found, spoken()),
        "trainers": _trainers(found),
        "rows": rows,
        "there": there,
        "statuses": Status.choices,
        "can_hold": can_hold,
        "can_accredit": can_hold and bool(tiers_to_grant(viewer, found.course_key, on=timezone.localdate(now))),
        "is_over": found.is_over(now),
        "needs_reason": now > found.ends_at + attendance.SETTLED,
        "token": uuid4(),
        "count_form": CountForm(count) if can_hold and viewer.may("sessions.count") else None,
        "is_misfit": count is not None and not count.fit(there),
    }
    return render(request, "training/sessions/session.html", context)


@require_safe
def history(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """How the attendance of one person came about: every mark, the one that counts first."""
    viewer = access.teacher_or_404(request.user)
    found = access.session_for(viewer, public_id)
    marks = list(found.marks.filter(person__public_id=person_id).select_related("person", "marked_by"))
    if not marks:
        raise Http404
    deciding = attendance.decided(marks)
    context = {"session": found, "person": marks[0].person, "marks": marks[::-1], "deciding": deciding}
    return render(request, "training/sessions/history.html", context)


@require_POST
def ticks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take what the trainer says of attendance: the form of the list, or what a device kept (JSON), which is answered by id."""
    viewer, session = _to_hold(request, public_id)
    is_script = request.content_type == "application/json"
    now = timezone.now()
    sent = _sent_ticks(request) if is_script else _form_ticks(request, session)
    if sent is None:
        return JsonResponse({"refused": True}, status=400)
    verdicts = attendance.tick(session, sent, by=viewer, at=now)
    if is_script:
        return JsonResponse({"ticks": [{"id": str(id), "verdict": verdict} for id, verdict in verdicts.items()]})
    if ReasonMissing.code in verdicts.values():
        messages.error(request, str(ReasonMissing()))
    taken = sum(verdict == "accepted" for verdict in verdicts.values())
    if taken:
        text = ngettext("%(count)s entry is saved.", "%(count)s entries are saved.", taken)
        messages.success(request, text % {"count": digits(taken)})
    return redirect("training:session", session.public_id)


def _form_ticks(request: HttpRequest, session: TrainingSession) -> list[attendance.Tick]:
    """What the list's form changed. The ids follow from the form's token, so that a second tap is the first one."""
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        return []
    standing = {row["person"].public_id: row["status"] for row in _rows(session)}
    how = request.POST.get("how", attendance.How.TICK)
    others_absent = "rest" in request.POST
    found = []
    for public_id, was in standing.items():
        status = request.POST.get(f"status-{public_id}", "") or ("absent" if others_absent and not was else "")
        if status and status != was:
            found.append(
                attendance.Tick(
                    id=uuid5(token, str(public_id)), person=public_id, status=status, how=how, page=request.POST.get("page", "")[:12].strip(),
                    reason=request.POST.get("reason", "")[:300].strip(),
                )
            )  # fmt: skip
    return found


def _sent_ticks(request: HttpRequest) -> Sequence[attendance.Tick] | None:
    """What a device sent; None for what none of our pages could send."""
    try:
        told = json.loads(request.body)["ticks"]
        if not isinstance(told, list) or len(told) > MOST_TICKS:
            return None
        return [
            attendance.Tick(
                id=UUID(one["id"]), person=UUID(one["person"]), status=str(one["status"]), age=age(one.get("age")),
                how=str(one.get("how", attendance.How.TICK)), page=str(one.get("page", ""))[:12].strip(), reason=str(one.get("reason", ""))[:300].strip(),
            )
            for one in told
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


# --- In the room ----------------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def room(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the trainer has at hand in the room, on a screen for all or on a telephone: the code, and the list to tick.

    The page holds all it needs to go on without a line, the session's secret too: it is for the session's trainers only.
    """
    _viewer, session = _to_hold(request, public_id)
    rows = _rows(session)
    address = f"{settings.SITE_URL}{reverse('training:own_session', args=[session.public_id])}"
    data = {
        "secret": session.secret,
        "step": codes.STEP,
        "address": address,
        "session": str(session.public_id),
        "ticks": reverse("training:ticks", args=[session.public_id]),
        "who": reverse("training:who", args=[session.public_id]),
        "kept": kept_pages(session),
    }
    context = {
        "session": session,
        "course": course_of(session, spoken()),
        "rows": rows,
        "statuses": Status.choices,
        "data": data,
        "code": codes.code_at(bytes.fromhex(session.secret), timezone.now()),
        "token": uuid4(),
    }
    return render(request, "training/sessions/room.html", context)


@never_cache
@require_safe
def who(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How the list stands, for the page in the room, which asks again and again."""
    _viewer, session = _to_hold(request, public_id)
    statuses = session.attendance.values_list("person__public_id", "status")
    return JsonResponse({"statuses": {str(person): status for person, status in statuses}})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the rooms of a trainer's sessions on the device."""
    access.teacher_or_404(request.user)
    return TemplateResponse(request, "training/sessions/worker.js", content_type="text/javascript")


@require_safe
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list to sign on paper, as PDF."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id)
    try:
        file = sign_in_sheets(
            session, course_of(session, catalogue("my")), attendance.expected(session), at=timezone.now()
        )
    except PdfUnavailable as error:
        messages.error(request, str(error))
        return redirect("training:session", session.public_id)
    name = f"{session.course_code}-{timezone.localtime(session.starts_at):%Y-%m-%d}.pdf"
    return HttpResponse(
        file, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_safe
def calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The session for the trainer's calendar."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id)
    return as_calendar(session, reverse("training:session", args=[session.public_id]))


def as_calendar(session: TrainingSession, path: str) -> HttpResponse:
    """The answer with a session's file for calendars; path: of the page that it names."""
    course = course_of(session, spoken())
    title = str(course.title) if course else ""
    file = calendar_file(session, title=title, url=f"{settings.SITE_URL}{path}", at=timezone.now())
    name = f"{session.course_code}-{timezone.localtime(session.starts_at):%Y-%m-%d}.ics"
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
