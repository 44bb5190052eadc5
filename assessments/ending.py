"""Handing in an attempt, and its first grade."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from assessments import bank, scoring
from assessments.models import AnswerToMark, Attempt, AttemptStep, GradeRecord
from assessments.sheets import sheet_of
from assessments.signals import attempt_graded
from core.db import write_transaction

GRACE = timedelta(seconds=60)  # what was sent in time may arrive late


def closing_of(attempt: Attempt) -> datetime | None:
    """Until when answers that were given in time are waited for; None for an attempt without an end."""
    if attempt.closes_at is None:
        return None
    return attempt.closes_at + GRACE + timedelta(hours=attempt.rules.get("late_hours") or 0)


def is_in_time(attempt: Attempt, *, at: datetime, age: timedelta = timedelta(0)) -> bool:
    """Whether an answer that arrives now counts. age: since it was given, by the device's clock, which is believed only where the
    rules wait for devices without a line.
    """
    end = closing_of(attempt)
    if end is None or attempt.closes_at is None:
        return True
    made = at - age if attempt.rules.get("late_hours") else at
    return at <= end and made <= attempt.closes_at + GRACE


def submit_attempt(attempt: Attempt, *, at: datetime, step_id: UUID | None = None, device: str = "server") -> Attempt:
    """Close an open attempt, grade it and announce it, exactly once.

    A repeat (a double tap, a retry on a weak line) returns the stored result untouched. After the end the answers saved
    before it count.
    """
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    with write_transaction():
        # Not of the quiz or the person: everybody who begins or hands in would wait for everybody else.
        attempt = Attempt.objects.select_for_update(of=("self",)).select_related("quiz", "person").get(pk=attempt.pk)
        if not attempt.is_open:
            return attempt
        seq = attempt.step_count + 1
        AttemptStep.objects.create(
            id=step_id or uuid4(),
            attempt=attempt,
            seq=seq,
            kind=AttemptStep.Kind.SUBMIT,
            place=None,
            device=device,
            client_seq=0,
            base_seq=attempt.step_count,
            received_at=at,
            verdict=AttemptStep.Verdict.ACCEPTED,
        )
        attempt.step_count = seq
        attempt.status = Attempt.Status.SUBMITTED
        attempt.submitted_at = min(at, attempt.closes_at) if attempt.closes_at else at
        attempt.save(update_fields=["step_count", "status", "submitted_at"])
        grade = _grade(attempt, versions, reason="first", at=at)
        if grade.is_waiting:
            _hand_out(attempt, grade, versions)
        # In the same transaction: a pass and what follows from it in the course are stored together or not at all.
        attempt_graded.send(sender=Attempt, attempt=attempt, grade=grade)
    return attempt


def _grade(attempt: Attempt, versions: dict[str, Any], *, reason: str, at: datetime) -> GradeRecord:
    score = scoring.score_attempt(attempt.paper, attempt.rules, sheet_of(attempt).answers, versions)
    return GradeRecord.objects.create(
        attempt=attempt,
        version=attempt.grades.count() + 1,
        score=score.points,
        max_score=score.max_points,
        passed=score.passed,
        details=score.details,
        reason=reason,
        graded_at=at,
        graded_by=None,
    )


def _hand_out(attempt: Attempt, grade: GradeRecord, versions: dict[str, Any]) -> None:
    """Put the answers that a person has to mark where markers find them."""
    places = [place for place, item in enumerate(grade.details["items"]) if item["points"] is None]
    AnswerToMark.objects.bulk_create(
        AnswerToMark(attempt=attempt, place=place, version=versions[attempt.paper["items"][place]["version"]], since=grade.graded_at)
        for place in places
    )  # fmt: skip


def close_if_over(attempt: Attempt | None, *, at: datetime) -> Attempt | None:
    """The attempt if it is still open; one whose time is over is handed in first and None returned."""
    if attempt is None or not attempt.is_open:
        return None
    end = closing_of(attempt)
    if end is None or at <= end:
        return attempt
    submit_attempt(attempt, at=at)
    return None
