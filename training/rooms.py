"""What a trainer sees of an exam while it is held: who began, how far each is, who handed in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.models import Allowance, Attempt, AttemptStep, GradeRecord, Quiz
from assessments.papers import seconds_left
from assessments.steps import project
from courses.models import Enrolment
from courses.queries import places_of
from people.models import Person


@dataclass(frozen=True)
class Seat:
    """One learner in the room. attempt: the newest, None before the first. answered and total: of its questions.

    devices: how often it was taken over on another device. allowances: what was allowed beyond the rules, and why.
    """

    person: Person
    enrolment: Enrolment | None
    attempt: Attempt | None
    answered: int
    total: int
    minutes_left: int | None
    devices: int
    grade: GradeRecord | None
    allowances: list[Allowance]


def seats(quiz: Quiz, people: Sequence[Person], *, now: datetime) -> list[Seat]:
    """The learners with their newest attempts, in five queries whatever their number."""
    enrolments = {pk: place for (pk, _course), place in places_of(people, [quiz.subject_key]).items()}
    scopes = [enrolment.public_id for enrolment in enrolments.values()]
    attempts = {
        attempt.scope: attempt
        for attempt in Attempt.objects.filter(quiz=quiz, scope__in=scopes).order_by("number")
    }  # fmt: skip
    sheets: dict[int, list[AttemptStep]] = defaultdict(list)
    accepted = AttemptStep.objects.filter(attempt__in=attempts.values(), verdict=AttemptStep.Verdict.ACCEPTED)
    for step in accepted.order_by("attempt", "seq"):
        sheets[step.attempt_id].append(step)
    grades = {g.attempt_id: g for g in GradeRecord.objects.filter(attempt__in=attempts.values()).standing()}
    allowances: dict[object, list[Allowance]] = defaultdict(list)
    for row in Allowance.objects.filter(quiz=quiz, scope__in=scopes).select_related("granted_by").order_by("pk"):
        allowances[row.scope].append(row)
    found = []
    for person in people:
        own = enrolments.get(person.pk)
        attempt = attempts.get(own.public_id) if own else None
        steps = sheets[attempt.pk] if attempt else []
        left = seconds_left(attempt, at=now) if attempt and attempt.is_open else None
        found.append(
            Seat(
                person=person,
                enrolment=own,
                attempt=attempt,
                answered=len(project(steps).answers),
                total=len(attempt.paper["items"]) if attempt else 0,
                minutes_left=None if left is None else left // 60,
                devices=sum(step.kind == AttemptStep.Kind.TAKE for step in steps),
                grade=grades.get(attempt.pk) if attempt else None,
                allowances=allowances[own.public_id] if own else [],
            )
        )
    return found
