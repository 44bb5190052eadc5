"""Beginning an attempt: its form, its paper and the rules that it keeps."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import IntegrityError

from assessments import bank, entry
from assessments.allowances import end_of
from assessments.errors import CodeWrong
from assessments.models import Attempt, DealtForm, Quiz
from assessments.standings import next_number, standing
from assessments.tasks import close_in_time
from core.db import write_transaction
from people.models import Person

OTHER: Final = {"A": "B", "B": "A"}


def form_for(quiz: Quiz, person: Person) -> str:
    """The form that a person gets next: A, B, or empty where there is one for all."""
    return forms_for(quiz, [person])[person.pk]


def forms_for(quiz: Quiz, people: Iterable[Person]) -> dict[int, str]:
    """The form that each gets next, in two queries at most.

    By turns it is the other than in the last test of the same subject, be it a pre-test or an earlier attempt; the first one
    is what was dealt to the group, and without that it follows from the person and the subject alone, so that about one
    half begins with each.
    """
    people = list(people)
    if quiz.forms != Quiz.Forms.TURNS:
        return {person.pk: quiz.forms for person in people}
    had = Attempt.objects.filter(person__in=people, quiz__subject_key=quiz.subject_key).exclude(form="")
    last = dict(had.order_by("started_at").values_list("person_id", "form"))
    first = {person.pk: person for person in people if person.pk not in last}
    dealt = dict(DealtForm.objects.filter(person__in=first, subject_key=quiz.subject_key).values_list("person_id", "form")) if first else {}  # fmt: skip
    return {
        pk: OTHER[last[pk]] if pk in last else dealt.get(pk) or "AB"[_draw(quiz, person) % 2]
        for pk, person in ((person.pk, person) for person in people)
    }


def _draw(quiz: Quiz, person: Person) -> int:
    return hashlib.sha256(f"{quiz.subject_key}/{person.public_id}".encode()).digest()[0]


def deal_forms(quiz: Quiz, people: Iterable[Person]) -> None:
    """Let one half of a group begin with form A and the other with B, who comes later filling up the smaller half. Who had a form
    keeps their turn. Twice is once.
    """
    if quiz.forms != Quiz.Forms.TURNS:
        return
    people = list(people)
    had = set(
        Attempt.objects.filter(person__in=people, quiz__subject_key=quiz.subject_key).exclude(form="").values_list("person_id", flat=True)
    )  # fmt: skip
    dealt = dict(
        DealtForm.objects.filter(person__in=people, subject_key=quiz.subject_key).values_list("person_id", "form")
    )
    counts = Counter(dealt.values())
    rows = []
    for person in sorted(people, key=lambda one: (_draw(quiz, one), one.pk)):
        if person.pk in had or person.pk in dealt:
            continue
        form = "A" if counts["A"] <= counts["B"] else "B"
        counts[form] += 1
        rows.append(DealtForm(person=person, subject_key=quiz.subject_key, form=form))
    DealtForm.objects.bulk_create(rows, ignore_conflicts=True)


def rules_of(quiz: Quiz, form: str, asked: Collection[str] | None = None) -> dict[str, Any]:
    """The rules that an attempt begins with and keeps."""
    return {
        "cut_score": str(quiz.cut_score),
        "limit_seconds": quiz.limit_seconds,
        "closes_at": quiz.closes_at.isoformat() if quiz.closes_at else None,
        "late_hours": quiz.late_hours,
        "shown": quiz.shown,
        "is_sequential": quiz.is_sequential,
        "sections": [
            {"objective": s.objective, "cut_score": None if s.cut_score is None else str(s.cut_score)}
            for s in bank.sections_of(quiz, form, asked)
        ],
    }


def start_attempt(
    quiz: Quiz,
    person: Person,
    *,
    scope: UUID,
    at: datetime,
    language: str = "",
    code: str = "",
    device: str = "",
    asked: Collection[str] | None = None,
) -> Attempt:
    """The open attempt, or a new one with its paper drawn and its rules frozen.

    language: what the person reads, "" if not known; kept to compare the versions of an item. code: what was typed, for a
    quiz that asks for one. device: on which it is sat. asked: the objectives that are asked of this person, None for all. Called twice at once it gives the same attempt. Raises NotOpenYet,
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
    seen = (
        bank.met_items(person) if quiz.kind == Quiz.Kind.PRACTICE else bank.asked_in(one.paper for one in now.attempts)
    )
    public_id = uuid4()
    # Drawn before the transaction, which is then one short write.
    paper = bank.draw_paper(quiz, seed=public_id.int, seen=seen, form=form, asked=asked)
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
                rules=rules_of(quiz, form, asked),
                language=language,
                started_at=at,
                closes_at=end_of(quiz.limit_seconds, quiz.closes_at, now.allowed, started_at=at),
            )
            if ticket:
                entry.use_ticket(ticket, attempt, at=at)
    except IntegrityError:  # the other tap was first
        return Attempt.objects.get(quiz=quiz, person=person, scope=scope, number=number)
    close_in_time(attempt)
    return attempt
