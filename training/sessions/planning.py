"""Planning sessions: made, changed until somebody came, cancelled with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from courses.catalogue import CourseInfo
from people.models import Cohort, Person, Unit
from training.accrediting.granting import check_lead
from training.audit import SESSION_CANCELLED, SESSION_CHANGED, SESSION_PLANNED
from training.errors import AlreadyHeld
from training.models import SessionTrainer, TrainingSession

Part = SessionTrainer.Part


@dataclass(frozen=True)
class Plan:
    """What a session is to be. modules: their codes, in the order in which they are taught; others: co-trainers and observers."""

    course: CourseInfo
    modules: Sequence[str]
    place: str
    unit: Unit | None
    starts_at: datetime
    ends_at: datetime
    notes: str = ""
    co_trainers: Sequence[Person] = ()
    observers: Sequence[Person] = ()

    def values(self) -> dict[str, Any]:
        """The fields of a session."""
        return {
            "course_key": self.course.key,
            "course_code": self.course.code,
            "course_version": self.course.version,
            "modules": list(self.modules),
            "place": self.place,
            "unit": self.unit,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "plan": self.notes,
        }


def _told(session: TrainingSession) -> dict[str, Any]:
    return {
        "course": session.course_code,
        "version": session.course_version,
        "modules": session.modules,
        "starts": session.starts_at.isoformat(),
        "ends": session.ends_at.isoformat(),
        "unit": session.unit.code if session.unit else "",
    }


@transaction.atomic
def plan_session(cohort: Cohort, plan: Plan, *, lead: Person) -> TrainingSession:
    """A new session of a group, led by somebody. Raises NotAccredited or SupportMissing."""
    _check_lead(lead, plan)
    session = TrainingSession.objects.create(cohort=cohort, **plan.values())
    _set_trainers(session, plan, lead)
    audit.record(SESSION_PLANNED, by=lead, about=session, **_told(session))
    return session


@transaction.atomic
def change_session(session: TrainingSession, plan: Plan, *, by: Person) -> None:
    """Another time, place, order or company. Raises AlreadyHeld for another course or other modules once people came, NotAccredited or SupportMissing."""
    lead = session.trainers.select_related("person").get(part=Part.LEAD).person
    _check_lead(lead, plan)
    came = session.attendance.exists()
    if came and (session.course_key, list(session.modules)) != (plan.course.key, list(plan.modules)):
        raise AlreadyHeld
    before, version = _told(session), session.course_version
    for name, value in plan.values().items():
        setattr(session, name, value)
    if came:
        session.course_version = version
    session.save()
    _set_trainers(session, plan, lead)
    if changed := audit.changes(before, _told(session)):
        audit.record(SESSION_CHANGED, by=by, about=session, **changed)


def _check_lead(lead: Person, plan: Plan) -> None:
    day = timezone.localdate(plan.starts_at)
    check_lead(lead, plan.course, on=day, beside=[*plan.co_trainers, *plan.observers])


def _set_trainers(session: TrainingSession, plan: Plan, lead: Person) -> None:
    wanted = {person.pk: Part.OBSERVER for person in plan.observers}
    wanted |= {person.pk: Part.CO_TRAINER for person in plan.co_trainers}
    wanted[lead.pk] = Part.LEAD
    session.trainers.all().delete()
    SessionTrainer.objects.bulk_create(
        SessionTrainer(session=session, person_id=pk, part=part) for pk, part in wanted.items()
    )


@transaction.atomic
def cancel_session(session: TrainingSession, *, by: Person, reason: str, at: datetime) -> None:
    """Say that it is not held; a second time changes nothing. Raises AlreadyHeld once people came."""
    session = TrainingSession.objects.select_for_update().get(pk=session.pk)
    if session.is_cancelled:
        return
    if session.attendance.there().exists():
        raise AlreadyHeld
    session.cancelled_at, session.cancelled_by, session.reason = at, by, reason
    session.save()
    audit.record(SESSION_CANCELLED, by=by, about=session, reason=reason)
