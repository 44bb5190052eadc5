"""What an exam says of how somebody examines documents: the figures of its specimens together."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.examination import charts, detection, judging, showing
from assessments.examination.detection import Result, Seen
from assessments.models import Attempt, GradeRecord
from assessments.regrading import judged_under
from assessments.sheets import sheet_of
from specimens.recipe import Recipe

VERDICTS = {
    "not_enough": _("There are not enough trials yet to say more. Go on."),
    "guessing": _("This is close to guessing. Go back to the tour, and take your time with the lights."),
    "perfect": _("A perfect block. The range is still wide: try harder ones."),
    "refers_too_easily": _("You find nearly all of it, but you stop many travellers whose papers are in order."),
    "lets_pass": _("You are careful with travellers, but much of it passes you."),
    "few_signals": _("Anomalies were as rare as in real work. There were few to go by, so keep going."),
    "balanced": _("A good start, and balanced."),
}


def figures(found: Result, seen: list[Seen] | None = None) -> dict[str, Any]:
    """A result for `assessments/examination/figures.html`, with its charts. seen: the trials, for the curve."""
    shown: dict[str, Any] = {
        "result": found,
        "verdict": VERDICTS[detection.verdict(found)],
        "is_enough": found.is_enough,
    }
    if found.is_enough:
        shown |= {
            "scale": charts.scale(found.d_prime, found.interval),
            "leaning": charts.leaning(found.criterion, found.criterion_interval),
        }
    if seen:
        points = detection.roc(seen)
        shown |= {"curve": charts.curve(points) if found.is_enough else None, "area": detection.area(points)}
    return shown


def of_attempt(attempt: Attempt, grade: GradeRecord) -> dict[str, Any] | None:
    """The figures of an attempt's specimens; None without any. What was not answered was let pass."""
    versions, sheet = judged_under(attempt, grade), sheet_of(attempt)
    seen = []
    for place, item in enumerate(attempt.paper["items"]):
        version = versions[item["version"]]
        if version.kind != "specimen":
            continue
        truth = showing.specimen(Recipe.of(version.key["recipe"])).truth
        given = judging.read(sheet.answers.get(place, [])) or judging.Response(1)
        verdict = judging.judge(truth, given)
        seen.append(Seen(truth.is_signal, given.answer, verdict.is_localised, truth.groups[0] if truth.groups else ""))
    return figures(detection.result(seen), seen) if seen else None
