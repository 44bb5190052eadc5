"""Evaluation where training happens: what learners thought of a session, and what is done of it at work."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import devices
from core.errors import DomainError
from courses.catalogue import spoken
from people.access import may_or_404, person_for, visible_people
from people.models import Person
from training import access
from training.evaluating import behaviour, reactions
from training.evaluating.counting import Sexes, count_of, count_session
from training.evaluating.forms import BehaviourForm, CountForm, ReactionForm
from training.models import BehaviourReport, TrainingSession
from training.sessions.views import course_of

# --- Reactions ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def own_reaction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What one thought of a session, said without one's name. To the page's script it answers how that ended."""
    person: Person = request.user  # type: ignore[assignment]
    session = access.attended_session_for(person, public_id)
    is_script = devices.is_script(request)
    form = ReactionForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            try:
                reactions.react(session, person, form.given(get_language() or "my"), at=timezone.now())
            except DomainError as refusal:
                if is_script:
                    return JsonResponse({"verdict": refusal.code, "said": str(refusal)})
                form.add_error(None, str(refusal))
            else:
                url = reverse("training:own_session", args=[session.public_id])
                if not is_script:
                    messages.success(request, _("Thank you. Your answer is kept without your name."))
                return JsonResponse({"verdict": "accepted", "url": url}) if is_script else redirect(url)
        elif is_script:
            said = " ".join(dict.fromkeys(str(error) for errors in form.errors.values() for error in errors))
            return JsonResponse({"verdict": "refused", "said": said})
    context = {
        "session": session,
        "course": course_of(session, spoken()),
        "form": form,
        "is_open": reactions.is_open(session, timezone.now()),
        "is_given": session.reactions_given.filter(person=person).exists(),
        "person": person,
    }
    return render(request, "training/evaluating/reaction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def session_reactions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What those who were there thought of a session, as figures; POST, for those who run it, types in a sheet of paper."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id)
    can_hold = access.held_sessions(viewer).filter(pk=session.pk).exists()
    form = ReactionForm(request.POST or None)
    now = timezone.now()
    if request.method == "POST":
        if not can_hold:
            raise Http404
        if form.is_valid():
            try:
                reactions.type_in(session, form.given(get_language() or "my"), by=viewer, at=now)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The sheet is saved. Type in the next one."))
                return redirect("training:session_reactions", session.public_id)
    found = reactions.reactions_of([(session.pk, session.ends_at)], at=now)
    context: dict[str, Any] = {
        "session": session,
        "course": course_of(session, spoken()),
        "found": found,
        "comments": reactions.comments_of(session) if found.statements else [],
        "form": form if can_hold and reactions.is_open(session, now) and found.rate.answered < found.rate.asked else None,
    }  # fmt: skip
    return render(request, "training/evaluating/session_reactions.html", context)


# --- Behaviour ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def own_behaviour(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What one does at work of what a session taught, said by oneself."""
    person: Person = request.user  # type: ignore[assignment]
    session = access.attended_session_for(person, public_id)
    return _report(request, session, person, person, back=reverse("training:own_session", args=[session.public_id]))


@require_safe
def behaviour_due(request: HttpRequest) -> HttpResponse:
    """On whose practice a trainer or supervisor is asked to report."""
    viewer = may_or_404(request.user, "behaviour.report")
    due = behaviour.due_about(visible_people(viewer, "behaviour.report"), by=viewer, at=timezone.now())
    known = spoken().by_key
    rows = [(one, known[one.session.course_key]) for one in due if one.session.course_key in known]
    return render(request, "training/evaluating/behaviour_due.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def report_behaviour(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """What somebody who attended a session does of it at work, said by who sees them work."""
    viewer = may_or_404(request.user, "behaviour.report")
    person = person_for(viewer, person_id, "behaviour.report")
    session = access.attended_session_for(person, public_id)
    if person == viewer:
        raise Http404
    return _report(request, session, person, viewer, back=reverse("training:behaviour_due"))


def _report(request: HttpRequest, session: TrainingSession, person: Person, by: Person, *, back: str) -> HttpResponse:
    of_oneself = person == by
    course = course_of(session, spoken())
    objectives = behaviour.objectives_of(session, course)
    before = BehaviourReport.objects.filter(session=session, person=person, by=by).first()
    form = BehaviourForm(objectives, request.POST or None, of_oneself=of_oneself)
    now = timezone.now()
    if request.method == "POST" and objectives and form.is_valid():
        try:
            behaviour.report(session, person, form.told(), by=by, at=now)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is kept."))
            return redirect(back)
    context = {
        "session": session,
        "course": course,
        "person": person,
        "of_oneself": of_oneself,
        "form": form if objectives and not before and behaviour.is_open(session, now) else None,
        "before": behaviour.in_words(before, objectives) if before else None,
        "back": back,
    }
    return render(request, "training/evaluating/behaviour.html", context)


# --- Women and men ------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def count(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How many women and men came to a session that one runs."""
    viewer = may_or_404(request.user, "sessions.count")
    session = access.session_for(viewer, public_id, to_hold=True)
    before, there = count_of(session), session.attendance.there().count()
    form = CountForm(before, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_session(session, Sexes(**form.cleaned_data), by=viewer, at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The counts are saved."))
            return redirect("training:session", session.public_id)
    context = {"session": session, "form": form, "is_misfit": before is not None and not before.fit(there)}
    return render(request, "training/evaluating/count.html", context)
