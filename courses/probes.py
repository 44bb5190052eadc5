"""Short tests 30, 90 and 180 days after a course was completed: how much stayed. They block nothing.

A probe is no row of its own: which one an attempt belongs to is its scope, computed from the enrolment and the days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from assessments import showing
from assessments.models import Attempt, Quiz, QuizSection
from courses.catalogue import PROBE, Catalogue, CourseInfo
from courses.models import Enrolment

DAYS = (30, 90, 180)


def scope(enrolment: Enrolment, days: int) -> UUID:
    """What the attempt at a probe is counted within: the same wherever it is computed."""
    return uuid5(enrolment.public_id, f"probe-{days}")


def days_reached(completed_at: datetime, *, at: datetime) -> int | None:
    """The newest probe whose day has come; one that was missed is not made up for."""
    return max((days for days in DAYS if at >= completed_at + timedelta(days=days)), default=None)


@transaction.atomic
def keep_quiz(course: CourseInfo) -> Quiz | None:
    """The quiz that probes a course: one item on each objective that its exam draws on; None where there is no exam."""
    if course.exam is None:
        return None
    quiz, _made = Quiz.objects.update_or_create(
        code=f"{course.code}{PROBE}",
        defaults={
            "kind": Quiz.Kind.PRACTICE,
            "subject_key": course.key,
            "cut_score": course.exam.cut_score,
            "shown": showing.after_attempt(),
        },
    )
    drawn = QuizSection.objects.filter(quiz=course.exam, count__gt=0).exclude(objective="").order_by("position")
    objectives = dict.fromkeys(drawn.values_list("objective", flat=True))
    quiz.sections.all().delete()
    QuizSection.objects.bulk_create(
        QuizSection(quiz=quiz, position=n, objective=objective, count=1) for n, objective in enumerate(objectives)
    )
    return quiz


def newest_completed(enrolments: Iterable[Enrolment]) -> dict[UUID, Enrolment]:
    """The newest completed enrolment in each course that is not being taken again, by the course's key."""
    enrolments = list(enrolments)
    again = {one.course_key for one in enrolments if one.status == Enrolment.Status.ACTIVE}
    done = [one for one in enrolments if one.status == Enrolment.Status.COMPLETED and one.course_key not in again]
    return {one.course_key: one for one in sorted(done, key=lambda one: (one.completed_at, one.pk))}


@dataclass(frozen=True)
class Probe:
    """A probe that is open to a person. is_begun: there are answers that are not handed in."""

    course: CourseInfo
    quiz: Quiz
    days: int
    is_begun: bool


def open_probes(known: Catalogue, enrolments: Iterable[Enrolment], *, at: datetime) -> list[Probe]:
    """The probes that a person may take now. No query where no day has come, else two."""
    reached: dict[UUID, tuple[Enrolment, int]] = {}
    for key, enrolment in newest_completed(enrolments).items():
        if enrolment.completed_at and (days := days_reached(enrolment.completed_at, at=at)) and key in known.by_key:
            reached[key] = enrolment, days
    if not reached:
        return []
    scopes = [scope(*one) for one in reached.values()]
    attempts = dict(Attempt.objects.filter(scope__in=scopes).values_list("scope", "status"))
    return [
        Probe(known.by_key[quiz.subject_key], quiz, days, scope(enrolment, days) in attempts)
        for quiz in Quiz.objects.filter(kind=Quiz.Kind.PRACTICE, subject_key__in=reached).order_by("code")
        for enrolment, days in [reached[quiz.subject_key]]
        if attempts.get(scope(enrolment, days)) != Attempt.Status.SUBMITTED
    ]
