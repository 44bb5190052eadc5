"""Verbs of sitting a quiz: start, record, hand in, grade, allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from assessments import bank, kinds, scoring
from assessments.errors import NoAttemptLeft, NotAResponse, TooEarly
from assessments.models import Attempt, AttemptAllowance, AttemptStep, GradeRecord, ItemVersion, Quiz
from assessments.signals import attempt_graded
from assessments.steps import Event, Sheet, counts, project
from core.db import write_transaction
from core.templatetags.burmese import moment
from people.models import Person

GRACE = timedelta(seconds=60)  # what was sent in time may arrive late
UNLIMITED = 32_000  # checks and practice may be repeated

Step = AttemptStep


# --- Starting ------------------------------------------------------------------------------------------------------


def attempts_allowed(quiz: Quiz, person: Person, scope: UUID) -> int:
    """How many attempts a person has in all: the quiz's own number and what was allowed on top."""
    if quiz.kind in (Quiz.Kind.CHECK, Quiz.Kind.PRACTICE):
        return UNLIMITED
    return quiz.attempts_allowed + AttemptAllowance.objects.filter(quiz=quiz, person=person, scope=scope).count()


def next_attempt(quiz: Quiz, person: Person, scope: UUID, *, at: datetime) -> tuple[int, int]:
    """Number of the attempt that would start now, and how many are allowed. Raises NoAttemptLeft or TooEarly."""
    last = Attempt.objects.filter(quiz=quiz, person=person, scope=scope).order_by("-number").first()
    allowed = attempts_allowed(quiz, person, scope)
    if last is None:
        return 1, allowed
    if last.number >= allowed:
        raise NoAttemptLeft
    # An attempt allowed by hand on top of the rule follows a conversation, not the clock.
    if quiz.retry_hours and last.number < quiz.attempts_allowed and last.submitted_at:
        opens = last.submitted_at + timedelta(hours=quiz.retry_hours)
        if at < opens:
            raise TooEarly(when=moment(opens))
    return last.number + 1, allowed


def start_attempt(quiz: Quiz, person: Person, *, scope: UUID, at: datetime) -> Attempt:
    """The open attempt, or a new one with its paper drawn and its rules frozen.

    Called twice at once it gives the same attempt. Raises NoAttemptLeft, TooEarly, BankTooSmall.
    """
    mine = Attempt.objects.filter(quiz=quiz, person=person, scope=scope)
    if open_attempt := close_if_over(mine.open().first(), at=at):
        return open_attempt
    try:
        with transaction.atomic():
            number, allowed = next_attempt(quiz, person, scope, at=at)
            public_id = uuid4()
            seen = set(
                ItemVersion.objects.filter(
                    pk__in=[i["version"] for paper in mine.values_list("paper", flat=True) for i in paper["items"]]
                ).values_list("item_key", flat=True)
            )
            limit = timedelta(seconds=quiz.limit_seconds) if quiz.limit_seconds else None
            attempt = Attempt.objects.create(
                public_id=public_id,
                quiz=quiz,
                person=person,
                scope=scope,
                number=number,
                number_allowed=allowed,
                paper=bank.draw_paper(quiz, seed=public_id.int, seen=seen),
                rules={
                    "cut_score": str(quiz.cut_score),
                    "feedback": quiz.feedback,
                    "sections": [
                        {"objective": s.objective, "cut_score": None if s.cut_score is None else str(s.cut_score)}
                        for s in quiz.sections.all()
                    ],
                },
                started_at=at,
                closes_at=at + limit if limit else None,
            )
    except IntegrityError:  # the other tap was first
        return mine.open().get()
    if attempt.closes_at:
        from assessments.tasks import close_attempt  # noqa: PLC0415 (the task calls this module)

        run_after = attempt.closes_at + GRACE
        transaction.on_commit(lambda: close_attempt.using(run_after=run_after).enqueue(str(attempt.public_id)))
    return attempt


# --- Recording -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A step as a client sends it."""

    id: UUID
    kind: str
    place: int
    value: list[str]
    device: str
    client_seq: int
    base_seq: int


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
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    with write_transaction():
        attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
        return _record(attempt, sent, versions, at=at)


def _record(attempt: Attempt, sent: Sequence[Sent], versions: dict[str, Any], *, at: datetime) -> Recorded:
    stored = _stored(attempt, sent)
    known, newest = stored.known, stored.newest
    over = not attempt.is_open or (attempt.closes_at is not None and at > attempt.closes_at + GRACE)
    rows: list[Step] = []
    outcomes: list[Outcome] = []
    for one in sent:
        if one.id in known:
            before = known[one.id]
            mine = before.attempt_id == attempt.pk
            outcomes.append(Outcome(one.id, before.verdict if mine else "refused", before.seq if mine else 0))
            continue
        if not _is_possible(attempt, one, versions):
            outcomes.append(Outcome(one.id, "refused", 0))
            continue
        seq = attempt.step_count + len(rows) + 1
        event = Event(one.kind, one.place, one.value, one.device, one.client_seq, one.base_seq, seq)
        if over:
            verdict = Step.Verdict.LATE
        elif counts(event, newest.get(event.stream)):
            verdict = Step.Verdict.ACCEPTED
            newest[event.stream] = event
        else:
            verdict = Step.Verdict.SUPERSEDED
        row = Step(
            id=one.id,
            attempt=attempt,
            seq=seq,
            kind=one.kind,
            place=one.place,
            value=one.value,
            device=one.device,
            client_seq=one.client_seq,
            base_seq=one.base_seq,
            received_at=at,
            verdict=verdict,
        )
        known[one.id] = row
        rows.append(row)
        outcomes.append(Outcome(one.id, verdict, seq))
    if rows:
        Step.objects.bulk_create(rows)
        attempt.step_count += len(rows)
        Attempt.objects.filter(pk=attempt.pk).update(step_count=attempt.step_count)
    return Recorded(outcomes, attempt.step_count if stored.foreign is None else stored.foreign - 1)


@dataclass(frozen=True)
class Stored:
    """What is stored already when a batch comes.

    known: its steps that are, by id. newest: the newest event that counts, for each stream. foreign: the number of the first
    step after the newest one the page had seen that another device sent; None for none.
    """

    known: dict[UUID, Step]
    newest: dict[tuple[int, bool], Event]
    foreign: int | None


def _stored(attempt: Attempt, sent: Sequence[Sent]) -> Stored:
    ids, places = {one.id for one in sent}, {one.place for one in sent}
    base, device = max(one.base_seq for one in sent), sent[0].device
    of_attempt = Q(place__in=places, verdict=Step.Verdict.ACCEPTED) | Q(seq__gt=base)
    known: dict[UUID, Step] = {}
    newest: dict[tuple[int, bool], Event] = {}
    foreign: int | None = None
    for row in Step.objects.filter(Q(pk__in=ids) | Q(of_attempt, attempt=attempt)).order_by("seq"):
        if row.pk in ids:
            known[row.pk] = row
        if row.attempt_id != attempt.pk:
            continue
        if row.verdict == Step.Verdict.ACCEPTED and row.place is not None:
            event = Event(row.kind, row.place, row.value, row.device, row.client_seq, row.base_seq, row.seq)
            newest[event.stream] = event
        if foreign is None and row.seq > base and row.device != device:
            foreign = row.seq
    return Stored(known, newest, foreign)


def _is_possible(attempt: Attempt, one: Sent, versions: dict[str, Any]) -> bool:
    if one.kind not in (Step.Kind.ANSWER, Step.Kind.CLEAR, Step.Kind.FLAG, Step.Kind.UNFLAG):
        return False
    if not 0 <= one.place < len(attempt.paper["items"]):
        return False
    if one.kind != Step.Kind.ANSWER:
        return one.value == []
    version = versions[attempt.paper["items"][one.place]["version"]]
    return bool(one.value) and kinds.is_response(version.kind, version.key, one.value)


def sheet_of(attempt: Attempt) -> Sheet:
    """The answers and marks of an attempt as they stand."""
    accepted = attempt.steps.filter(verdict=Step.Verdict.ACCEPTED).exclude(kind=Step.Kind.SUBMIT).order_by("seq")
    sheet = project(accepted)
    sheet.head = max(sheet.head, attempt.step_count)
    return sheet


# --- Ending --------------------------------------------------------------------------------------------------------


def submit_attempt(attempt: Attempt, *, at: datetime, step_id: UUID | None = None, device: str = "server") -> Attempt:
    """Close an open attempt, grade it and announce it, exactly once.

    A repeat (a double tap, a retry on a weak line) returns the stored result untouched. After the end the answers saved
    before it count.
    """
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    with write_transaction():
        attempt = Attempt.objects.select_for_update().select_related("quiz").get(pk=attempt.pk)
        if not attempt.is_open:
            return attempt
        seq = attempt.step_count + 1
        Step.objects.create(
            id=step_id or uuid4(),
            attempt=attempt,
            seq=seq,
            kind=Step.Kind.SUBMIT,
            place=None,
            device=device,
            client_seq=0,
            base_seq=attempt.step_count,
            received_at=at,
            verdict=Step.Verdict.ACCEPTED,
        )
        attempt.step_count = seq
        attempt.status = Attempt.Status.SUBMITTED
        attempt.submitted_at = min(at, attempt.closes_at) if attempt.closes_at else at
        attempt.save(update_fields=["step_count", "status", "submitted_at"])
        grade = _grade(attempt, versions, reason="first", at=at)
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


def close_if_over(attempt: Attempt | None, *, at: datetime) -> Attempt | None:
    """The attempt if it is still open; one whose time is over is handed in first and None returned."""
    if attempt is None or not attempt.is_open:
        return None
    if attempt.closes_at is None or at <= attempt.closes_at + GRACE:
        return attempt
    submit_attempt(attempt, at=at)
    return None


# --- Checks in lessons -----------------------------------------------------------------------------------------------


def answer_check(quiz: Quiz, person: Person, *, scope: UUID, item_code: str, value: list[str], at: datetime) -> Attempt:
    """Answer one item of a lesson's check; it is judged at once and the first answer stands for this attempt.

    With the last one the attempt is handed in. Raises NotAResponse.
    """
    last = Attempt.objects.filter(quiz=quiz, person=person, scope=scope).order_by("-number").first()
    if last and not last.is_open and _places(last, item_code):  # a second tap: it was answered and judged
        return last
    attempt = start_attempt(quiz, person, scope=scope, at=at)
    places = _places(attempt, item_code)
    if not places:
        raise NotAResponse
    if places[0] not in sheet_of(attempt).answers:
        one = Sent(uuid4(), Step.Kind.ANSWER, places[0], value, "lesson", attempt.step_count + 1, attempt.step_count)
        (outcome,) = record_steps(attempt, [one], at=at)
        if outcome.verdict == "refused":
            raise NotAResponse
    # Counted anew: another check may have been answered meanwhile, or the hand-in broken off last time.
    if len(sheet_of(attempt).answers) == len(attempt.paper["items"]):
        return submit_attempt(attempt, at=at, device="lesson")
    return attempt


def _places(attempt: Attempt, item_code: str) -> list[int]:
    """Where an attempt asks an item."""
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    return [n for n, item in enumerate(attempt.paper["items"]) if versions[item["version"]].code == item_code]


@transaction.atomic
def allow_attempt(quiz: Quiz, person: Person, *, scope: UUID, by: Person, reason: str) -> AttemptAllowance | None:
    """One more attempt for one person, with the reason; None while one is left unused (a second tap)."""
    Person.objects.select_for_update().get(pk=person.pk)
    made = Attempt.objects.filter(quiz=quiz, person=person, scope=scope).count()
    if attempts_allowed(quiz, person, scope) > made:
        return None
    return AttemptAllowance.objects.create(quiz=quiz, person=person, scope=scope, granted_by=by, reason=reason)
