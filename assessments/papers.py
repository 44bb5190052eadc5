"""What a page shows of an attempt: the questions while it is open, the result afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from assessments import bank
from assessments.models import Attempt, GradeRecord, Quiz
from assessments.scoring import whole_percent
from assessments.services import sheet_of
from assessments.steps import Sheet


def questions(attempt: Attempt, sheet: Sheet) -> list[dict[str, Any]]:
    """The paper to be answered, in the reader's language. Holds no key, reason or score."""
    language = get_language() or "my"
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    shown = []
    for place, item in enumerate(attempt.paper["items"]):
        version = versions[item["version"]]
        texts = version.text_in(language)
        chosen = sheet.answers.get(place, [])
        shown.append(
            {
                "place": place,
                "number": place + 1,
                "language": texts["language"],
                "stem": texts["stem"],
                "is_multiple": version.kind == "multiple",
                "options": [
                    {"id": option, "text": texts["options"][option], "is_chosen": option in chosen}
                    for option in item["options"]
                ],
                "is_answered": place in sheet.answers,
                "is_flagged": place in sheet.flags,
            }
        )
    return shown


@dataclass(frozen=True)
class Result:
    """points, maximum and share of an attempt; sections by objective; items only where the rule shows them."""

    grade: GradeRecord
    percent: int
    cut_percent: int
    sections: list[dict[str, Any]]
    items: list[dict[str, Any]] | None


def result(attempt: Attempt, grade: GradeRecord, *, objectives: Mapping[str, object], is_last: bool) -> Result:
    """What may be shown after handing in. objectives: their texts by code. is_last: whether no further attempt can follow, so nothing can be given away."""
    sections = [
        {
            "objective": section["objective"],
            "text": objectives.get(section["objective"]),
            "percent": whole_percent(Decimal(section["points"]), Decimal(section["max_points"])),
            "cut_percent": None
            if section["cut_score"] is None
            else whole_percent(Decimal(section["cut_score"]), Decimal(1)),
            "passed": section["passed"],
        }
        for section in grade.details["sections"]
        if section["objective"]
    ]
    shown = attempt.rules["feedback"] != Quiz.Feedback.WHEN_DONE or grade.passed or is_last
    return Result(
        grade,
        grade.percent,
        whole_percent(Decimal(attempt.rules["cut_score"]), Decimal(1)),
        sections,
        _judged(attempt, grade) if shown else None,
    )


def _judged(attempt: Attempt, grade: GradeRecord) -> list[dict[str, Any]]:
    sheet = sheet_of(attempt)
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    judged = []
    for question, item, score in zip(
        questions(attempt, sheet), attempt.paper["items"], grade.details["items"], strict=True
    ):
        version = versions[item["version"]]
        texts = version.text_in(get_language() or "my")
        options = [
            option | {"is_right": version.key[option["id"]], "rationale": texts["rationales"][option["id"]]}
            for option in question["options"]
        ]
        judged.append(
            question | {"options": options, "feedback": texts["feedback"], "is_right": Decimal(score["points"]) == 1}
        )
    return judged


def seconds_left(attempt: Attempt, *, at: datetime) -> int | None:
    """Seconds until the end, not below 0; None without a limit."""
    if attempt.closes_at is None:
        return None
    return max(0, int((attempt.closes_at - at).total_seconds()))
