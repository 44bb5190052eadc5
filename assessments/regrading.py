"""Judging an item anew in every attempt at a quiz, after it was mended. First a look at what would change, then the change.

A grade that a person decided stays; it is named, so that somebody looks at it. What a grade was judged under is kept in
its `details`: `mended` (place -> version judged by), `credited` (places whose point everybody got), `regrade` (its id).
A version that has other parts than the one that was asked is another question: nobody's answer is judged by it, and what is
left is to give everybody the point.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from assessments import bank, kinds, scoring
from assessments.errors import GradesMoved
from assessments.models import AnswerToMark, Attempt, AttemptStep, GradeRecord, ItemVersion, Quiz, Regrade
from assessments.signals import certificates_asked, grade_changed
from assessments.steps import project
from core.db import write_transaction
from people.models import Person


@dataclass(frozen=True)
class Judged:
    """What an attempt would get. certificates: serials of those that rest on it."""

    attempt: Attempt
    before: GradeRecord
    score: scoring.Score
    details: dict[str, Any]
    certificates: Sequence[str] = ()

    @property
    def is_change(self) -> bool:
        """Whether score, maximum or passing is another."""
        after = (self.score.points, self.score.max_points, self.score.passed)
        return after != (self.before.score, self.before.max_score, self.before.passed)

    @property
    def percent(self) -> int:
        """The new score in whole per cent."""
        return scoring.whole_percent(self.score.points, self.score.max_points)


@dataclass(frozen=True)
class Preview:
    """judged: every attempt whose grade would be given anew. by_hand: those whose grade a person decided. under_way: how many
    are still open. other_parts: how many were asked the item with other parts and stay as they are.
    """

    judged: list[Judged]
    by_hand: list[Attempt]
    under_way: int
    other_parts: int

    @property
    def changes(self) -> list[Judged]:
        """Those whose result is another."""
        return [one for one in self.judged if one.is_change]

    @property
    def newly_passed(self) -> list[Judged]:
        """Those who pass now and did not."""
        return [one for one in self.judged if one.score.passed and not one.before.passed]

    @property
    def newly_failed(self) -> list[Judged]:
        """Those who passed and do not now."""
        return [one for one in self.judged if one.before.passed and not one.score.passed]

    @cached_property
    def digest(self) -> str:
        """Of all that it says: what is done is what was looked at, or nothing."""
        said = [[str(j.attempt.public_id), j.before.version, str(j.score.points), j.score.passed] for j in self.judged]
        return hashlib.sha256(json.dumps([*said, *(str(a.public_id) for a in self.by_hand)]).encode()).hexdigest()


def judged_under(attempt: Attempt, grade: GradeRecord) -> dict[str, ItemVersion]:
    """The item versions of a paper by the ids it holds; where an item was mended since, the one the grade was judged by."""
    mended = {
        attempt.paper["items"][int(place)]["version"]: pk for place, pk in grade.details.get("mended", {}).items()
    }
    asked = {item["version"] for item in attempt.paper["items"]}
    found = bank.versions(asked | set(mended.values()))
    return {pk: found[mended.get(pk, pk)] for pk in asked}


def basis(grade: GradeRecord) -> dict[str, Any]:
    """What a grade was judged under besides the paper and its rules, as the next one's details keep it."""
    return {name: grade.details[name] for name in ("mended", "credited") if name in grade.details}


def score_under(
    attempt: Attempt, under: dict[str, Any], answers: Mapping[int, Sequence[str]], marks: Mapping[int, Decimal]
) -> scoring.Score:
    """The score of an attempt judged under a basis."""
    versions = judged_under(attempt, GradeRecord(details=under))
    return scoring.score_attempt(attempt.paper, attempt.rules, answers, versions, under.get("credited", ()), marks)


def marks_of(attempts: Sequence[Attempt]) -> dict[int, dict[int, Decimal]]:
    """Primary key of each attempt -> place -> points of the answers that people have marked."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for attempt, place, points in AnswerToMark.objects.filter(attempt__in=attempts).exclude(points=None).values_list("attempt", "place", "points"):  # fmt: skip
        found[attempt][place] = points or Decimal(0)
    return found


def mended_items(quiz: Quiz) -> list[ItemVersion]:
    """The newest versions of items that were asked in handed-in attempts in an older one with the same parts."""
    papers = Attempt.objects.filter(quiz=quiz).submitted().values_list("paper", flat=True)
    asked = bank.versions({item["version"] for paper in papers.iterator() for item in paper["items"]})
    newest: dict[UUID, ItemVersion] = {}
    for version in ItemVersion.objects.filter(item_key__in={v.item_key for v in asked.values()}).order_by("number"):
        newest[version.item_key] = version
    older = [(newest[v.item_key], v) for v in asked.values() if v.number < newest[v.item_key].number]
    return sorted({new for new, old in older if kinds.can_judge(new, old)}, key=lambda version: version.code)


def asked_items(quiz: Quiz) -> list[ItemVersion]:
    """The newest versions of all items that were asked in handed-in attempts."""
    papers = Attempt.objects.filter(quiz=quiz).submitted().values_list("paper", flat=True)
    keys = {v.item_key for v in bank.versions({i["version"] for p in papers.iterator() for i in p["items"]}).values()}
    newest = {v.item_key: v for v in ItemVersion.objects.filter(item_key__in=keys).order_by("number")}
    return sorted(newest.values(), key=lambda version: version.code)


def preview(quiz: Quiz, version: ItemVersion, treatment: str) -> Preview:
    """What regrading an item would do; attempts that it is judged so in already are no part of it. version: the newest of the item. Changes nothing; a few reads for any number."""
    of_item = {str(one.pk): one for one in ItemVersion.objects.filter(item_key=version.item_key)}
    places = {
        pk: place
        for pk, paper in Attempt.objects.filter(quiz=quiz).values_list("pk", "paper").iterator()
        for place, item in enumerate(paper["items"])
        if item["version"] in of_item
    }
    attempts = list(Attempt.objects.filter(pk__in=places).submitted().select_related("person").order_by("pk"))
    grades = {grade.attempt_id: grade for grade in GradeRecord.objects.filter(attempt__in=attempts).standing()}
    steps: dict[int, list[AttemptStep]] = defaultdict(list)
    accepted = AttemptStep.objects.filter(attempt__in=attempts, verdict=AttemptStep.Verdict.ACCEPTED)
    for step in accepted.order_by("attempt", "seq"):
        steps[step.attempt_id].append(step)
    marks = marks_of(attempts)
    serials = _certificates(attempts)
    judged, by_hand, other_parts = [], [], 0
    for attempt in attempts:
        grade, place = grades[attempt.pk], places[attempt.pk]
        if grade.details.get("by_hand"):
            by_hand.append(attempt)
            continue
        asked = of_item[attempt.paper["items"][place]["version"]]
        if treatment == Regrade.Treatment.MENDED and not kinds.can_judge(version, asked):
            other_parts += 1
            continue
        under = basis(grade)
        before = _treatment(attempt, under, place)
        if before == (treatment, str(version.pk)) or treatment == before[0] == Regrade.Treatment.CREDIT:
            continue
        if treatment == Regrade.Treatment.CREDIT:
            under["credited"] = sorted({place, *under.get("credited", [])})
        else:
            under["mended"] = under.get("mended", {}) | {str(place): str(version.pk)}
            under["credited"] = [one for one in under.get("credited", []) if one != place]
        score = score_under(attempt, under, project(steps[attempt.pk]).answers, marks[attempt.pk])
        judged.append(Judged(attempt, grade, score, score.details | under, serials.get(attempt.public_id, ())))
    return Preview(judged, by_hand, len(places) - len(attempts), other_parts)


def _treatment(attempt: Attempt, under: dict[str, Any], place: int) -> tuple[str, str]:
    """How the item at a place is judged so far, and by which version."""
    credit = place in under.get("credited", [])
    version = under.get("mended", {}).get(str(place), attempt.paper["items"][place]["version"])
    return (Regrade.Treatment.CREDIT if credit else Regrade.Treatment.MENDED), version


def _certificates(attempts: Sequence[Attempt]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    answers: list[tuple[Any, Any]] = certificates_asked.send(sender=Attempt, attempts=attempts)
    for _receiver, answer in answers:
        found |= answer
    return found


def regrade(
    quiz: Quiz, version: ItemVersion, treatment: str, *, digest: str, by: Person, reason: str, at: datetime
) -> Regrade:
    """Judge an item anew in every attempt, as looked at in the preview with this digest; each gets a new grade.

    All or nothing, in one transaction; each grade that changes is announced. Raises GradesMoved.
    """
    with write_transaction():
        list(Attempt.objects.select_for_update().filter(quiz=quiz).order_by("pk").values_list("pk", flat=True))
        seen = preview(quiz, version, treatment)
        if seen.digest != digest:
            raise GradesMoved
        public_id = uuid4()
        run = Regrade.objects.create(
            public_id=public_id,
            quiz=quiz,
            version=version,
            treatment=treatment,
            changes=[_kept(one) for one in seen.changes],
            reason=reason,
            made_by=by,
            made_at=at,
        )
        for one in seen.judged:
            grade = GradeRecord.objects.create(
                attempt=one.attempt,
                version=one.before.version + 1,
                score=one.score.points,
                max_score=one.score.max_points,
                passed=one.score.passed,
                details=one.details | {"regrade": str(public_id)},
                reason=reason,
                graded_at=at,
                graded_by=by,
            )
            if one.is_change:
                grade_changed.send(sender=Attempt, attempt=one.attempt, before=one.before, grade=grade)
    return run


def _kept(one: Judged) -> dict[str, Any]:
    """A change as the record of the regrade keeps it."""
    return {
        "attempt": str(one.attempt.public_id),
        "person": str(one.attempt.person.public_id),
        "before": {"percent": one.before.percent, "passed": one.before.passed},
        "after": {"percent": one.percent, "passed": one.score.passed},
        "certificates": list(one.certificates),
    }
