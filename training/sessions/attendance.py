"""Who was there: told by a code typed in the room, by a trainer's tick, or copied from a paper list; in any order, each once.

A device that had no line says how long ago something was done, by its own clock: a telephone may believe in another day, but it
counts seconds well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core import audit
from core.db import write_transaction
from core.devices import KEPT
from people.models import CohortMembership, Person
from training.audit import ATTENDANCE_CORRECTED
from training.errors import NotOpenYet, ReasonMissing, SessionCancelled, SessionClosed, TooLateToSend, WrongCode
from training.models import Attendance, AttendanceMark, TrainingSession
from training.models.sessions import Status
from training.sessions import codes

How = AttendanceMark.How
OPENS_BEFORE = timedelta(minutes=30)
CLOSES_AFTER = timedelta(minutes=15)
LATE_AFTER = timedelta(minutes=15)
TYPED_SLOWLY = timedelta(seconds=60)  # a code that was replaced while it was typed
DRIFT = timedelta(minutes=5)  # between the clock of the trainer's telephone and the server's, when neither had a line
SETTLED = timedelta(hours=12)  # after the end: from then on a change of the list is a correction, which needs a reason


@dataclass(frozen=True)
class SignIn:
    """A code that somebody typed. id: made on the device; age: how long ago, by the device's clock."""

    id: UUID
    code: str
    age: timedelta = timedelta(0)


@dataclass(frozen=True)
class Tick:
    """What a trainer says of one person. page: of the paper list that it was copied from."""

    id: UUID
    person: UUID
    status: str
    age: timedelta = timedelta(0)
    how: str = How.TICK
    page: str = ""
    reason: str = ""


def sign_in(session: TrainingSession, person: Person, sent: SignIn, *, at: datetime) -> Attendance:
    """Put somebody on the list who typed the code of the room; the same one twice is one.

    Raises SessionCancelled, TooLateToSend, NotOpenYet, SessionClosed or WrongCode.
    """
    if session.is_cancelled:
        raise SessionCancelled
    if at > session.ends_at + KEPT:
        raise TooLateToSend
    secret = bytes.fromhex(session.secret)
    # With a line the server's own clock decides; what was kept on the device is held against the time at which it was typed.
    is_now = codes.fits(secret, sent.code, at, within=TYPED_SLOWLY)
    when = at if is_now else at - max(sent.age, timedelta(0))
    if when < session.starts_at - OPENS_BEFORE:
        raise NotOpenYet
    if when > session.ends_at + CLOSES_AFTER:
        raise SessionClosed
    if not is_now and (sent.age <= TYPED_SLOWLY or not codes.fits(secret, sent.code, when, within=DRIFT)):
        raise WrongCode
    status = Status.LATE if when > session.starts_at + LATE_AFTER else Status.PRESENT
    mark = AttendanceMark(
        id=sent.id, session=session, person=person, status=status, how=How.CODE, is_proven=True, marked_at=when, marked_by=person,
        received_at=at,
    )  # fmt: skip
    with write_transaction():
        stored = _stored(session, [mark])
    if not stored:  # the id is somebody else's
        raise WrongCode
    return stored[0]


def tick(session: TrainingSession, ticks: Sequence[Tick], *, by: Person, at: datetime) -> dict[UUID, str]:
    """Take what a trainer's device says, in whatever order. Returns for each id `accepted`, `unknown` (nobody of this group, or no such
    status) or `reason` (a correction without one: nothing of it is stored)."""
    if session.is_cancelled:
        raise SessionCancelled
    people = {one.public_id: one for one in expected(session)}
    standing = dict(session.attendance.values_list("person", "status"))
    verdicts: dict[UUID, str] = {}
    marks, corrected = [], []
    for one in ticks:
        person = people.get(one.person)
        if person is None or one.status not in Status.values or one.how not in (How.TICK, How.PAPER):
            verdicts[one.id] = "unknown"
            continue
        when = at - max(one.age, timedelta(0))
        is_correction = when > session.ends_at + SETTLED and standing.get(person.pk, one.status) != one.status
        if is_correction and not one.reason:
            verdicts[one.id] = ReasonMissing.code
            continue
        if is_correction:
            corrected.append(person)
        verdicts[one.id] = "accepted"
        marks.append(
            AttendanceMark(
                id=one.id, session=session, person=person, status=one.status, how=one.how, page=one.page, reason=one.reason,
                marked_at=when, marked_by=by, received_at=at,
            )
        )  # fmt: skip
    with write_transaction():
        _stored(session, marks)
        if corrected:
            audit.record(ATTENDANCE_CORRECTED, by=by, about=session, people=corrected, count=len(corrected))
    return verdicts


def expected(session: TrainingSession) -> list[Person]:
    """Who belongs to the session: the learners of its group now, and who left it after the session began; by name."""
    members = CohortMembership.objects.filter(cohort=session.cohort_id, part=CohortMembership.Part.LEARNER)
    now = members.filter(left_at=None) | members.filter(left_at__gt=session.starts_at)
    return list(Person.objects.filter(pk__in=now.values("person")).select_related("unit").in_order())


def _stored(session: TrainingSession, marks: Sequence[AttendanceMark]) -> list[Attendance]:
    """Keep marks that are new, and say how the attendance of their people stands now; within a transaction."""
    TrainingSession.objects.select_for_update().get(pk=session.pk)  # one after the other
    AttendanceMark.objects.bulk_create(marks, ignore_conflicts=True)
    people = {mark.person_id: mark.person for mark in marks}
    told: dict[int, list[AttendanceMark]] = {pk: [] for pk in people}
    for mark in session.marks.filter(person__in=people):
        told[mark.person_id].append(mark)
    have = {one.person_id: one for one in session.attendance.filter(person__in=people)}
    found = []
    for pk, person in people.items():
        if not told[pk]:
            continue
        deciding = decided(told[pk])
        one = have.get(pk) or Attendance(session=session, person=person)
        if one.mark_id != deciding.pk:
            one.mark, one.status = deciding, deciding.status
            one.save()
        found.append(one)
    return found


def decided(marks: Iterable[AttendanceMark]) -> AttendanceMark:
    """The mark that counts: the one made last.

    Of one's own codes the first counts, so that scanning again makes nobody late; and that somebody was not seen does not outweigh a code they
    gave, unless a reason is said.
    """
    told = sorted(marks, key=lambda mark: (mark.marked_at, mark.received_at, mark.pk))
    first = next((mark for mark in told if mark.is_proven), None)
    heard = [mark for mark in told if not mark.is_proven or mark is first]
    if first:
        heard = [mark for mark in heard if mark.status != Status.ABSENT or mark.reason]
    return heard[-1]
