"""What was gained in a course or a session, read from the tests that were sat."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from assessments import bank
from assessments.models import GradeRecord, Quiz
from assessments.scoring import telling, waits
from courses.catalogue import spoken
from people.models import Person
from training.models import Attendance, SessionTest, TrainingSession
from training.testing.estimating import Estimate, Pair, estimate

Part = SessionTest.Part
WHOLE = ""  # instead of an objective


@dataclass(frozen=True)
class Sat:
    """A test that somebody sat and that is graded. session: in which it was held, None outside of one. shares: by objective, and of the
    whole; items: id of the version and points in [0, 1]."""

    person: int
    scope: UUID
    part: str
    form: str
    session: int | None
    at: datetime
    shares: dict[str, float]
    items: tuple[tuple[str, float], ...]


def sat(course_key: UUID, people: Any = None) -> Iterator[Sat]:
    """Every test of a course that is held in rooms, the newest of each person, place in the course and part; in three queries.

    people: a queryset of whose; None for all.
    """
    quizzes = Quiz.objects.filter(subject_key=course_key, kind__in=Part.values, entry=Quiz.Entry.ROOM)
    grades = GradeRecord.objects.filter(attempt__quiz__in=quizzes).standing()
    if people is not None:
        grades = grades.filter(attempt__person__in=people)
    rows = grades.order_by("attempt__number").values_list(
        "attempt__person_id", "attempt__scope", "attempt__quiz_id", "attempt__quiz__kind", "attempt__form", "attempt__started_at",
        "attempt__paper", "details",
    )  # fmt: skip
    newest = {(row[1], row[3]): row for row in rows.iterator(2000) if not waits(row[7]["items"])}
    held = _Held(course_key)
    for person, scope, quiz, part, form, started_at, paper, details in newest.values():
        items = tuple((paper["items"][place]["version"], points) for place, points in telling(details))
        yield Sat(person, scope, part, form, held.session(quiz, person, started_at), started_at, _shares(items), items)


def _shares(items: tuple[tuple[str, float], ...]) -> dict[str, float]:
    points: dict[str, list[float]] = defaultdict(list)
    versions = bank.versions({version for version, _given in items})
    for version, given in items:
        points[versions[version].objective].append(given)
        points[WHOLE].append(given)
    return {objective: fmean(given) for objective, given in points.items()}


class _Held:
    """In which session a test was sat: the one that somebody attended while it was open there."""

    def __init__(self, course_key: UUID) -> None:
        self._windows: dict[int, list[tuple[int, datetime, datetime | None]]] = defaultdict(list)
        tests = SessionTest.objects.filter(session__course_key=course_key, session__cancelled_at=None)
        for quiz, session, opened_at, closed_at in tests.values_list("quiz_id", "session_id", "opened_at", "closed_at"):
            self._windows[quiz].append((session, opened_at, closed_at))
        there = Attendance.objects.there().filter(session__course_key=course_key, session__tests__isnull=False)
        self._there = set(there.values_list("session_id", "person_id"))

    def session(self, quiz: int, person: int, at: datetime) -> int | None:
        return next(
            (
                session
                for session, opened_at, closed_at in self._windows[quiz]
                if opened_at <= at and (closed_at is None or at <= closed_at) and (session, person) in self._there
            ),
            None,
        )


@dataclass(frozen=True)
class Both:
    """What one person sat before and after, in one place in the course."""

    before: Sat
    after: Sat

    def pair(self, objective: str) -> Pair | None:
        """The shares of one objective; None where one of the tests did not ask it."""
        if objective in self.before.shares and objective in self.after.shares:
            return Pair(self.before.shares[objective], self.after.shares[objective], self.before.form)
        return None


def both(course_key: UUID, people: Any = None) -> list[Both]:
    """Whoever sat both tests."""
    by_scope: dict[UUID, dict[str, Sat]] = defaultdict(dict)
    for one in sat(course_key, people):
        by_scope[one.scope][one.part] = one
    return [Both(one[Part.PRE], one[Part.POST]) for one in by_scope.values() if len(one) == len(Part)]


@dataclass(frozen=True)
class ObjectiveGain:
    """What was gained in an objective, or in the whole test (objective ""). label: in the reader's language."""

    objective: str
    label: object
    estimate: Estimate

    @property
    def n(self) -> int:
        return self.estimate.n

    @property
    def gain(self) -> float:
        return self.estimate.gain

    @property
    def low(self) -> float | None:
        return self.estimate.low

    @property
    def high(self) -> float | None:
        return self.estimate.high


def gains(found: Iterable[Both], course_key: UUID) -> list[ObjectiveGain]:
    """The gain of a group: of the whole test first, then by objective. Of nobody by name."""
    found = list(found)
    course = spoken().by_key.get(course_key)
    labels: dict[str, object] = {WHOLE: _("The whole test"), **(course.objectives if course else {})}
    objectives = sorted({objective for one in found for objective in one.after.shares})
    rows = []
    for objective in objectives:
        if result := estimate(pair for one in found if (pair := one.pair(objective))):
            rows.append(ObjectiveGain(objective, labels.get(objective, objective), result))
    return rows


def session_gain(session: TrainingSession) -> list[ObjectiveGain]:
    """What was gained by those who sat the test afterwards in a session, wherever they sat the one before."""
    people = Person.objects.filter(attendance__in=Attendance.objects.there().filter(session=session))
    found = both(session.course_key, people)
    return gains((one for one in found if one.after.session == session.pk), session.course_key)


def course_gain(
    course_key: UUID, *, since: datetime | None = None, until: datetime | None = None, units: Any = None
) -> list[ObjectiveGain]:
    """What was gained in a course. since, until: of the test afterwards; units: where people serve, None for everywhere."""
    people = None if units is None else Person.objects.filter(Q(unit__in=units))
    found = both(course_key, people)
    return gains(
        (one for one in found if (since is None or one.after.at >= since) and (until is None or one.after.at < until)),
        course_key,
    )
