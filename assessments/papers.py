"""What a page shows of an attempt: the questions while it is open, the result afterwards."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from assessments import bank, marking, showing
from assessments.kinds import KINDS, answer, certainty, judges_itself
from assessments.models import Attempt, GradeRecord, ItemVersion
from assessments.regrading import judged_under
from assessments.scoring import whole_percent
from assessments.sheets import sheet_of
from assessments.steps import Sheet


def questions(attempt: Attempt, sheet: Sheet) -> list[dict[str, Any]]:
    """The paper to be answered, in the reader's language; of one without going back the question one is at.

    Holds no key, reason or score.
    """
    at = sheet.place if attempt.rules.get("is_sequential") else None
    language = get_language() or "my"
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    return [
        _question(version := versions[item["version"]], item, place, sheet, version.text_in(language), judged=False)
        for place, item in enumerate(attempt.paper["items"])
        if at is None or not attempt.is_open or place == at
    ]


def _question(
    version: ItemVersion, item: Mapping[str, Any], place: int, sheet: Sheet, texts: Mapping[str, Any], *, judged: bool
) -> dict[str, Any]:
    kind = KINDS[version.kind]
    response = sheet.answers.get(place, [])
    show = kind.judged if judged else kind.question
    return {
        "place": place,
        "name": f"item-{place}",
        "number": place + 1,
        "stem_id": f"stem-{place + 1}",
        "language": texts["language"],
        "stem": texts["stem"],
        "template": kind.judged_template if judged else kind.template,
        "response": json.dumps(response),
        "certainty": certainty(response) if version.asks_certainty else None,
        "is_answered": place in sheet.answers and (judged or kind.is_whole(version.key, answer(response))),
        "is_flagged": place in sheet.flags,
        "in_steps": kind.in_steps,
        **show(version.key, texts, item["options"], answer(response)),
    }


@dataclass(frozen=True)
class Result:
    """What may be shown of a result: `shown` says which of assessments/showing.py's things. Sections are by objective.

    judged: each question with whether it was right, its options only where the right ones are shown, and their reasons
    only where those are. is_ahead: whether they are hidden because they may be asked again.
    """

    grade: GradeRecord
    shown: set[str]
    percent: int
    cut_percent: int
    sections: list[dict[str, Any]]
    judged: list[dict[str, Any]]
    is_ahead: bool


def result(
    attempt: Attempt,
    grade: GradeRecord,
    *,
    objectives: Mapping[str, object],
    is_last: bool,
    is_closed: bool,
    is_ahead: bool,
) -> Result:
    """What may be shown after handing in. objectives: their texts by code. is_last: whether no further attempt can follow,
    so nothing can be given away. is_closed: whether nobody sits the quiz any more. is_ahead: whether what was asked may be
    asked again in another sitting.
    """
    come = showing.moments(is_over=not attempt.is_open, is_closed=is_closed, is_done=grade.passed or is_last)
    # What waits for a person decides nothing yet, and a half-finished score would mislead.
    shown = set() if grade.is_waiting else showing.allowed(showing.rule_of(attempt.rules), come, is_ahead=is_ahead)
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
    return Result(
        grade,
        shown,
        grade.percent,
        whole_percent(Decimal(attempt.rules["cut_score"]), Decimal(1)),
        sections if "objectives" in shown else [],
        _judged(attempt, grade, shown) if not shown.isdisjoint(showing.ANSWERS) else [],
        is_ahead,
    )


def shows_score(attempt: Attempt, grade: GradeRecord, is_last: bool, is_closed: bool) -> bool:
    """Whether the score of an attempt, and with it whether it is passed, may be shown now."""
    come = showing.moments(is_over=not attempt.is_open, is_closed=is_closed, is_done=grade.passed or is_last)
    return not grade.is_waiting and "score" in showing.allowed(showing.rule_of(attempt.rules), come)


def _judged(attempt: Attempt, grade: GradeRecord, shown: set[str]) -> list[dict[str, Any]]:
    sheet = sheet_of(attempt)
    versions = judged_under(attempt, grade)
    judged = []
    language = get_language() or "my"
    by_person = any(not judges_itself(version.kind) for version in versions.values())
    said = marking.found(attempt) if by_person else {}
    for place, (item, score) in enumerate(zip(attempt.paper["items"], grade.details["items"], strict=True)):
        version = versions[item["version"]]
        texts = version.text_in(language)
        if "rationales" not in shown:
            texts = texts | {"feedback": "", "rationales": dict.fromkeys(texts["rationales"], "")}
        points = Decimal(score["points"] or 0)
        question = _question(version, item, place, sheet, texts, judged=True)
        if place in said:
            rubric = marking.rubric_of(version).rubric(version.key, texts, said[place].levels)
            question |= {"rubric": rubric, "comments": said[place].comments}
        judged.append(
            question
            | {"feedback": texts["feedback"], "is_right": points == 1, "is_partly_right": 0 < points < 1}
            | {"hides_reasons": "rationales" not in shown}
        )
    return judged


def seconds_left(attempt: Attempt, *, at: datetime) -> int | None:
    """Seconds until the end, not below 0; None without a limit."""
    if attempt.closes_at is None:
        return None
    return max(0, int((attempt.closes_at - at).total_seconds()))
