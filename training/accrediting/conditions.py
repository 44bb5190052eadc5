"""What somebody must have shown to be accredited, and how far they have."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from assessments.models import GradeRecord
from courses.models import Enrolment
from people.models import Person
from training.models import AccreditationRule, Observation
from training.observing.recording import exercises


@dataclass(frozen=True)
class Shown:
    """What one person has shown for a course. percent: of their best passed exam; courses: keys of those completed; passed: exercises by rubric."""

    percent: int | None
    courses: frozenset[UUID]
    passed: Counter[str]


@dataclass(frozen=True)
class Condition:
    """One thing to be shown. kind: exam, course or observed; what: a code; least: per cent or how many; have: the same."""

    kind: str
    what: str
    least: int
    have: int
    is_met: bool


def shown(people: Sequence[Person], course_key: UUID) -> dict[int, Shown]:
    """What people have shown, in three queries whatever their number."""
    done: dict[int, set[UUID]] = {person.pk: set() for person in people}
    own: dict[UUID, int] = {}
    rows = Enrolment.objects.filter(person__in=people).values_list("person", "course_key", "status", "public_id")
    for person, key, status, scope in rows:
        if status == Enrolment.Status.COMPLETED:
            done[person].add(key)
        if key == course_key:
            own[scope] = person
    best: dict[int, int] = {}
    grades = GradeRecord.objects.standing().filter(
        attempt__scope__in=own, attempt__quiz__subject_key=course_key, attempt__quiz__kind="exam", passed=True
    )
    for grade in grades.select_related("attempt"):
        person = own[grade.attempt.scope]
        best[person] = max(best.get(person, 0), grade.percent)
    passed: dict[int, Counter[str]] = {person.pk: Counter() for person in people}
    seen = Observation.objects.standing().filter(person__in=people, session__cancelled_at=None).select_related("person")
    for exercise in exercises(seen):
        if exercise.is_passed:
            passed[exercise.person.pk][exercise.rubric_code] += 1
    return {person.pk: Shown(best.get(person.pk), frozenset(done[person.pk]), passed[person.pk]) for person in people}


def conditions(rule: AccreditationRule | None, have: Shown, *, codes: dict[UUID, str]) -> list[Condition]:
    """Each condition of a rule, and whether it is met; none without a rule. codes: of courses, by key."""
    if rule is None:
        return []
    found = [
        Condition("course", rule.course_code, 1, int(rule.course_key in have.courses), rule.course_key in have.courses)
    ]
    if rule.least_percent is not None:
        percent = have.percent or 0
        found.append(Condition("exam", rule.course_code, rule.least_percent, percent, percent >= rule.least_percent))
    for text in rule.also:
        key = UUID(text)
        found.append(Condition("course", codes.get(key, "?"), 1, int(key in have.courses), key in have.courses))
    if rule.observed:
        number = have.passed[rule.rubric_code]
        found.append(Condition("observed", rule.rubric_code, rule.observed, number, number >= rule.observed))
    return found
