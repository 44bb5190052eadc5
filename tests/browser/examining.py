"""What is true of the specimens that lie before an officer, and what the server knows of the answers."""

from typing import Any


def best(trial: Any) -> list[str]:
    """The answer that says all that is to be said of a trial's specimen."""
    from assessments.examination import showing

    truth = showing.specimen(trial.specimen).truth
    if not truth.is_signal:
        return ["answer:1"]
    found = truth.anomalies[0]
    return ["answer:6", f"family:{found.group}", sorted(found.where)[0]]


def on_the_table(number: str) -> dict[str, Any]:
    """What is true of the specimen that lies before an officer: the best answer, and where a finger has to tap."""
    from assessments.examination import showing
    from assessments.models import ExaminationTrial

    trial = ExaminationTrial.objects.filter(block__person__service_number=number, given=None).latest("pk")
    found = showing.specimen(trial.specimen).truth.anomalies
    places = []
    for name, region in found[0].where.items() if found else ():
        box = region.boxes[0]
        x, y = box.middle if not region.holes else (box.x + 12, box.y + 12)
        places.append([name.partition(":")[0], x, y])
    return {"answer": best(trial), "taps": places, "lights": list(found[0].lights) if found else []}


def examined(number: str) -> list[dict[str, Any]]:
    """What the server knows of an officer's answers, oldest first."""
    from assessments.models import TrialAnswer

    rows = TrialAnswer.objects.filter(trial__block__person__service_number=number).order_by("answered_at")
    return list(rows.values("answer", "family", "is_right", "is_localised", "lights", "next_step"))
