"""How far a person is with a quiz, and whether another attempt can begin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from assessments import bank, kinds
from assessments.allowances import Allowed, allowed
from assessments.ending import close_if_over
from assessments.errors import NoAttemptLeft, NotOpenYet, TooEarly, WaitsForMarks, WindowClosed
from assessments.models import Attempt, Quiz
from core.templatetags.burmese import moment
from people.models import Person

UNLIMITED = 32_000  # checks and practice may be repeated


@dataclass(frozen=True)
class Standing:
    """How far one is with a quiz. attempts: one's own, in order. number_allowed: how many in all."""

    attempts: list[Attempt]
    allowed: Allowed
    number_allowed: int

    @property
    def open(self) -> Attempt | None:
        """The one that is not handed in."""
        return next((attempt for attempt in self.attempts if attempt.is_open), None)


def standing(quiz: Quiz, person: Person, scope: UUID, *, at: datetime) -> Standing:
    """How far a person is with a quiz; an attempt whose time is over is handed in first."""
    attempts = list(Attempt.objects.filter(quiz=quiz, person=person, scope=scope).order_by("number"))
    for attempt in attempts:
        if attempt.is_open and close_if_over(attempt, at=at) is None:
            attempt.refresh_from_db()
    extra = Allowed() if quiz.kind == Quiz.Kind.CHECK else allowed(quiz, person, scope)
    unlimited = quiz.kind in (Quiz.Kind.CHECK, Quiz.Kind.PRACTICE)
    return Standing(attempts, extra, UNLIMITED if unlimited else quiz.attempts_allowed + extra.attempts)


def next_number(quiz: Quiz, standing: Standing, *, at: datetime) -> int:
    """Number of the attempt that would start now. Raises WaitsForMarks, NotOpenYet, WindowClosed, NoAttemptLeft or TooEarly."""
    last = standing.attempts[-1] if standing.attempts else None
    if last and not last.is_open and _waits(last):
        raise WaitsForMarks
    if last and last.number >= standing.number_allowed:
        raise NoAttemptLeft
    if quiz.opens_at and at < quiz.opens_at:
        raise NotOpenYet(when=moment(quiz.opens_at))
    end = standing.allowed.end(quiz.closes_at)
    if end and at >= end:
        raise WindowClosed(when=moment(end))
    # An attempt allowed by hand on top of the rule follows a conversation, not the clock.
    if last and quiz.retry_hours and last.number < quiz.attempts_allowed and last.submitted_at:
        opens = last.submitted_at + timedelta(hours=quiz.retry_hours)
        if at < opens:
            raise TooEarly(when=moment(opens))
    return last.number + 1 if last else 1


def _waits(attempt: Attempt) -> bool:
    """Whether an answer of an attempt handed in is still to be marked by a person. A query only where it asks for one."""
    asked = bank.versions({item["version"] for item in attempt.paper["items"]})
    return (
        not all(kinds.judges_itself(one.kind) for one in asked.values())
        and attempt.to_mark.filter(settled_at=None).exists()
    )
