"""Who works at the trainer's desk, and who sees which sessions."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from people.access import may_or_404, reach, visible_cohorts
from people.models import Cohort, CohortMembership, Person
from training.evaluating.scope import places_q
from training.models import Assignment, Attendance, ResultFigures, SessionTrainer, TrainingSession, TrainingTarget
from training.models.sessions import TrainingSessionQuerySet

HOLDING = (SessionTrainer.Part.LEAD, SessionTrainer.Part.CO_TRAINER)


def teacher_or_404(user: Any) -> Person:
    """The viewer, if they train or look over training; else there is no such desk."""
    return may_or_404(user, "teach")


def can_hold_exam(viewer: Person, cohort: Cohort) -> bool:
    """Who opens the room for a cohort, allows exceptions and hands out tickets: its trainers, and the registrar."""
    return visible_cohorts(viewer, "exams.hold").filter(pk=cohort.pk).exists()


def assignment_for(viewer: Person, public_id: UUID, verb: str = "cohorts.see") -> Assignment:
    """What was given to a group for which a viewer may do something, or 404."""
    rows = Assignment.objects.filter(cohort__in=visible_cohorts(viewer, verb))
    return get_object_or_404(rows.select_related("cohort", "quiz", "assigned_by", "ended_by"), public_id=public_id)


def visible_sessions(viewer: Person) -> TrainingSessionQuerySet:
    """The sessions of the groups that a viewer answers for, and those that they teach or watch themselves."""
    if not viewer.may("sessions.see"):
        return TrainingSession.objects.none()
    of_groups = Q(cohort__in=visible_cohorts(viewer, "sessions.see"))
    return TrainingSession.objects.filter(of_groups | Q(pk__in=_taught(viewer)))


def held_sessions(viewer: Person) -> TrainingSessionQuerySet:
    """The sessions that a viewer runs: of the groups they lead, and those that they teach."""
    if not viewer.may("sessions.hold"):
        return TrainingSession.objects.none()
    of_groups = Q(cohort__in=visible_cohorts(viewer, "sessions.hold"))
    return TrainingSession.objects.filter(of_groups | Q(pk__in=_taught(viewer, HOLDING)))


def observed_sessions(viewer: Person) -> TrainingSessionQuerySet:
    """The sessions in which a viewer may observe practice: those that they run, and those that they came to watch."""
    if not viewer.may("sessions.hold"):
        return TrainingSession.objects.none()
    of_groups = Q(cohort__in=visible_cohorts(viewer, "sessions.hold"))
    return TrainingSession.objects.filter(of_groups | Q(pk__in=_taught(viewer)))


def _taught(viewer: Person, parts: Any = SessionTrainer.Part.values) -> Any:
    return SessionTrainer.objects.filter(person=viewer, part__in=parts).values("session")


def session_for(viewer: Person, public_id: UUID, *, to_hold: bool = False) -> TrainingSession:
    """The session, or 404."""
    rows = held_sessions(viewer) if to_hold else visible_sessions(viewer)
    found: TrainingSession = get_object_or_404(rows.select_related("cohort", "unit"), public_id=public_id)
    return found


def own_sessions(person: Person) -> TrainingSessionQuerySet:
    """The sessions to which somebody belongs as a learner, now or when they were held."""
    mine = CohortMembership.objects.filter(person=person, part=CohortMembership.Part.LEARNER)
    groups = mine.filter(left_at=None).values("cohort")
    return TrainingSession.objects.filter(Q(cohort__in=groups) | Q(attendance__person=person)).distinct()


def own_session_for(person: Person, public_id: UUID) -> TrainingSession:
    """A session to which somebody belongs, or 404."""
    return get_object_or_404(own_sessions(person), public_id=public_id)


def attended_session_for(person: Person, public_id: UUID) -> TrainingSession:
    """A session in which somebody was, or 404."""
    mine = Attendance.objects.there().filter(person=person).values("session")
    return get_object_or_404(TrainingSession.objects.filter(pk__in=mine), public_id=public_id)


def visible_results(viewer: Person, verb: str = "results.see") -> QuerySet[ResultFigures]:
    """The result figures, with those that were corrected, of the agencies and regions that a viewer reaches."""
    if not viewer.may(verb):
        return ResultFigures.objects.none()
    return ResultFigures.objects.filter(places_q(reach(viewer, verb)))


def results_for(viewer: Person, public_id: UUID, verb: str = "results.see") -> ResultFigures:
    """Result figures, or 404."""
    return get_object_or_404(visible_results(viewer, verb).select_related("unit"), public_id=public_id)


def visible_targets(viewer: Person, verb: str = "plans.see") -> QuerySet[TrainingTarget]:
    """The training targets of the agencies, regions and posts that a viewer reaches."""
    if not viewer.may(verb):
        return TrainingTarget.objects.none()
    return TrainingTarget.objects.filter(places_q(reach(viewer, verb)))


def target_for(viewer: Person, public_id: UUID, verb: str = "plans.see") -> TrainingTarget:
    """A training target, or 404."""
    return get_object_or_404(visible_targets(viewer, verb).select_related("unit"), public_id=public_id)
