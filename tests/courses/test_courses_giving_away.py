"""While somebody may be asked something again, no earlier result tells its answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments import showing
from assessments.ending import submit_attempt
from assessments.models import Attempt, Item, Quiz, QuizSection
from assessments.starting import start_attempt
from courses.models import Enrolment
from tests.assessments import sitting
from tests.courses.practising import complete, text_of
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db
HIDDEN = "The answers are not shown while you may be asked these questions again."


@pytest.fixture
def done(enrolment):
    """The course complete, its exam sat with every item there is."""
    QuizSection.objects.filter(quiz=sitting.the_exam()).update(count=4)
    return complete(sitting.learn_all(enrolment))


def told(client, attempt):
    """Whether a result tells answers; what is no answer, it tells always."""
    page = text_of(client.get(attempt.get_absolute_url()))
    assert '<p class="score">' in page
    version = sitting.versions_of(attempt)[0]
    tells = [text in page for text in version.texts["en"]["rationales"].values()]
    assert len(set(tells)) == 1
    assert ("Your answers</h2>" in page, HIDDEN in page) == (tells[0], not tells[0])
    return tells[0]


def exam_attempt(enrolment):
    return Attempt.objects.get(scope=enrolment.public_id, quiz=sitting.the_exam())


def probe(client, enrolment):
    """The attempt at the probe that is open."""
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now() - timedelta(days=30))
    place = client.post(Quiz.objects.get(code="C1-PROBE").get_absolute_url()).headers["Location"]
    return Attempt.objects.get(public_id=place.split("/")[2])


def test_the_exam_of_a_course_that_is_taken_again_is_told_only_after_it_was_passed_again(officer, done):
    assert told(officer, exam_attempt(done)) is True
    again = EnrolmentFactory(person=done.person)
    assert told(officer, exam_attempt(done)) is False
    complete(sitting.learn_all(again))
    assert [told(officer, exam_attempt(one)) for one in (done, again)] == [True, True]


def test_a_course_taken_again_and_given_up_hides_nothing(officer, done):
    EnrolmentFactory(person=done.person, status=Enrolment.Status.WITHDRAWN)
    assert told(officer, exam_attempt(done)) is True


def test_of_a_course_taken_again_whose_attempts_are_used_up_it_is_told(officer, done):
    again = sitting.learn_all(EnrolmentFactory(person=done.person))
    Quiz.objects.filter(pk=sitting.the_exam().pk).update(attempts_allowed=1)
    sitting.sit(again, right=False)
    assert [told(officer, exam_attempt(one)) for one in (done, again)] == [True, True]


def test_the_result_of_a_probe_is_not_told_while_the_course_is_taken_again(officer, done):
    attempt = submit_attempt(probe(officer, done), at=timezone.now())
    assert told(officer, attempt) is True
    EnrolmentFactory(person=done.person)
    assert told(officer, attempt) is False


def test_the_exam_is_not_told_while_an_open_probe_asks_its_items(officer, done):
    keep = {version.code for version in sitting.versions_of(exam_attempt(done))}
    Item.objects.exclude(code__in=keep).update(live=False)
    attempt = probe(officer, done)
    assert told(officer, exam_attempt(done)) is False
    submit_attempt(attempt, at=timezone.now())
    assert told(officer, exam_attempt(done)) is True


def test_an_open_sitting_that_asks_something_else_hides_nothing(officer, done):
    attempt = exam_attempt(done)
    half, rest = attempt.paper["items"][:4], {version.code for version in sitting.versions_of(attempt)[4:]}
    other = Attempt.objects.exclude(pk=attempt.pk).filter(person=done.person)
    assert half
    assert not other.open().exists()
    Item.objects.exclude(code__in=rest).update(live=False)
    quiz = Quiz.objects.create(code="X", kind=Quiz.Kind.PRACTICE, subject_key=done.course_key)
    check = Item.objects.get(code="MIG-M01.O1-101", locale__language_code="en")
    Item.objects.filter(translation_key=check.translation_key).update(live=True)
    QuizSection.objects.create(quiz=quiz, position=0, items=[str(check.translation_key)])
    start_attempt(quiz, done.person, scope=done.public_id, at=timezone.now())
    assert told(officer, attempt) is True


@pytest.mark.parametrize("drawn", [True, False])
def test_a_pre_test_is_told_once_the_exam_that_may_ask_its_items_is_behind(drawn, officer, enrolment):
    QuizSection.objects.filter(quiz=sitting.the_exam()).update(count=4)
    sitting.learn_all(enrolment)
    test = Quiz.objects.create(
        code="C1-PRE", kind=Quiz.Kind.PRE_TEST, subject_key=enrolment.course_key, attempts_allowed=1, shown=showing.after_attempt()
    )  # fmt: skip
    key = str(Item.objects.get(code="MIG-M01.O1-001", locale__language_code="en").translation_key)
    section = {"objective": "M01.O1", "count": 1} if drawn else {"items": [key]}
    QuizSection.objects.create(quiz=test, position=0, **section)
    attempt = start_attempt(test, enrolment.person, scope=enrolment.public_id, at=timezone.now())
    submit_attempt(attempt, at=timezone.now())
    assert told(officer, attempt) is False
    complete(enrolment)
    assert told(officer, attempt) is True
