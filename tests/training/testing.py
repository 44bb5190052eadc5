"""Tests in the room, for tests: a course with both, and people who sit them."""

from uuid import UUID, uuid4

from assessments import bank
from assessments.ending import submit_attempt
from assessments.models import Attempt, ExamRoom, Item, Quiz, QuizSection
from assessments.recording import Sent, record_steps
from assessments.starting import start_attempt
from content.models import ContentVersion
from courses.catalogue import catalogue
from courses.models import Enrolment

FORMS = {
    "A": ["MIG-M01.O1-001", "MIG-M01.O1-002", "HRP-M03.O1-001", "HRP-M03.O1-002"],
    "B": ["MIG-M01.O1-003", "MIG-M01.O1-004", "HRP-M03.O1-003", "HRP-M03.O1-004"],
}


def room_tests(**rules):
    """The pre- and the post-test of C1, in two forms of four items, opened in the room."""
    course = catalogue("en").by_code["C1"]
    keys = dict(Item.objects.values_list("code", "translation_key"))
    for kind, code in (("pre_test", "C1-PRE"), ("post_test", "C1-POST")):
        values = {
            "limit_seconds": 1500,
            "attempts_allowed": 1,
            "forms": "turns",
            "entry": "room",
            "late_hours": 48,
        } | rules
        quiz = Quiz.objects.create(code=code, kind=kind, subject_key=course.key, **values)
        for n, (form, codes) in enumerate(FORMS.items()):
            QuizSection.objects.create(quiz=quiz, position=n, form=form, items=[str(keys[one]) for one in codes])
    ContentVersion.advance()
    return catalogue("en").by_code["C1"]


def answers(attempt: Attempt, right: int) -> list[Sent]:
    """The first `right` questions answered rightly, the others with one wrong option."""
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    steps = []
    for place, item in enumerate(attempt.paper["items"]):
        key = versions[item["version"]].key
        value = sorted(one for one, correct in key.items() if correct == (place < right))[
            : None if place < right else 1
        ]
        steps.append(Sent(uuid4(), "answer", place, value, "phone", place + 1, 0))
    return steps


def begin(session, part, person, *, at) -> Attempt:
    """The attempt of somebody who types the code of the room."""
    quiz = session.tests.get(part=part).quiz
    room = ExamRoom.objects.get(quiz=quiz, cohort=session.cohort, closed_at=None)
    return start_attempt(quiz, person, scope=scope_of(person), at=at, code=room.code)


def scope_of(person) -> UUID:
    """Of somebody's place in C1."""
    return Enrolment.objects.get(person=person).public_id


def sit(session, part, person, right: int, *, at) -> Attempt:
    """A test sat to its end."""
    attempt = begin(session, part, person, at=at)
    record_steps(attempt, answers(attempt, right), at=at)
    return submit_attempt(attempt, at=at)
