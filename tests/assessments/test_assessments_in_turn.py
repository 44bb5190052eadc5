"""An interview in a quiz that is answered question by question, without going back and without script."""

import pytest

from assessments.models import Quiz
from assessments.sheets import sheet_of
from tests.assessments import asking, sitting
from tests.assessments.asking import Form
from tests.assessments.every import EVERY

pytestmark = pytest.mark.django_db
GO, LEAVE = "Save and go on", "Leave this question and go on"


@pytest.fixture
def attempt(enrolment):
    """An interview, and a question after it."""
    Quiz.objects.filter(pk=sitting.the_exam().pk).update(is_sequential=True)
    return asking.exam_of(
        enrolment, asking.item("scenario", EVERY["scenario"].content), asking.item("single", EVERY["single"].content)
    )


@pytest.fixture
def form(officer, attempt):
    """The page as it stands when it is called."""
    return lambda: Form(officer, f"/attempt/{attempt.public_id}/")


def counted(page):
    """How many the page says are answered."""
    return page.partition("data-answered>")[2].partition("<")[0]


@pytest.mark.parametrize("button", ["go", "next"])
def test_a_choice_leads_on_in_the_interview_whichever_button_is_pressed(button, form, attempt):
    page = form().put("item-0", "door:greet").send(button)
    assert "She sits down." in page
    assert (sheet_of(attempt).place, sheet_of(attempt).answers, counted(page)) == (0, {0: ["door:greet"]}, "0")
    assert (LEAVE in page, GO in page) == (True, False)


def test_its_own_button_is_the_first_so_that_the_enter_key_presses_it(form):
    assert form().form.select_one("button")["value"] == "go"


def test_after_its_end_one_goes_on_and_it_is_counted(form, attempt):
    form().put("item-0", "door:greet").send("go")
    page = form().add("item-0", "seat:ask").send("go")
    assert ("The interview has ended." in page, counted(page), GO in page) == (True, "1", True)
    page = form().send("next")
    assert ("Question 2" in page, counted(page), sheet_of(attempt).place) == (True, "1", 1)


def test_it_can_be_left_before_its_end_and_counts_as_not_answered(form, attempt):
    form().put("item-0", "door:greet").send("go")
    page = form().send("next")
    assert ("Question 2" in page, counted(page), sheet_of(attempt).answers) == (True, "0", {0: ["door:greet"]})
    page = form().put("item-1", "a").send("next")
    assert "Hand in?" in page
    assert "1 of 2 questions are answered and saved." in page
    assert "Back to the questions" not in page


def test_a_choice_that_is_not_offered_moves_nobody(form, attempt):
    page = form().put("item-0", "seat:ask").send("next")
    assert "An answer could not be read." in page
    assert (sheet_of(attempt).place, sheet_of(attempt).answers) == (0, {})


def test_the_last_choice_sent_with_the_next_button_is_kept_and_leads_on(form, attempt):
    form().put("item-0", "door:greet").send("go")
    page = form().add("item-0", "seat:ask").send("next")
    assert ("Question 2" in page, sheet_of(attempt).answers[0]) == (True, ["door:greet", "seat:ask"])
