"""Practice in examining documents: the modes, a block trial by trial, and what it says afterwards."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from assessments.errors import NotAResponse
from assessments.examination import detection, fairness, practising, showing
from assessments.examination.reports import figures
from assessments.models import ExaminationBlock, ExaminationTrial, TrialAnswer
from core import devices
from people.models import Person
from specimens import describing
from specimens.chance import Chance
from specimens.issuing import DOCUMENTS
from specimens.lights import LIGHTS, TILT
from specimens.recipe import Recipe
from specimens.states import FICTIONAL_CODES

Mode = ExaminationBlock.Mode
MODES = [
    (Mode.SPOT, _("Spot"), _("Ten specimens with one anomaly each. Find it; you see at once whether you did.")),
    (Mode.DECIDE, _("Decide"), _("Twenty specimens, some in order, some not. Decide, mark and name what you saw; you see at once whether you were right.")),
    (Mode.SHIFT, _("Shift"), _("Thirty travellers, little time, few anomalies. You see at the end how it went, for those you stopped and those you let go.")),
]  # fmt: skip
ATTRIBUTES = {
    "sex": _("Sex marker"),
    "band": _("Age"),
    "tone": _("Tone of skin"),
    "family": _("Sound of the name"),
    "dress": _("Clothes"),
}
BANDS = ["6–14", "18–29", "30–49", "50–69", "70+"]
CONDITIONS = {
    "trials": _("Trials of either sort"),
    "d_prime": _("Sensitivity d′, at least"),
    "false_alarms": _("Travellers stopped without reason, at most"),
    "criterion": _("Leaning c, at most to either side"),
    "localised": _("Hits for the right reason, at least"),
    "protection": _("Protection question asked first, at least"),
}
# What goes on around the counter in a shift.
DISTRACTIONS = [
    _("A colleague asks where the form for lost luggage is."),
    _("The queue reaches the door now."),
    _("A child in the queue is crying."),
    _("The telephone rings; nobody takes it."),
    _("A traveller says that the bus will leave."),
    _("The lamp flickers. It is only the lamp."),
    _("Somebody asks whether this is the right queue."),
]


def _me(request: HttpRequest) -> Person:
    return request.user  # type: ignore[return-value]


def _language() -> str:
    return get_language() or "my"


def _light(request: HttpRequest) -> tuple[str, int]:
    """The light that a page without script was asked for."""
    light = request.GET.get("light", "visible")
    tilt = request.GET.get("tilt", "0")
    return light if light in LIGHTS else "visible", int(tilt) if tilt in (
        str(TILT),
        str(-TILT),
    ) and light == "oblique" else 0


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The modes, and how one stands."""
    person = _me(request)
    seen = practising.seen_by(person)
    found = detection.result(seen)
    asked, doubtful = practising.protection(person)
    is_open = set(ExaminationBlock.objects.filter(person=person, ended_at=None).values_list("mode", flat=True))
    groups = detection.by_group(seen)
    return render(
        request,
        "assessments/examination/desk.html",
        {
            "modes": [
                {"code": code, "name": name, "text": text, "is_open": code in is_open} for code, name, text in MODES
            ],
            "figures": figures(found),
            "groups": [
                {"name": showing.FAMILIES[code], "hits": one.hits, "signals": one.signals}
                for code, one in groups.items()
            ],
            "standard": [
                {"name": CONDITIONS[one.name], "value": one.value, "wanted": one.wanted, "is_met": one.is_met}
                for one in detection.standard(found, asked=asked, doubtful=doubtful)
            ],
            "blocks": ExaminationBlock.objects.filter(person=person, ended_at__isnull=False).order_by("-ended_at")[:10],
        },
    )


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a block of a mode, or go on with the open one."""
    mode = request.POST.get("mode", "")
    if mode not in Mode.values:
        raise Http404
    block = practising.begin(_me(request), mode, at=timezone.now())
    return redirect("examination:block", block.public_id)


@require_safe
def block(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The specimen that waits for an answer; after the last one, the report."""
    block = get_object_or_404(
        ExaminationBlock.objects.select_related("person"), public_id=public_id, person=_me(request)
    )
    trial = practising.next_trial(block, at=timezone.now())
    if trial is None:
        return _report(request, block)
    light, tilt = _light(request)
    name = "response"
    limit = practising.seconds_for(trial)
    chance = Chance(block.seed, f"around/{trial.position}")
    left = max(0, limit - int((timezone.now() - trial.shown_at).total_seconds())) if limit is not None else None
    return render(
        request,
        "assessments/examination/block.html",
        {
            "sitting": block,
            "trial": trial,
            "token": uuid4(),
            "number": trial.position + 1,
            "e": showing.laid_out(
                showing.specimen(trial.specimen), language=_language(), name=name, light=light, tilt=tilt
            ),
            "name": name,
            "left": left,
            "around": chance.one(DISTRACTIONS) if block.mode == Mode.SHIFT and chance.happens(40) else "",
            "next_steps": TrialAnswer.Next.choices if practising.asks_next(trial) else [],
            "mode_name": {code: title for code, title, _text in MODES}[Mode(block.mode)],
        },
    )


def _report(request: HttpRequest, block: ExaminationBlock) -> HttpResponse:
    """What a block says, in people; a shift also lists what passed and who was stopped."""
    person = _me(request)
    seen = practising.seen_by(person, block=block)
    found = detection.result(seen)
    asked, doubtful = practising.protection(person, block=block)
    wrong = (
        TrialAnswer.objects.filter(trial__block=block, is_right=False)
        .select_related("trial")
        .order_by("trial__position")
    )
    return render(
        request,
        "assessments/examination/report.html",
        {
            "sitting": block,
            "figures": figures(found, seen),
            "is_mixed": block.mode != Mode.SPOT and not block.coaching,
            "found": sum(one.is_localised for one in seen),
            "total": len(seen),
            "groups": [{"name": showing.FAMILIES[code], "hits": one.hits, "signals": one.signals} for code, one in detection.by_group(seen).items()],
            "asked": asked,
            "doubtful": doubtful,
            "late": TrialAnswer.objects.filter(trial__block=block, is_late=True).count(),
            "wrong": [{"url": reverse("examination:trial", args=[one.trial.public_id]), "number": one.trial.position + 1, "passed": one.trial.is_signal} for one in wrong],
        },
    )  # fmt: skip


def _own_trial(person: Person, public_id: UUID) -> ExaminationTrial:
    return get_object_or_404(
        ExaminationTrial.objects.select_related("block", "block__person"), public_id=public_id, block__person=person
    )


@require_POST
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a trial. Lands on it, judged; in a shift on the next one. To the page's script it says where that is."""
    trial = _own_trial(_me(request), public_id)
    is_script = devices.is_script(request)
    try:
        given = practising.Given(
            UUID(request.POST.get("token", "")), request.POST.getlist("response"), request.POST.get("lights", "").split(), request.POST.get("next_step", "")
        )  # fmt: skip
        practising.record(trial, given, at=timezone.now())
    except (NotAResponse, ValueError):
        if is_script:
            return JsonResponse({"verdict": "refused"})
        return redirect(reverse("examination:block", args=[trial.block.public_id]) + "?unread=1")
    shows = trial.block.shows_each
    url = (
        reverse("examination:trial", args=[trial.public_id])
        if shows
        else reverse("examination:block", args=[trial.block.public_id])
    )
    return JsonResponse({"verdict": "accepted", "url": url}) if is_script else redirect(url)


@require_safe
def trial(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One's own answered trial with what there was to see; 404 before, and in a shift before its end."""
    trial = _own_trial(_me(request), public_id)
    given = TrialAnswer.objects.filter(trial=trial).first()
    if given is None or (trial.block.is_open and not trial.block.shows_each):
        raise Http404
    response = [f"answer:{given.answer}", *([f"family:{given.family}"] if given.family else []), *given.marks]
    return render(
        request,
        "assessments/examination/trial.html",
        {
            "trial": trial,
            "given": given,
            "j": showing.judged(showing.specimen(trial.specimen), response, language=_language()),
            "number": trial.position + 1,
            "is_last": not trial.block.is_open,
        },
    )


TOUR = (
    "BG",
    "MICRO",
    "PHOTO",
    "PHOTO_EDGE",
    "GHOST",
    "OVD",
    "WM",
    "THREAD",
    "REGISTER",
    "PAGE",
    "PAGE_UV",
    "LASERPERF",
    "MRZ1",
    "MRZ2",
)
TOUR_SEED = 4_400_001


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """One feature at a time, on a specimen in order, under every light."""
    step = request.GET.get("step", "1")
    place = min(len(TOUR), max(1, int(step))) if step.isdecimal() and len(step) < 4 else 1
    region, language = TOUR[place - 1], _language()
    specimen = showing.specimen(Recipe(TOUR_SEED, "passport"))
    light, tilt = _light(request)
    box = specimen.sheets[0].regions[region].bounds
    shown = next(one for one in specimen.descriptions if one.name == f"page:{region}")
    laid = showing.laid_out(specimen, language=language, name="tour", light=light, tilt=tilt)
    laid["regions"] = [one for one in laid["regions"] if one["value"] == shown.name]
    return render(
        request,
        "assessments/examination/tour.html",
        {
            "step": place,
            "total": len(TOUR),
            "title": describing.title_of(region).of(language),
            "under": [{"name": showing.LIGHT_NAMES[code], "text": shown.under[code].of(language)} for code in LIGHTS],
            "e": laid,
            "box": {
                "x": f"{box.x:.0f}",
                "y": f"{box.y:.0f}",
                "width": f"{box.width:.0f}",
                "height": f"{box.height:.0f}",
            },
        },
    )


@require_safe
def reference(request: HttpRequest, document: str, state: str, series: int) -> HttpResponse:
    """A specimen in order to compare with; only drawings. The same for everybody."""
    if document not in DOCUMENTS or state not in FICTIONAL_CODES:
        raise Http404
    sheets = showing.reference(document, state, series)
    if not sheets:
        raise Http404
    response = render(
        request,
        "assessments/examination/reference.html",
        {"sheets": sheets, "is_part": request.headers.get("X-Part") == "1"},
    )
    response["Cache-Control"] = "private, max-age=86400"
    response["Vary"] = "X-Part, Cookie"
    return response


@require_safe
def mirror(request: HttpRequest) -> HttpResponse:
    """For oneself alone: whether one stops people of one kind more often, though the specimens give no reason to."""
    rates = fairness.mirror(practising.stopped(_me(request)))
    rows = [
        {
            "name": ATTRIBUTES[attribute],
            "rates": [{"value": BANDS[int(one.value)] if attribute == "band" else one.value, "rate": one, "low": one.interval[0], "high": one.interval[1]} for one in values],
        }
        for attribute, values in rates.items()
    ]  # fmt: skip
    return render(
        request,
        "assessments/examination/mirror.html",
        {"rows": rows, "total": sum(one.of for one in rates["sex"])},
    )
