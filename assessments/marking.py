"""Answers that people mark: who has what to mark, what marks come to, and the grade that follows.

An answer is marked once, or twice by people who do not see each other's marks. Two that differ by no more than the item allows
come to their mean; where they differ more a third person decides. When the last answer of an attempt is settled the attempt
is graded anew.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from django.db.models import Count, QuerySet

from assessments import agreement, bank, kinds
from assessments.errors import MarkedAlready, NotAMarking
from assessments.kinds.base import QUARTERS
from assessments.kinds.marked import Marked
from assessments.models import AnswerToMark, Attempt, GradeRecord, ItemVersion, Mark
from assessments.regrading import basis, marks_of, score_under
from assessments.sheets import sheet_of
from assessments.signals import grade_changed
from core.db import write_transaction
from people.access import reach, visible_people
from people.models import Person


def rubric_of(version: ItemVersion) -> Marked:
    """The kind of an item that people mark."""
    return cast(Marked, kinds.KINDS[version.kind])


def queue(viewer: Person) -> QuerySet[AnswerToMark]:
    """What a person can mark now, the oldest first: editors and leads everything, trainers what their learners wrote; nobody
    their own answer, and no answer twice."""
    waiting = (
        AnswerToMark.objects.filter(settled_at=None).exclude(attempt__person=viewer).exclude(marks__marked_by=viewer)
    )
    if not reach(viewer, "answers.mark").everything:
        waiting = waiting.filter(attempt__person__in=visible_people(viewer, "answers.mark"))
    return waiting.annotate(given=Count("marks")).order_by("since", "pk")


@dataclass(frozen=True)
class Pile:
    """What waits of one question. oldest: the answer to begin with; third: how many of them two people judged differently."""

    version: ItemVersion
    oldest: AnswerToMark
    waiting: int
    third: int


def piles(viewer: Person) -> list[Pile]:
    """What a person can mark, question by question, the oldest first."""
    waiting = list(queue(viewer))
    versions = bank.versions({str(answer.version_id) for answer in waiting})
    by_item: dict[object, list[AnswerToMark]] = {}
    for answer in waiting:
        by_item.setdefault(versions[str(answer.version_id)].item_key, []).append(answer)
    return [
        Pile(versions[str(one[0].version_id)], one[0], len(one), sum(answer.given == 2 for answer in one))  # type: ignore[attr-defined]
        for one in by_item.values()
    ]


def mark(answer: AnswerToMark, levels: Mapping[str, str], *, comment: str, by: Person, at: datetime) -> AnswerToMark:
    """Mark an answer; with the last mark it is settled, and with the last answer the attempt graded anew.

    levels: criterion -> level. Raises NotAMarking, or MarkedAlready where somebody else was faster.
    """
    kind, key = rubric_of(answer.version), answer.version.key
    if not kind.is_marking(key, levels):
        raise NotAMarking
    with write_transaction():
        attempt = Attempt.objects.select_for_update().select_related("quiz", "person").get(pk=answer.attempt_id)
        answer = AnswerToMark.objects.select_related("version").get(pk=answer.pk)
        marks = list(answer.marks.order_by("number"))
        if answer.settled_at or any(one.marked_by_id == by.pk for one in marks) or attempt.person_id == by.pk:
            raise MarkedAlready
        marks.append(
            Mark.objects.create(
                answer=answer,
                number=len(marks) + 1,
                levels=dict(levels),
                points=kind.points(key, levels),
                comment=comment,
                marked_by=by,
                marked_at=at,
            )
        )
        answer.points = settled([one.points for one in marks], is_double=key["is_double"], tolerance=key["tolerance"])
        if answer.points is not None:
            answer.settled_at = at
            answer.save(update_fields=["points", "settled_at"])
            if not attempt.to_mark.filter(settled_at=None).exists():
                _grade(attempt, by=by, at=at)
    return answer


def settled(points: list[Decimal], *, is_double: bool, tolerance: int) -> Decimal | None:
    """What marks come to, each in [0, 1]; None while another person has to look. tolerance: per cent."""
    if not is_double:
        return points[0] if points else None
    if len(points) == 2 and abs(points[0] - points[1]) * 100 <= tolerance:
        return (sum(points, Decimal(0)) / 2).quantize(QUARTERS)
    return points[2] if len(points) > 2 else None


@dataclass(frozen=True)
class Found:
    """What marks say to who wrote the answer. levels: criterion -> level, where those that count agree."""

    levels: dict[str, str]
    comments: list[str]


def found(attempt: Attempt) -> dict[int, Found]:
    """Place -> what was said of the answer there. Where a third person decided, only their mark counts."""
    answers: dict[int, list[Mark]] = {}
    for row in Mark.objects.filter(answer__attempt=attempt).select_related("answer").order_by("number"):
        marks = answers.setdefault(row.answer.place, [])
        marks[:] = [row] if row.number == 3 else [*marks, row]
    return {
        place: Found(
            {one: level for one, level in marks[0].levels.items() if all(mark.levels[one] == level for mark in marks)},
            [mark.comment for mark in marks if mark.comment],
        )
        for place, marks in answers.items()
    }


def _grade(attempt: Attempt, *, by: Person, at: datetime) -> None:
    """The grade that follows from the marks. One that a person decided meanwhile stays."""
    before = attempt.grades.order_by("-version")[0]
    if before.details.get("by_hand"):
        return
    score = score_under(attempt, basis(before), sheet_of(attempt).answers, marks_of([attempt])[attempt.pk])
    grade = GradeRecord.objects.create(
        attempt=attempt,
        version=before.version + 1,
        score=score.points,
        max_score=score.max_points,
        passed=score.passed,
        details=score.details | basis(before),
        reason="marked",
        graded_at=at,
        graded_by=by,
    )
    grade_changed.send(sender=Attempt, attempt=attempt, before=before, grade=grade)


def agreements() -> list[tuple[ItemVersion, agreement.Agreement]]:
    """How far the first and second marks of each question agree, where anything was marked twice."""
    rows = Mark.objects.filter(number__lte=2, answer__marks__number=2).select_related("answer__version").order_by("answer", "number")  # fmt: skip
    by_answer: dict[int, list[Mark]] = {}
    for row in rows.distinct():
        by_answer.setdefault(row.answer_id, []).append(row)
    pairs: dict[object, list[tuple[int, int]]] = {}
    newest: dict[object, ItemVersion] = {}
    for first, second in by_answer.values():
        version = first.answer.version
        newest[version.item_key] = max(version, newest.get(version.item_key, version), key=lambda one: one.number)
        for criterion in version.key["criteria"]:
            ranks = {
                level["id"]: rank
                for rank, level in enumerate(sorted(criterion["levels"], key=lambda one: one["points"]))
            }
            pairs.setdefault(version.item_key, []).append((ranks[first.levels[criterion["id"]]], ranks[second.levels[criterion["id"]]]))  # fmt: skip
    return [(newest[key], agreement.of(Counter(found))) for key, found in pairs.items()]
