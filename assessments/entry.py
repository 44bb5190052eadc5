"""Who gets into a quiz that asks for a code: the rooms that are open for it, and its printed tickets."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from assessments.errors import CodeWrong
from assessments.models import Attempt, ExamRoom, ExamTicket, Quiz
from assessments.tasks import close_in_time
from core.codes import clean_code, new_code
from people.models import Cohort, CohortMembership, Person

TICKET_LENGTH = 10  # 50 bits


def _learning(person: Person) -> QuerySet[CohortMembership]:
    return CohortMembership.objects.learners().filter(person=person)


def admit(quiz: Quiz, person: Person, code: str, *, at: datetime) -> ExamTicket | None:
    """Let somebody in by the code of an open room or of a ticket, which is returned. Raises CodeWrong."""
    code = clean_code(code)
    cohorts = _learning(person).values("cohort")
    if quiz.entry == Quiz.Entry.ROOM:
        if not ExamRoom.objects.filter(quiz=quiz, closed_at=None, code=code, cohort__in=cohorts).exists():
            raise CodeWrong
    elif quiz.entry == Quiz.Entry.TICKET:
        tickets = ExamTicket.objects.filter(quiz=quiz, digest=_digest(code), attempt=None)
        ticket = tickets.filter(
            Q(person=person) | Q(person=None, cohort__in=cohorts), valid_from__lte=at, valid_until__gt=at
        ).first()
        if ticket is None:
            raise CodeWrong
        return ticket
    return None


def use_ticket(ticket: ExamTicket, attempt: Attempt, *, at: datetime) -> None:
    """Mark a ticket as used by an attempt. Raises CodeWrong where another attempt was first."""
    if not ExamTicket.objects.filter(pk=ticket.pk, attempt=None).update(attempt=attempt, used_at=at):
        raise CodeWrong


def open_room(quiz: Quiz, cohort: Cohort, *, by: Person, at: datetime) -> ExamRoom:
    """The room that is open for a cohort, opened now where none is."""
    try:
        with transaction.atomic():
            return ExamRoom.objects.create(
                quiz=quiz, cohort=cohort, code=f"{secrets.randbelow(10**6):06d}", opened_by=by, opened_at=at
            )
    except IntegrityError:  # the other tap was first
        return ExamRoom.objects.get(quiz=quiz, cohort=cohort, closed_at=None)


def end_room(quiz: Quiz, cohort: Cohort, *, at: datetime) -> int:
    """Close the room and end what is still sat in it. Returns how many attempts that were.

    What was answered in time on a device without a line still counts, as far as the rules of the quiz wait for it.
    """
    close_room(quiz, cohort, at=at)
    people = CohortMembership.objects.learners().filter(cohort=cohort).values("person")
    still = list(Attempt.objects.filter(quiz=quiz, person__in=people).open().exclude(closes_at__lte=at))
    Attempt.objects.filter(pk__in=[one.pk for one in still]).update(closes_at=at)
    for attempt in still:
        attempt.closes_at = at
        close_in_time(attempt)
    return len(still)


def close_room(quiz: Quiz, cohort: Cohort, *, at: datetime) -> None:
    """Let nobody else begin by the room's code; who began goes on."""
    ExamRoom.objects.filter(quiz=quiz, cohort=cohort, closed_at=None).update(closed_at=at)


@transaction.atomic
def make_tickets(
    quiz: Quiz,
    cohort: Cohort,
    people: Sequence[Person],
    blank: int,
    *,
    by: Person,
    at: datetime,
    valid_from: datetime,
    valid_until: datetime,
) -> list[tuple[Person | None, str]]:
    """New tickets, one for each of `people` and `blank` ones without a name. Returns whose and the code.

    The codes are told this once: only digests are kept. Unused tickets of the same people end with it.
    """
    before = ExamTicket.objects.filter(quiz=quiz, person__in=people, attempt=None, valid_until__gt=at)
    before.filter(valid_from__lt=at).update(valid_until=at)
    before.filter(valid_from__gte=at).delete()
    made = [(person, new_code(TICKET_LENGTH)) for person in [*people, *[None] * blank]]
    ExamTicket.objects.bulk_create(
        ExamTicket(
            quiz=quiz, cohort=cohort, person=person, digest=_digest(code), valid_from=valid_from, valid_until=valid_until,
            made_by=by,
        )
        for person, code in made
    )  # fmt: skip
    return made


def _digest(code: str) -> str:
    return salted_hmac("assessments.entry", code, algorithm="sha256").hexdigest()
