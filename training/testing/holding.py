"""Tests held in a session: opened, closed, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments import entry
from assessments.models import Attempt, ExamRoom, GradeRecord, Quiz
from assessments.starting import deal_forms, forms_for
from core import audit
from courses import services as course_services
from courses.catalogue import CourseInfo
from courses.models import Enrolment
from courses.queries import places_of
from people.models import Person
from training.audit import TEST_CLOSED, TEST_OPENED
from training.errors import TestNotHeld
from training.models import SessionTest, TrainingSession
from training.sessions import attendance

Part = SessionTest.Part


def quizzes_of(course: CourseInfo) -> dict[str, Quiz]:
    """The tests of a course that are held in a room, by part."""
    rows = Quiz.objects.filter(subject_key=course.key, kind__in=Part.values, entry=Quiz.Entry.ROOM)
    return {quiz.kind: quiz for quiz in rows.prefetch_related("sections").order_by("-pk")}


@transaction.atomic
def open_test(session: TrainingSession, part: str, course: CourseInfo, *, by: Person, at: datetime) -> ExamRoom:
    """Let those who are expected begin a test, by the code that is returned; opened again where it was closed by mistake.

    Who has no place in the course yet gets one. Raises TestNotHeld where the course has none, or the session was cancelled.
    """
    quiz = _quiz(session, part, course)
    _seat(session, quiz, course)
    test, made = SessionTest.objects.select_for_update().get_or_create(
        session=session, part=part, defaults={"quiz": quiz, "opened_at": at, "opened_by": by}
    )
    if not made and not test.is_open:
        test.closed_at = None
        test.save()
    audit.record(TEST_OPENED, by=by, about=session, test=quiz.code)
    return entry.open_room(quiz, session.cohort, by=by, at=at)


@transaction.atomic
def close_test(session: TrainingSession, part: str, *, by: Person, at: datetime) -> int:
    """End a test for everybody. Returns how many were still at it; twice is once."""
    test = SessionTest.objects.select_for_update(of=("self",)).select_related("quiz").filter(session=session, part=part).first()  # fmt: skip
    if test is None or not test.is_open:
        return 0
    test.closed_at = at
    test.save()
    audit.record(TEST_CLOSED, by=by, about=session, test=test.quiz.code)
    return entry.end_room(test.quiz, session.cohort, at=at)


def _quiz(session: TrainingSession, part: str, course: CourseInfo) -> Quiz:
    quiz = quizzes_of(course).get(part)
    if quiz is None or session.is_cancelled:
        raise TestNotHeld
    return quiz


def _seat(session: TrainingSession, quiz: Quiz, course: CourseInfo) -> None:
    """A place in the course for everyone expected who has none, and a form for each half."""
    people = attendance.expected(session)
    course_services.enrol(people, course, cohort=session.cohort)
    deal_forms(quiz, people)


@transaction.atomic
def held_on_paper(session: TrainingSession, part: str, course: CourseInfo, *, by: Person, at: datetime) -> SessionTest:
    """The test of a session as it was held; where it was on paper only, before or after what was taught. Raises TestNotHeld."""
    quiz = _quiz(session, part, course)
    _seat(session, quiz, course)
    then = min(session.starts_at if part == Part.PRE else session.ends_at, at)
    return SessionTest.objects.get_or_create(
        session=session, part=part, defaults={"quiz": quiz, "opened_at": then, "closed_at": then, "opened_by": by}
    )[0]


@dataclass(frozen=True)
class Seat:
    """One person at a test. form: which they get or got; attempt: their newest in this course; grade: None until handed in."""

    person: Person
    enrolment: Enrolment | None
    form: str
    attempt: Attempt | None
    grade: GradeRecord | None


def seats(quiz: Quiz, people: Sequence[Person]) -> list[Seat]:
    """Everyone with their newest attempt, and the form that who has none will get."""
    enrolments = {pk: place for (pk, _course), place in places_of(people, [quiz.subject_key]).items()}
    scopes = [one.public_id for one in enrolments.values()]
    attempts = {one.person_id: one for one in Attempt.objects.filter(quiz=quiz, scope__in=scopes).order_by("number")}
    grades = {one.attempt_id: one for one in GradeRecord.objects.filter(attempt__in=attempts.values()).standing()}
    forms = forms_for(quiz, [person for person in people if person.pk not in attempts])
    found = []
    for person in people:
        attempt = attempts.get(person.pk)
        form = attempt.form if attempt else forms[person.pk]
        found.append(
            Seat(person, enrolments.get(person.pk), form, attempt, grades.get(attempt.pk) if attempt else None)
        )
    return found
