"""Who works at the trainer's desk."""

from typing import Any

from people.access import may_or_404, visible_cohorts
from people.models import Cohort, Person


def teacher_or_404(user: Any) -> Person:
    """The viewer, if they train or look over training; else there is no such desk."""
    return may_or_404(user, "teach")


def can_hold_exam(viewer: Person, cohort: Cohort) -> bool:
    """Who opens the room for a cohort, allows exceptions and hands out tickets: its trainers, and the registrar."""
    return visible_cohorts(viewer, "exams.hold").filter(pk=cohort.pk).exists()
