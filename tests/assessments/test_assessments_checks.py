"""Checks in lessons: judged at once, the first answer stands, and nothing is asked twice."""

import pytest
from django.db import OperationalError

from assessments import checks
from assessments.models import Attempt, AttemptStep
from courses.catalogue import catalogue
from courses.models import Completion
from tests.factories import EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
CODE = "MIG-M01.O1-101"
LESSON = "/en/courses/c1/m01/one/"
REASONS = [f"Reason {option} of {CODE}." for option in "abc"]


@pytest.fixture
def learner(client):
    """Somebody enrolled who did nothing yet."""
    client.force_login(EnrolmentFactory().person)
    client.cookies["lang"] = "en"
    return client


def check_url(code=CODE):
    """Where the check of the first lesson is answered."""
    _module, lesson = catalogue("en").by_code["C1"].lessons[0]
    return f"/learn/lessons/{lesson.key}/check/{code}/"


def shown(client):
    """How many of the three reasons the lesson shows."""
    page = client.get(LESSON).content.decode()
    return sum(reason in page for reason in REASONS)


def checks_met():
    """How often answering the checks of a lesson was noted."""
    return Completion.objects.filter(requirement="checks").count()


def test_nothing_is_given_away_before_the_answer(learner):
    page = learner.get(LESSON).content.decode()
    assert (shown(learner), f"Remember {CODE}." in page, "Right answer" in page) == (0, False, False)


def test_an_answer_lands_on_the_check_and_is_judged_with_every_reason(learner):
    response = learner.post(check_url(), {"option": "b"})
    assert response.headers["Location"] == f"{LESSON}#check-{CODE}"
    page = learner.get(LESSON).content.decode()
    assert (shown(learner), f"Remember {CODE}." in page, "Not quite" in page) == (3, True, True)


def test_a_right_answer_is_said_to_be_right(learner):
    learner.post(check_url(), {"option": "a"})
    assert '<span class="mark done">Right</span>' in learner.get(LESSON).content.decode()


@pytest.mark.parametrize("option", ["a", "b"])
def test_right_or_wrong_the_checks_of_the_lesson_are_answered(option, learner):
    learner.post(check_url(), {"option": option})
    assert checks_met() == 1


def test_the_first_answer_stands(learner):
    learner.post(check_url(), {"option": "b"})
    learner.post(check_url(), {"option": "a"})
    assert list(AttemptStep.objects.filter(kind="answer").values_list("value", flat=True)) == [["b"]]
    assert "Not quite" in learner.get(LESSON).content.decode()


def test_a_second_tap_starts_no_second_attempt(learner):
    for _tap in range(2):
        learner.post(check_url(), {"option": "b"})
    assert list(Attempt.objects.values_list("number", "status")) == [(1, "submitted")]


def test_a_check_that_broke_off_before_it_was_judged_is_judged_on_the_next_tap(learner, monkeypatch):
    def down(*args, **kwargs):
        raise OperationalError("killed")

    learner.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(checks, "submit_attempt", down)
        assert learner.post(check_url(), {"option": "b"}).status_code == 503
    learner.post(check_url(), {"option": "b"})
    assert (checks_met(), Attempt.objects.get().status) == (1, "submitted")


@pytest.mark.parametrize("sent", [{}, {"option": "z"}, {"option": ["a", "b"]}, {"option": ""}])
def test_what_is_no_answer_is_said_and_not_stored(sent, learner):
    page = learner.post(check_url(), sent, follow=True).content.decode()
    assert "This answer could not be read. Choose again; your other answers are kept." in page
    assert (AttemptStep.objects.count(), checks_met()) == (0, 0)


def test_to_the_page_s_script_it_is_said_where_the_answer_is_judged_as_often_as_it_is_sent(learner):
    for _sending in range(2):
        response = learner.post(check_url(), {"option": "b"}, headers={"accept": "application/json"})
        assert response.json() == {"url": f"{LESSON}#check-{CODE}"}
    assert AttemptStep.objects.filter(kind="answer").count() == 1


def test_to_the_page_s_script_it_is_said_why_an_answer_was_not_taken(learner):
    response = learner.post(check_url(), {"option": "z"}, headers={"accept": "application/json"})
    assert response.json() == {"said": "This answer could not be read. Choose again; your other answers are kept."}
    assert "could not be read" not in learner.get(LESSON).content.decode()  # said once


@pytest.mark.parametrize("code", ["HRP-M03.O1-101", "MIG-M01.O1-001", "nothing"])
def test_an_item_that_the_lesson_does_not_ask_is_no_check(code, learner):
    learner.post(check_url(code), {"option": "a"})
    assert AttemptStep.objects.count() == 0


def test_a_lesson_without_checks_has_none_to_answer(learner):
    _module, lesson = catalogue("en").by_code["C1"].lessons[1]
    learner.post(f"/learn/lessons/{lesson.key}/check/{CODE}/", {"option": "a"})
    assert AttemptStep.objects.count() == 0


def test_a_check_of_a_course_one_is_not_enrolled_in_is_not_there(client):
    client.force_login(PersonFactory())
    assert client.post(check_url(), {"option": "a"}).status_code == 404


def test_a_check_has_no_page_of_its_own(learner):
    learner.post(check_url(), {"option": "b"})
    attempt = Attempt.objects.get()
    for place in (f"/quiz/{attempt.quiz.public_id}/", f"/attempt/{attempt.public_id}/"):
        assert learner.get(place).status_code == 404


def test_a_lesson_shows_the_version_that_was_answered(learner):
    from assessments.models import Item

    learner.post(check_url(), {"option": "b"})
    item = Item.objects.get(code=CODE, locale__language_code="en")
    item.stem = "Quite another question?"
    item.save_revision().publish()
    page = learner.get(LESSON).content.decode()
    assert (f"Question {CODE}?" in page, "Quite another question?" in page) == (True, False)


def test_a_trainer_without_a_place_reads_the_check_and_cannot_answer(sign_in):
    trainer = sign_in(PersonFactory(trainer=True))
    page = trainer.get("/en/courses/c1/m01/one/").content.decode()
    assert (f"Question {CODE}?" in page, "/check/" in page) == (True, False)
    assert trainer.post(check_url(), {"option": "a"}).status_code == 404


@pytest.mark.parametrize("language", ["my", "en"])
def test_a_check_keeps_the_language_it_was_answered_in(language, learner):
    learner.cookies["lang"] = language
    learner.post(check_url(), {"option": "a"})
    assert Attempt.objects.get().language == language
