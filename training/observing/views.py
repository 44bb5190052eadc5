"""Practice observed: by trainers in a session, and read and signed by the person."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from content.rubrics import rubric, rubrics
from core import devices
from core.audit import looked
from core.errors import DomainError
from core.templatetags.burmese import sentence
from people.models import Person
from training import access
from training.models import Observation
from training.observing import agreeing, recording
from training.observing.forms import BeginForm, ObservationForm, SignForm
from training.sessions import attendance


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The exercises of a session as they were observed, how far observers agree; POST begins another observation."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id)
    observes = access.observed_sessions(viewer).filter(pk=session.pk).exists() and not session.is_cancelled
    people = [one for one in attendance.expected(session) if one.pk != viewer.pk]
    form = BeginForm(people, rubrics(get_language() or "my"), request.POST or None) if observes else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            given = form.cleaned_data
            to = reverse("training:observe", args=[session.public_id, given["person"]])
            return redirect(f"{to}?{urlencode({'rubric': given['rubric'], 'exercise': given['exercise']})}")
    rows = session.observations.standing().select_related("person", "observer", "signature")
    found = recording.exercises(rows)
    context = {
        "session": session,
        "exercises": sorted(found, key=lambda one: (one.person.sort_key, one.name)),
        "agreement": agreeing.agreement(found),
        "target": agreeing.TARGET,
        "form": form,
    }
    return render(request, "training/observing/practice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def observe(request: HttpRequest, public_id: UUID, person_id: UUID) -> HttpResponse:
    """A rubric to fill in for one person; POST keeps it. To the page's script it says how that ended."""
    viewer = access.teacher_or_404(request.user)
    session = get_object_or_404(access.observed_sessions(viewer).standing(), public_id=public_id)
    person = next((one for one in attendance.expected(session) if one.public_id == person_id), None)
    info = rubric(request.GET.get("rubric", ""), get_language() or "my")
    exercise = " ".join(request.GET.get("exercise", "").split())[:80]
    if person is None or person.pk == viewer.pk or info is None or not exercise:
        raise Http404
    before = Observation.objects.standing().filter(
        session=session, person=person, observer=viewer, exercise=exercise, rubric_key=info.key
    ).first()  # fmt: skip
    form = ObservationForm(info, request.POST or None, initial=_initial(before))
    is_script = devices.is_script(request)
    if request.method == "POST" and form.is_valid():
        evidence, levels = form.told()
        id, ago = devices.sent(request)
        sent = recording.Sent(id, info.code, exercise, evidence, levels, form.cleaned_data["comment"], ago)
        for criterion, problem in recording.problems(info, sent).items():
            form.add_error(f"level-{criterion}", problem)
        if form.is_valid():
            return _kept(request, session, person, sent, is_script=is_script)
    if is_script:
        return JsonResponse({"verdict": "refused"})
    context = {
        "session": session,
        "person": person,
        "info": info,
        "exercise": exercise,
        "form": form,
        "token": uuid4(),
        "before": before,
    }
    return render(request, "training/observing/observe.html", context)


def _kept(request: HttpRequest, session: Any, person: Person, sent: recording.Sent, *, is_script: bool) -> HttpResponse:
    url = reverse("training:practice", args=[session.public_id])
    try:
        recording.record(session, person, sent, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, sentence(_("The observation of %(name)s is saved. They can read and sign it."), name=person)
        )
    return JsonResponse({"verdict": "accepted", "url": url}) if is_script else redirect(url)


def _initial(before: Observation | None) -> dict[str, Any]:
    if before is None:
        return {}
    values: dict[str, Any] = {f"evidence-{id}": text for id, text in before.evidence.items()}
    return values | {f"level-{id}": level for id, level in before.levels.items()} | {"comment": before.comment}


@require_safe
def observation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was written of somebody's practice, for those who answer for the session."""
    viewer = access.teacher_or_404(request.user)
    found = get_object_or_404(_whole().filter(session__in=access.visible_sessions(viewer)), pk=pk)
    looked(viewer, found.person)
    return render(request, "training/observing/observation.html", {"one": found, "rows": _rows(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def own_observation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was written of one's own practice; POST signs it."""
    found = get_object_or_404(_whole(), pk=pk, person=request.user)
    signature = getattr(found, "signature", None)
    form = None if signature else SignForm(request.POST or None)
    if request.method == "POST" and form and form.is_valid():
        recording.sign(found, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Signed. What you wrote is kept beside it."))
        return redirect("training:own_observation", found.pk)
    context = {"one": found, "rows": _rows(found), "form": form, "is_own": True}
    return render(request, "training/observing/observation.html", context)


def _whole() -> Any:
    return Observation.objects.select_related("session", "person", "observer", "signature")


def _rows(one: Observation) -> list[dict[str, Any]]:
    """The criteria with what was written: in the reader's language while the rubric still has them, else as they were."""
    info = rubric(one.rubric_code, get_language() or "my")
    said = {criterion.id: criterion.text for criterion in info.criteria} if info else {}
    return [
        {
            "text": said.get(criterion["id"], criterion["text"]),
            "is_critical": criterion["is_critical"],
            "level": one.levels[criterion["id"]],
            "evidence": one.evidence.get(criterion["id"], ""),
        }
        for criterion in one.rubric["criteria"]
    ]
