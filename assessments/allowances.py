"""What one person is allowed beyond the rules of a quiz."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from assessments.ending import GRACE
from assessments.errors import NothingToAllow
from assessments.models import Allowance, Attempt, Quiz
from assessments.tasks import close_in_time
from core.db import write_transaction
from people.models import Person


@dataclass(frozen=True)
class Allowed:
    """What a person is allowed beyond the rules. closes_at: instead of the quiz's own, if later."""

    attempts: int = 0
    minutes: int = 0
    percent: int = 0
    closes_at: datetime | None = None

    def limit(self, seconds: int | None) -> timedelta | None:
        """The time that a limit becomes; None where there is no limit."""
        return None if seconds is None else timedelta(seconds=seconds * (100 + self.percent) / 100 + self.minutes * 60)

    def end(self, closes_at: datetime | None) -> datetime | None:
        """The end of the window for this person."""
        if closes_at is None or self.closes_at is None:
            return closes_at
        return max(closes_at, self.closes_at)


def allowed(quiz: Quiz, person: Person, scope: UUID) -> Allowed:
    """All that a person is allowed on top."""
    rows = list(Allowance.objects.filter(quiz=quiz, person=person, scope=scope))
    return Allowed(
        attempts=sum(row.attempts for row in rows),
        minutes=sum(row.minutes for row in rows),
        percent=max((row.percent for row in rows), default=0),
        closes_at=max((row.closes_at for row in rows if row.closes_at), default=None),
    )


def end_of(
    limit_seconds: int | None, closes_at: datetime | None, extra: Allowed, *, started_at: datetime
) -> datetime | None:
    """When an attempt ends: its limit or the window, whichever is first."""
    limit = extra.limit(limit_seconds)
    return min((one for one in (limit and started_at + limit, extra.end(closes_at)) if one), default=None)


def allow(
    quiz: Quiz,
    person: Person,
    *,
    scope: UUID,
    by: Person,
    reason: str,
    attempts: int = 0,
    minutes: int = 0,
    percent: int = 0,
    closes_at: datetime | None = None,
) -> Allowance:
    """Allow one person something beyond the rules, with the reason; an open attempt gets its new end at once.

    Raises NothingToAllow.
    """
    if not (attempts or minutes or percent or closes_at):
        raise NothingToAllow
    with write_transaction():
        row = Allowance.objects.create(
            quiz=quiz,
            person=person,
            scope=scope,
            attempts=attempts,
            minutes=minutes,
            percent=percent,
            closes_at=closes_at,
            granted_by=by,
            reason=reason,
        )
        open_attempts = Attempt.objects.filter(quiz=quiz, person=person, scope=scope).open()
        attempt = open_attempts.select_for_update().first()
        if attempt and attempt.closes_at:
            window = attempt.rules.get("closes_at")
            end = end_of(
                attempt.rules.get("limit_seconds", quiz.limit_seconds),
                datetime.fromisoformat(window) if window else None,
                allowed(quiz, person, scope),
                started_at=attempt.started_at,
            )
            if end and end > attempt.closes_at:
                attempt.closes_at = end
                attempt.save(update_fields=["closes_at"])
                close_in_time(attempt)
    return row


@transaction.atomic
def allow_attempt(quiz: Quiz, person: Person, *, scope: UUID, by: Person, reason: str) -> Allowance | None:
    """One more attempt for one person, with the reason; None while one is left unused (a second tap)."""
    Person.objects.select_for_update().get(pk=person.pk)
    made = Attempt.objects.filter(quiz=quiz, person=person, scope=scope).count()
    if quiz.attempts_allowed + allowed(quiz, person, scope).attempts > made:
        return None
    return allow(quiz, person, scope=scope, by=by, reason=reason, attempts=1)


def window_is_over(quiz: Quiz, *, at: datetime) -> bool:
    """Whether nobody sits a quiz any more: its window is over, and that of everybody who was allowed a later end."""
    if quiz.closes_at is None or at < quiz.closes_at + GRACE:
        return False
    return not Allowance.objects.filter(quiz=quiz, closes_at__gt=at - GRACE).exists()
