"""Storing what happens in an attempt, each event exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from assessments import bank, kinds
from assessments.ending import is_in_time
from assessments.models import Attempt, AttemptStep
from assessments.steps import FLAGS, Event, counts
from core.db import write_transaction

Step = AttemptStep


@dataclass(frozen=True)
class Sent:
    """A step as a client sends it. age: since it was made, by the device's clock."""

    id: UUID
    kind: str
    place: int
    value: list[str]
    device: str
    client_seq: int
    base_seq: int
    age: timedelta = timedelta(0)


@dataclass(frozen=True)
class Outcome:
    """What became of a sent step. verdict: accepted, superseded, late, or refused (not stored); seq: 0 if refused."""

    id: UUID
    verdict: str
    seq: int


@dataclass(frozen=True)
class Recorded:
    """outcomes: of each sent step, in order. seen: the newest step that the page now knows of, which is what it had seen and
    its own that follow without a gap: it must not pass for having seen what another page saved meanwhile.
    """

    outcomes: list[Outcome]
    seen: int


def record_steps(attempt: Attempt, sent: Sequence[Sent], *, at: datetime) -> list[Outcome]:
    """Store events of an attempt, each exactly once, and say of each what became of it.

    The same id again gives the first outcome, also after the attempt has ended. One that is not a possible answer is
    refused and the others go on.
    """
    return record_batch(attempt, sent, at=at).outcomes if sent else []


def record_batch(attempt: Attempt, sent: Sequence[Sent], *, at: datetime) -> Recorded:
    """`record_steps` for a page that goes on from what it knows. sent: at least one."""
    items = attempt.paper["items"]
    versions = bank.versions({items[one.place]["version"] for one in sent if 0 <= one.place < len(items)})
    with write_transaction():
        # The attempt as the caller read it is enough where nothing was stored since, which is nearly always.
        if recorded := _record(attempt, sent, versions, at=at, is_locked=False):
            return recorded
        attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
        recorded = _record(attempt, sent, versions, at=at, is_locked=True)
        assert recorded is not None  # noqa: S101 (a locked attempt does not move on)
        return recorded


def _record(
    attempt: Attempt, sent: Sequence[Sent], versions: dict[str, Any], *, at: datetime, is_locked: bool
) -> Recorded | None:
    """Store a batch; None, and nothing stored, where `attempt` is older than the database or may be."""
    stored = _stored(attempt, sent)
    if stored.known and not is_locked:  # a repeat is answered from what is there now
        return None
    known, newest, here = stored.known, stored.newest, stored.here
    in_order = bool(attempt.rules.get("is_sequential"))
    rows: list[Step] = []
    outcomes: list[Outcome] = []
    for one in sent:
        if one.id in known:
            before = known[one.id]
            mine = before.attempt_id == attempt.pk
            outcomes.append(Outcome(one.id, before.verdict if mine else "refused", before.seq if mine else 0))
            continue
        if (step := _read(attempt, one, versions)) is None or (in_order and one.place > here):
            outcomes.append(Outcome(one.id, "refused", 0))
            continue
        seq = attempt.step_count + len(rows) + 1
        event = Event(step.kind, step.place, step.value, step.device, step.client_seq, step.base_seq, seq)
        if not attempt.is_open or not is_in_time(attempt, at=at, age=one.age):
            verdict = Step.Verdict.LATE
        elif in_order and one.place < here:  # that question was left for good
            verdict = Step.Verdict.SUPERSEDED if one.kind == Step.Kind.NEXT else Step.Verdict.LATE
        elif one.kind == Step.Kind.NEXT:
            verdict = Step.Verdict.ACCEPTED
            here = one.place + 1
        elif counts(event, held := newest.get(event.stream)):
            if held and not _may_follow(attempt, held, event, versions):
                outcomes.append(Outcome(one.id, "refused", 0))
                continue
            verdict = Step.Verdict.ACCEPTED
            newest[event.stream] = event
        else:
            verdict = Step.Verdict.SUPERSEDED
        row = Step(
            id=step.id,
            attempt=attempt,
            seq=seq,
            kind=step.kind,
            place=step.place,
            value=step.value,
            device=step.device,
            client_seq=step.client_seq,
            base_seq=step.base_seq,
            received_at=at,
            verdict=verdict,
        )
        known[one.id] = row
        rows.append(row)
        outcomes.append(Outcome(one.id, verdict, seq))
    count = attempt.step_count + len(rows)
    if rows:
        # Everything that is stored of an attempt counts up; who waited here for somebody else finds another count.
        if not Attempt.objects.filter(pk=attempt.pk, step_count=attempt.step_count).update(step_count=count):
            return None
        Step.objects.bulk_create(rows)
    return Recorded(outcomes, count if stored.foreign is None else stored.foreign - 1)


@dataclass(frozen=True)
class Stored:
    """What is stored already when a batch comes.

    known: its steps that are, by id. newest: the newest event that counts, for each stream. foreign: the number of the first
    step after the newest one the page had seen that another device sent; None for none. here: the place one is at in a
    quiz without going back.
    """

    known: dict[UUID, Step]
    newest: dict[tuple[int, bool], Event]
    foreign: int | None
    here: int


def _stored(attempt: Attempt, sent: Sequence[Sent]) -> Stored:
    ids, places = {one.id for one in sent}, {one.place for one in sent}
    base, device = max(one.base_seq for one in sent), sent[0].device
    of_attempt = Q(place__in=places, verdict=Step.Verdict.ACCEPTED) | Q(seq__gt=base)
    if attempt.rules.get("is_sequential"):
        of_attempt |= Q(kind=Step.Kind.NEXT)
    here = 0
    known: dict[UUID, Step] = {}
    newest: dict[tuple[int, bool], Event] = {}
    foreign: int | None = None
    for row in Step.objects.filter(Q(pk__in=ids) | Q(of_attempt, attempt=attempt)).order_by("seq"):
        if row.pk in ids:
            known[row.pk] = row
        if row.attempt_id != attempt.pk:
            continue
        if row.verdict == Step.Verdict.ACCEPTED and row.kind == Step.Kind.NEXT and row.place is not None:
            here = max(here, row.place + 1)
        elif row.verdict == Step.Verdict.ACCEPTED and row.place is not None:
            event = Event(row.kind, row.place, row.value, row.device, row.client_seq, row.base_seq, row.seq)
            newest[event.stream] = event
        if foreign is None and row.seq > base and row.device != device:
            foreign = row.seq
    return Stored(known, newest, foreign, here)


def _read(attempt: Attempt, one: Sent, versions: dict[str, Any]) -> Sent | None:
    """A step as it is stored, its answer as its kind of question reads it; None where no client could have sent it."""
    if one.kind not in (Step.Kind.ANSWER, Step.Kind.CLEAR, Step.Kind.FLAG, Step.Kind.UNFLAG, Step.Kind.NEXT):
        return None
    if one.kind == Step.Kind.NEXT and not attempt.rules.get("is_sequential"):
        return None
    if not 0 <= one.place < len(attempt.paper["items"]):
        return None
    if one.kind != Step.Kind.ANSWER:
        return one if one.value == [] else None
    version = versions[attempt.paper["items"][one.place]["version"]]
    response = kinds.read(version.kind, one.value)
    if not kinds.answer(response) or not kinds.is_response(version.kind, version.key, response):
        return None
    return replace(one, value=response)


def _may_follow(attempt: Attempt, before: Event, event: Event, versions: dict[str, Any]) -> bool:
    """Whether an answer, or taking it back, is possible after the one before; a mark always is."""
    version = versions[attempt.paper["items"][event.place]["version"]]
    return event.kind in FLAGS or kinds.may_follow(version.kind, before.value, event.value)


def take_over(attempt: Attempt, device: str, *, at: datetime) -> None:
    """Go on with an open attempt on another device; the log says so. Twice is once."""
    with write_transaction():
        attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if not attempt.is_open or attempt.holder == device:
            return
        seq = attempt.step_count + 1
        Step.objects.create(
            attempt=attempt,
            seq=seq,
            kind=Step.Kind.TAKE,
            device=device,
            client_seq=0,
            base_seq=attempt.step_count,
            received_at=at,
            verdict=Step.Verdict.ACCEPTED,
        )
        Attempt.objects.filter(pk=attempt.pk).update(step_count=seq, holder=device)
