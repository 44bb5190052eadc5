"""Verbs of sitting a quiz: start, record, hand in, grade, allow."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from assessments import bank, entry, kinds, scoring
from assessments.errors import (
    CodeWrong,
    NoAttemptLeft,
    NotAResponse,
    NothingToAllow,
    NotOpenYet,
    TooEarly,
    WaitsForMarks,
    WindowClosed,
)
from assessments.models import Allowance, AnswerToMark, Attempt, AttemptStep, GradeRecord, Quiz, RefresherReview
from assessments.signals import attempt_graded
from assessments.steps import FLAGS, Event, Sheet, counts, project
from core.db import write_transaction
from core.templatetags.burmese import moment
from people.models import Person

GRACE = timedelta(seconds=60)  # what was sent in time may arrive late
UNLIMITED = 32_000  # checks and practice may be repeated

Step = AttemptStep


# --- Starting ------------------------------------------------------------------------------------------------------


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


def form_for(quiz: Quiz, person: Person) -> str:
    """The form that a person gets next: A, B, or empty where there is one for all.

    By turns it is the other than in the last test of the same subject, be it a pre-test or an earlier attempt; the first
    one follows from the person and the subject alone, so that about one half begins with each.
    """
    if quiz.forms != Quiz.Forms.TURNS:
        return quiz.forms
    had = Attempt.objects.filter(person=person, quiz__subject_key=quiz.subject_key).exclude(form="")
    last = had.order_by("-started_at").values_list("form", flat=True).first()
    if last:
        return "B" if last == "A" else "A"
    digest = hashlib.sha256(f"{quiz.subject_key}/{person.public_id}".encode()).digest()
    return "AB"[digest[0] % 2]


def rules_of(quiz: Quiz, form: str) -> dict[str, Any]:
    """The rules that an attempt begins with and keeps."""
    return {
        "cut_score": str(quiz.cut_score),
        "limit_seconds": quiz.limit_seconds,
        "closes_at": quiz.closes_at.isoformat() if quiz.closes_at else None,
        "shown": quiz.shown,
        "is_sequential": quiz.is_sequential,
        "sections": [
            {"objective": s.objective, "cut_score": None if s.cut_score is None else str(s.cut_score)}
            for s in bank.sections_of(quiz, form)
        ],
    }


def start_attempt(
    quiz: Quiz, person: Person, *, scope: UUID, at: datetime, language: str = "", code: str = "", device: str = ""
) -> Attempt:
    """The open attempt, or a new one with its paper drawn and its rules frozen.

    language: what the person reads, "" if not known; kept to compare the versions of an item. code: what was typed, for a
    quiz that asks for one. device: on which it is sat. Called twice at once it gives the same attempt. Raises NotOpenYet,
    WaitsForMarks, WindowClosed, NoAttemptLeft, TooEarly, CodeWrong, BankTooSmall.
    """
    now = standing(quiz, person, scope, at=at)
    if now.open:
        return now.open
    number = next_number(quiz, now, at=at)
    try:
        ticket = entry.admit(quiz, person, code, at=at)
    except CodeWrong:
        # Used up by the other tap, which was first?
        if begun := Attempt.objects.filter(quiz=quiz, person=person, scope=scope).open().first():
            return begun
        raise
    form = form_for(quiz, person)
    seen = met_items(person) if quiz.kind == Quiz.Kind.PRACTICE else _asked(one.paper for one in now.attempts)
    public_id = uuid4()
    # Drawn before the transaction, which is then one short write.
    paper = bank.draw_paper(quiz, seed=public_id.int, seen=seen, form=form)
    try:
        with write_transaction():
            attempt = Attempt.objects.create(
                public_id=public_id,
                quiz=quiz,
                person=person,
                scope=scope,
                number=number,
                number_allowed=now.number_allowed,
                form=form,
                holder=device,
                paper=paper,
                rules=rules_of(quiz, form),
                language=language,
                started_at=at,
                closes_at=_end(quiz.limit_seconds, quiz.closes_at, now.allowed, started_at=at),
            )
            if ticket:
                entry.use_ticket(ticket, attempt, at=at)
    except IntegrityError:  # the other tap was first
        return Attempt.objects.get(quiz=quiz, person=person, scope=scope, number=number)
    _close_in_time(attempt)
    return attempt


def _end(
    limit_seconds: int | None, closes_at: datetime | None, extra: Allowed, *, started_at: datetime
) -> datetime | None:
    """When an attempt ends: its limit or the window, whichever is first."""
    limit = extra.limit(limit_seconds)
    return min((one for one in (limit and started_at + limit, extra.end(closes_at)) if one), default=None)


def _close_in_time(attempt: Attempt) -> None:
    """Have an attempt handed in at its end, should nobody do it."""
    if attempt.closes_at:
        from assessments.tasks import close_attempt  # noqa: PLC0415 (the task calls this module)

        run_after = attempt.closes_at + GRACE
        transaction.on_commit(lambda: close_attempt.using(run_after=run_after).enqueue(str(attempt.public_id)))


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


def _asked(papers: Iterable[Mapping[str, Any]]) -> set[UUID]:
    """The items that papers ask."""
    return {version.item_key for version in bank.versions({item["version"] for paper in papers for item in paper["items"]}).values()}  # fmt: skip


def met_items(person: Person) -> set[UUID]:
    """The items that a person was ever asked: in a sitting, a lesson or to refresh."""
    refreshed = RefresherReview.objects.filter(card__person=person).values_list("card__item_key", flat=True)
    return _asked(Attempt.objects.filter(person=person).values_list("paper", flat=True)) | set(refreshed)


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
    over = not attempt.is_open or (attempt.closes_at is not None and at > attempt.closes_at + GRACE)
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
        if over:
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
        # Not of the quiz or the person: everybody who begins or hands in would wait for everybody else.
        attempt = Attempt.objects.select_for_update(of=("self",)).select_related("quiz", "person").get(pk=attempt.pk)
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
    if attempt.closes_at is None or at <= attempt.closes_at + GRACE:
        return attempt
    submit_attempt(attempt, at=at)
    return None


# --- Checks in lessons -----------------------------------------------------------------------------------------------


def answer_check(
    quiz: Quiz, person: Person, *, scope: UUID, item_code: str, value: list[str], at: datetime, language: str = ""
) -> Attempt:
    """Answer one item of a lesson's check; it is judged at once and the first answer stands for this attempt.

    One that comes in several steps is judged after the last of them. With the last answer the attempt is handed in. Raises NotAResponse.
    """
    last = Attempt.objects.filter(quiz=quiz, person=person, scope=scope).order_by("-number").first()
    if last and not last.is_open and _places(last, item_code):  # a second tap: it was answered and judged
        return last
    attempt = start_attempt(quiz, person, scope=scope, at=at, language=language)
    places = _places(attempt, item_code)
    if not places:
        raise NotAResponse
    if places[0] not in whole(attempt, sheet_of(attempt)):
        one = Sent(uuid4(), Step.Kind.ANSWER, places[0], value, "lesson", attempt.step_count + 1, attempt.step_count)
        (outcome,) = record_steps(attempt, [one], at=at)
        if outcome.verdict == "refused":
            raise NotAResponse
    # Counted anew: another check may have been answered meanwhile, or the hand-in broken off last time.
    if len(whole(attempt, sheet_of(attempt))) == len(attempt.paper["items"]):
        return submit_attempt(attempt, at=at, device="lesson")
    return attempt


def whole(attempt: Attempt, sheet: Sheet) -> set[int]:
    """The places of an attempt at which nothing more is asked."""
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    asked = {place: versions[item["version"]] for place, item in enumerate(attempt.paper["items"])}
    return {
        place for place, given in sheet.answers.items() if kinds.is_whole(asked[place].kind, asked[place].key, given)
    }


def _places(attempt: Attempt, item_code: str) -> list[int]:
    """Where an attempt asks an item."""
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    return [n for n, item in enumerate(attempt.paper["items"]) if versions[item["version"]].code == item_code]


# --- Allowing --------------------------------------------------------------------------------------------------------


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
            end = _end(
                attempt.rules.get("limit_seconds", quiz.limit_seconds),
                datetime.fromisoformat(window) if window else None,
                allowed(quiz, person, scope),
                started_at=attempt.started_at,
            )
            if end and end > attempt.closes_at:
                attempt.closes_at = end
                attempt.save(update_fields=["closes_at"])
                _close_in_time(attempt)
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
