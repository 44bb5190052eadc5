"""Changing a grade by hand. With it comes a reason; where it decides about passing, a second person.

A grade made so has `by_hand` in its `details`, and a regrade leaves it alone.
"""

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from assessments.errors import AlreadyDecided, NeedsSecondPerson
from assessments.models import Attempt, GradeDecision, GradeProposal, GradeRecord
from assessments.signals import grade_changed
from core.db import write_transaction
from people.models import Person


def change_grade(
    attempt: Attempt, *, score: Decimal, passed: bool, by: Person, reason: str, at: datetime
) -> GradeRecord | GradeProposal:
    """A new grade at once where passing stays as it is; else a proposal that another person has to confirm.

    score: in [0, the maximum of the grade that stands]. The same proposal made twice is one.
    """
    with write_transaction():
        attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
        before = attempt.grades.order_by("-version")[0]
        if passed == before.passed:
            return _replace(before, score=score, passed=passed, by=by, reason=reason, at=at)
        same = GradeProposal.objects.filter(
            grade=before, score=score, passed=passed, reason=reason, proposed_by=by, decision=None
        )
        return same.first() or GradeProposal.objects.create(
            grade=before, score=score, passed=passed, reason=reason, proposed_by=by, proposed_at=at
        )


def waiting() -> QuerySet[GradeProposal]:
    """Proposals that nobody decided and whose grade still stands, the oldest first."""
    undecided = GradeProposal.objects.filter(decision=None, grade__in=GradeRecord.objects.standing())
    return undecided.select_related("grade__attempt__person", "grade__attempt__quiz", "proposed_by").order_by("pk")


def decide(proposal: GradeProposal, *, confirm: bool, note: str, by: Person, at: datetime) -> GradeRecord | None:
    """Say yes or no to a proposal of somebody else. Raises NeedsSecondPerson or AlreadyDecided."""
    if proposal.proposed_by_id == by.pk:
        raise NeedsSecondPerson
    with write_transaction():
        Attempt.objects.select_for_update().get(grades=proposal.grade_id)
        if not waiting().filter(pk=proposal.pk).exists():
            raise AlreadyDecided
        GradeDecision.objects.create(
            proposal=proposal,
            is_confirmed=confirm,
            note=note,
            proposed_by_id=proposal.proposed_by_id,
            decided_by=by,
            decided_at=at,
        )
        if not confirm:
            return None
        return _replace(
            proposal.grade, score=proposal.score, passed=proposal.passed, by=by, reason=proposal.reason, at=at
        )


def _replace(
    before: GradeRecord, *, score: Decimal, passed: bool, by: Person, reason: str, at: datetime
) -> GradeRecord:
    grade = GradeRecord.objects.create(
        attempt_id=before.attempt_id,
        version=before.version + 1,
        score=score,
        max_score=before.max_score,
        passed=passed,
        details=before.details | {"by_hand": True},
        reason=reason,
        graded_at=at,
        graded_by=by,
    )
    grade_changed.send(sender=Attempt, attempt=before.attempt, before=before, grade=grade)
    return grade
