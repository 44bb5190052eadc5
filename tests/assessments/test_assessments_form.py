"""The exam as plain HTML: saving, old tabs, second taps, taking back, marks, and the language switch."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from assessments.ending import GRACE
from assessments.models import Attempt
from assessments.sheets import sheet_of
from tests.assessments import sitting
from tests.assessments.sitting import log_of

SAVED = "Your answers are saved on the server."


class Page:
    """The paper as a browser without script shows it: fields as they stand, to be changed and sent."""

    def __init__(self, client, attempt):
        self.client, self.url = client, f"/attempt/{attempt.public_id}/"
        self.soup = BeautifulSoup(client.get(self.url).content, "html.parser")
        self.fields: dict[str, list[str]] = {}
        for field in self.soup.select("form.questions input"):
            if field["type"] == "hidden" or field.has_attr("checked"):
                self.fields.setdefault(field["name"], []).append(field.get("value", "on"))

    def choose(self, place, *values):
        """Check exactly these options."""
        self.fields[f"item-{place}"] = list(values)
        return self

    def mark(self, place, on=True):
        """Check or uncheck the mark."""
        self.fields[f"flag-{place}"] = ["on"] if on else []
        return self

    def send(self, action="save"):
        """Press a button; the page that comes after."""
        response = self.client.post(self.url, {**self.fields, "action": action}, follow=True)
        self.last = response
        return response.content.decode()


@pytest.fixture
def options(attempt):
    return [item["options"] for item in attempt.paper["items"]]


def test_what_was_chosen_is_saved_and_said(officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0]).choose(3, options[3][1])
    assert SAVED in page.send()
    assert sheet_of(attempt).answers == {0: [options[0][0]], 3: [options[3][1]]}


def test_what_was_saved_is_shown_again(officer, attempt, options):
    Page(officer, attempt).choose(2, options[2][1]).send()
    assert Page(officer, attempt).fields["item-2"] == [options[2][1]]


def test_a_question_left_alone_makes_no_step(officer, attempt, options):
    Page(officer, attempt).choose(0, options[0][0]).send()
    Page(officer, attempt).choose(1, options[1][0]).send()
    assert [row[:2] for row in log_of(attempt)] == [("answer", 0), ("answer", 1)]


def test_the_same_form_sent_twice_makes_one_step_of_each_kind(officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0]).mark(1)
    assert (SAVED in page.send(), SAVED in page.send()) == (True, True)
    assert [row[:2] for row in log_of(attempt)] == [("answer", 0), ("flag", 1)]


def test_going_back_to_the_same_page_to_choose_again_counts_each_time(officer, attempt, options):
    first, second = options[0][:2]
    page = Page(officer, attempt)
    for choice in (first, second, first):
        assert SAVED in page.choose(0, choice).send()
    assert sheet_of(attempt).answers == {0: [first]}


def test_an_old_tab_does_not_overwrite_a_newer_answer_and_says_so(officer, attempt, options):
    old, new = Page(officer, attempt), Page(officer, attempt)
    new.choose(0, options[0][0]).send()
    text = old.choose(0, options[0][1]).send()
    assert "This page was older than what you saved elsewhere. The newer answer was kept; check it below." in text
    assert sheet_of(attempt).answers == {0: [options[0][0]]}
    assert log_of(attempt)[1][2:] == ([options[0][1]], "superseded")


def test_an_old_tab_leaves_alone_what_it_did_not_change(officer, attempt, options):
    old, new = Page(officer, attempt), Page(officer, attempt)
    new.choose(0, options[0][0]).send()
    assert SAVED in old.choose(1, options[1][0]).send()
    assert sheet_of(attempt).answers == {0: [options[0][0]], 1: [options[1][0]]}


def test_an_old_tab_does_not_take_back_what_was_answered_elsewhere(officer, attempt, options):
    old = Page(officer, attempt)
    Page(officer, attempt).choose(0, options[0][0]).send()
    old.send()
    assert sheet_of(attempt).answers == {0: [options[0][0]]}


def test_every_choice_taken_back_is_no_answer(officer, whole):
    place = sitting.place_of(whole, "multiple")
    Page(officer, whole).choose(place, "a", "b").send()
    Page(officer, whole).choose(place).send()
    assert sheet_of(whole).answers == {}
    assert [row[0] for row in log_of(whole)] == ["answer", "clear"]


def test_one_of_several_choices_taken_back_leaves_the_others(officer, whole):
    place = sitting.place_of(whole, "multiple")
    Page(officer, whole).choose(place, "a", "b").send()
    Page(officer, whole).choose(place, "b").send()
    assert sheet_of(whole).answers == {place: ["b"]}


def test_a_mark_is_kept_shown_and_removed(officer, attempt):
    Page(officer, attempt).mark(2).send()
    assert sheet_of(attempt).flags == {2}
    assert "Marked to look at again" in officer.get(f"/attempt/{attempt.public_id}/submit/").content.decode()
    page = Page(officer, attempt)
    assert page.fields["flag-2"] == ["on"]
    page.mark(2, on=False).send()
    assert sheet_of(attempt).flags == set()


def test_looking_over_saves_first(officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0])
    page.send("finish")
    assert page.last.redirect_chain == [(f"/attempt/{attempt.public_id}/submit/", 302)]
    assert sheet_of(attempt).answers == {0: [options[0][0]]}


@pytest.mark.parametrize("values", [["z"], ["a", "b"]])
def test_a_value_that_is_no_option_is_refused_and_the_others_are_saved(values, officer, attempt, options):
    single = sitting.place_of(attempt, "single")
    other = next(place for place in range(4) if place != single)
    text = Page(officer, attempt).choose(single, *values).choose(other, options[other][0]).send()
    assert "An answer could not be read. Choose it again; the others are saved." in text
    assert sheet_of(attempt).answers == {other: [options[other][0]]}


def test_a_form_sent_after_the_end_is_kept_as_late_and_leads_to_the_result(officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0])
    Attempt.objects.update(closes_at=timezone.now() - GRACE - timedelta(seconds=1))
    text = page.send()
    assert "Time has run out. The answers saved before then count; here is your result." in text
    assert [row[3] for row in log_of(attempt)] == ["late", "accepted"]  # the answer, the hand-in


def test_a_form_sent_after_handing_in_changes_nothing(officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0])
    officer.post(f"/attempt/{attempt.public_id}/submit/")
    page.send()
    assert sheet_of(attempt).answers == {}
    assert attempt.grades.get().score == 0


@pytest.mark.parametrize("broken", [{"token": ["x"]}, {"base": ["-1"]}, {"base": ["x"]}, {"token": []}, {"base": []}])
def test_a_form_whose_own_numbers_are_broken_still_saves_a_first_answer(broken, officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0])
    page.fields |= broken
    assert SAVED in page.send()
    assert sheet_of(attempt).answers == {0: [options[0][0]]}


def test_a_form_without_any_field_saves_nothing(officer, attempt):
    assert officer.post(f"/attempt/{attempt.public_id}/").status_code == 302
    assert attempt.steps.count() == 0


def test_changing_the_language_in_the_middle_keeps_answers_marks_and_order(officer, attempt, options):
    Page(officer, attempt).choose(0, options[0][0]).choose(1, options[1][2]).mark(1).send()
    english = Page(officer, attempt)
    officer.post("/language/", {"language": "my", "next": english.url})
    burmese = Page(officer, attempt)
    own = ("csrfmiddlewaretoken", "token")
    assert {name: value for name, value in burmese.fields.items() if name not in own} == {
        name: value for name, value in english.fields.items() if name not in own
    }
    shown = [[field["value"] for field in page.soup.select("label.option input")] for page in (english, burmese)]
    assert shown[0] == shown[1] == [option for item in options for option in item]
    stems = burmese.soup.select(".stem p")
    assert [stem.text[:6] for stem in stems] == ["မြန်မာ"] * 4


def test_an_answer_chosen_in_burmese_counts_as_in_english(officer, attempt):
    officer.cookies["lang"] = "my"
    page = Page(officer, attempt)
    for place, value in sitting.right_answers(attempt).items():
        page.choose(place, *value)
    page.send()
    officer.cookies["lang"] = "en"
    officer.post(f"/attempt/{attempt.public_id}/submit/")
    assert attempt.grades.get().score == 4


def test_a_question_without_translation_is_shown_in_english_and_says_so_to_the_screen_reader(officer, enrolment):
    from assessments.models import Item

    Item.objects.filter(locale__language_code="my").update(live=False)
    for item in Item.objects.filter(locale__language_code="en"):
        item.save_revision().publish()
    attempt = sitting.begin(enrolment)
    officer.cookies["lang"] = "my"
    stems = Page(officer, attempt).soup.select(".stem")
    assert [(stem["lang"], stem.text.strip()[:8]) for stem in stems] == [("en", "Question")] * 4


# --- Kept on the device ---------------------------------------------------------------------------------------------------


@pytest.fixture
def sheet(officer, attempt):
    """The element around the paper as it stands when it is called."""
    return lambda: Page(officer, attempt).soup.select_one("attempt-sheet")


def test_a_paper_is_kept_under_its_person_and_attempt(sheet, attempt):
    assert sheet()["data-kept"] == f"attempt-{attempt.person.public_id}-{attempt.public_id}"
    assert sheet()["data-worker"] == "/attempt/worker.js"


def test_a_paper_without_going_back_is_not_kept(sheet, attempt):
    attempt.rules["is_sequential"] = True
    attempt.save()
    assert [name for name in ("data-kept", "data-worker") if sheet().has_attr(name)] == []


def test_the_worker_reaches_attempts_only(officer):
    script = officer.get("/attempt/worker.js")
    assert (script["Content-Type"], script.get("Service-Worker-Allowed")) == ("text/javascript; charset=utf-8", None)
    assert "data-known" in script.content.decode()
