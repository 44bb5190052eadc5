"""A session as a learner sees it: when and where, and signing in with the code of the room."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core import devices
from core.codes import clean_code
from core.errors import DomainError
from core.ratelimit import allow
from core.views import too_many_requests
from courses.catalogue import spoken
from people.models import Person
from training import access
from training.evaluating import behaviour, reactions
from training.models import SessionTrainer
from training.models.sessions import THERE
from training.sessions import attendance
from training.sessions.forms import CodeForm
from training.sessions.views import as_calendar, course_of

TRIES, TRIES_SECONDS = 12, 600


@require_http_methods(["GET", "HEAD", "POST"])
def own_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own session; POST signs in with the code of the room. To the page's script it says how that ended."""
    person: Person = request.user  # type: ignore[assignment]
    session = access.own_session_for(person, public_id)
    is_script = devices.is_script(request)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("c", "")[:12]})
    if request.method == "POST":
        if not allow("session-code", f"{person.pk}", limit=TRIES, seconds=TRIES_SECONDS):
            return too_many_requests(request)
        if form.is_valid():
            try:
                id, ago = devices.sent(request)
                typed = attendance.SignIn(id, clean_code(form.cleaned_data["code"]), ago)
                attendance.sign_in(session, person, typed, at=timezone.now())
            except DomainError as refusal:
                if is_script:
                    return JsonResponse({"verdict": refusal.code, "said": str(refusal)})
                form.add_error("code", str(refusal))
            else:
                url = reverse("training:own_session", args=[session.public_id])
                return JsonResponse({"verdict": "accepted", "url": url}) if is_script else redirect(url)
        elif is_script:
            return JsonResponse({"verdict": "refused", "said": " ".join(str(error) for error in form.errors["code"])})
    now = timezone.now()
    trainers = session.trainers.filter(part__in=access.HOLDING).select_related("person").order_by("-part", "pk")
    mine = session.attendance.filter(person=person).select_related("mark").first()
    course = course_of(session, spoken())
    objectives = behaviour.objectives_of(session, course)
    reports = list(session.behaviour.filter(person=person).select_related("by"))
    was_there = mine is not None and mine.status in THERE
    context: dict[str, Any] = {
        "session": session,
        "course": course,
        "lead": [one.person for one in trainers if one.part == SessionTrainer.Part.LEAD],
        "mine": mine,
        "tests": session.tests.filter(closed_at=None).select_related("quiz") if not session.is_cancelled else [],
        "form": form,
        "token": uuid4(),
        "is_open": not session.is_cancelled and session.starts_at - attendance.OPENS_BEFORE <= now <= session.ends_at + attendance.CLOSES_AFTER,
        "is_over": session.is_over(now),
        "asks_reaction": was_there and reactions.is_open(session, now) and not session.reactions_given.filter(person=person).exists(),
        "asks_behaviour": was_there and behaviour.is_open(session, now) and objectives and not any(one.by_id == person.pk for one in reports),
        "reports": [behaviour.in_words(one, objectives) for one in reports],
    }  # fmt: skip
    return render(request, "training/sessions/own.html", context)


@require_safe
def own_calendar(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The session for one's own calendar."""
    person: Person = request.user  # type: ignore[assignment]
    session = access.own_session_for(person, public_id)
    return as_calendar(session, reverse("training:own_session", args=[session.public_id]))
