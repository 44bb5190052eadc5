"""The lesson page: the text, its checks, what is held back, and what an editor's change does to who is reading."""

import pytest
from django.contrib.messages import get_messages
from django.utils import translation

from assessments.models import Attempt, AttemptStep, Item, Quiz
from content.models import Fact
from tests.courses import lessons
from tests.courses.lessons import address, answer, complete, course_address
from tests.factories import EnrolmentFactory
from tests.translating import translate

pytestmark = pytest.mark.django_db

CHECK = "MIG-M01.O1-101"
SOURCE = "OHCHR, Recommended Principles and Guidelines, 2014, guideline 8"


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def officer(enrolment, sign_in):
    return sign_in(enrolment.person)


def text(client, code: str, language: str = "en") -> str:
    """A lesson's page."""
    return client.get(address(code, language)).content.decode()


def check(client, language: str = "en") -> dict:
    """The check of the first lesson, as the page gets it."""
    parts = client.get(address("M01.L1", language)).context["parts"]
    (found,) = [part["check"] for part in parts if part["check"]]
    return found


# --- Checks ------------------------------------------------------------------------------------------------------------


def test_before_it_is_answered_a_check_tells_nothing_about_right_and_wrong(officer):
    shown = text(officer, "M01.L1")
    assert f"Question {CHECK}?" in shown
    assert [word for word in (f"Reason a of {CHECK}", f"Remember {CHECK}", "your choice") if word in shown] == []


def test_an_answer_is_judged_at_once_with_the_reasons_of_all_options(officer):
    answer(officer, "M01.L1", CHECK, "b")
    shown = text(officer, "M01.L1")
    reasons = [f'<p class="rationale" lang="en">Reason {option} of {CHECK}.</p>' for option in "abc"]
    assert [reason for reason in reasons if reason not in shown] == []
    assert ("Not quite" in shown, f"Remember {CHECK}." in shown) == (True, True)


@pytest.mark.parametrize(("option", "is_right"), [("a", True), ("b", False), ("c", False)])
def test_an_answer_is_right_where_the_key_says_so(option, is_right, officer):
    answer(officer, "M01.L1", CHECK, option)
    assert check(officer)["is_right"] is is_right


def test_an_answer_lands_on_its_check(officer):
    assert answer(officer, "M01.L1", CHECK, "b").headers["Location"] == f"{address('M01.L1', 'my')}#check-{CHECK}"


def test_the_first_answer_stands(officer):
    answer(officer, "M01.L1", CHECK, "b")
    answer(officer, "M01.L1", CHECK, "a")
    chosen = [option["id"] for option in check(officer)["options"] if option["is_chosen"]]
    assert (chosen, check(officer)["is_right"]) == (["b"], False)


@pytest.mark.parametrize("options", [[], ["z"], ["a", "b"]], ids=["none", "one there is not", "two of a single choice"])
def test_what_is_no_answer_is_refused_and_leaves_the_check_open(options, officer):
    response = answer(officer, "M01.L1", CHECK, *options)
    assert (response.status_code, len(list(get_messages(response.wsgi_request)))) == (302, 1)
    assert (check(officer)["is_answered"], AttemptStep.objects.filter(kind="answer").count()) == (False, 0)


@pytest.mark.parametrize("item", ["HRP-M03.O1-101", "MIG-M01.O1-001", "nothing"])
def test_an_item_that_the_lesson_does_not_ask_cannot_be_answered_in_it(item, officer):
    answer(officer, "M01.L1", item, "a")
    assert AttemptStep.objects.filter(kind="answer").count() == 0


def test_a_lesson_without_checks_takes_no_answer(officer):
    answer(officer, "M01.L2", CHECK, "a")
    assert AttemptStep.objects.filter(kind="answer").count() == 0


def test_answers_of_one_officer_are_not_those_of_another(officer, sign_in):
    answer(officer, "M01.L1", CHECK, "b")
    officer.logout()
    assert check(sign_in(EnrolmentFactory().person))["is_answered"] is False


def test_a_check_is_burmese_on_the_burmese_page(officer):
    found = check(officer, "my")
    assert (found["language"], found["stem"]) == ("my", f"မြန်မာ Question {CHECK}?")


# --- What stands in a lesson -------------------------------------------------------------------------------------------


def test_a_fact_that_waits_for_a_lawyer_is_held_back_and_the_lawyer_named(officer):
    shown = text(officer, "M03.L1")
    waits = "This waits for a lawyer qualified in Myanmar and is not shown before."
    assert ("Nobody may be returned" in shown, waits in shown, "Waits for review" in shown) == (False, True, True)
    assert '<span class="code">R5</span>' in shown


def test_on_the_burmese_page_a_fact_that_waits_is_held_back_too(officer):
    shown = text(officer, "M03.L1", "my")
    with translation.override("my"):
        lawyer = translation.gettext("a lawyer qualified in Myanmar")
    assert ("Nobody may be returned" in shown, lawyer in shown, "lawyer" in lawyer) == (False, True, False)


def test_once_a_fact_is_approved_it_is_shown_at_once_with_its_source(officer):
    text(officer, "M03.L1")
    fact = Fact.objects.get(code="R5", locale__language_code="en")
    fact.status, fact.reviewer = Fact.Status.APPROVED, "U Ba, advocate"
    fact.save()
    shown = text(officer, "M03.L1")
    assert ('<p lang="en">Nobody may be returned to serious harm.</p>' in shown, "Waits for review" in shown) == (
        True,
        False,
    )


def test_a_fact_that_is_withdrawn_is_gone_at_once(officer):
    assert "Borders are not outside human rights." in text(officer, "M01.L1")
    fact = Fact.objects.get(code="R7", locale__language_code="en")
    fact.status = Fact.Status.WITHDRAWN
    fact.save()
    assert "Borders are not outside human rights." not in text(officer, "M01.L1")


@pytest.mark.parametrize("language", ["en", "my"])
def test_a_rule_is_shown_with_its_source_and_the_place_in_it(language, officer):
    assert f'<p class="source"><span lang="en">{SOURCE}</span></p>' in text(officer, "M01.L1", language)


def test_the_words_of_a_drawing_are_those_of_the_language(officer):
    words = [
        text(officer, "M01.L1", language).partition('font-size="16">')[2].partition("<")[0] for language in ("en", "my")
    ]
    assert words == ["A border", "မြန်မာ A border"]


def test_a_drawing_has_its_text_for_the_blind(officer):
    assert '<p class="visually-hidden">A line drawn across a field in M01 one.</p>' in text(officer, "M01.L1")


def test_signs_of_the_text_are_never_markup(officer):
    assert "<b>bold</b> and &quot;quotes&quot; &amp; signs." in text(officer, "M01.L1").replace(
        '"quotes"', "&quot;quotes&quot;"
    )


def test_a_draft_translation_says_that_it_is_one(officer):
    with translation.override("my"):
        notice = translation.gettext("Draft, to be reviewed by a translator.")
    assert [notice in text(officer, "M01.L1", language) for language in ("my", "en")] == [True, False]


def test_the_lesson_before_and_the_lesson_after_are_linked(officer):
    context = officer.get(address("M01.L2")).context
    assert (context["previous"]["url"], context["next"]["url"]) == (address("M01.L1"), address("M03.L1"))


def test_a_lesson_under_another_module_is_not_there(officer):
    assert officer.get(address("M01.L2").replace("/m01/", "/m03/")).status_code == 404


# --- What an editor changes ----------------------------------------------------------------------------------------------


def test_an_officer_sees_what_an_editor_published_at_once_and_keeps_the_progress(officer):
    complete(officer, "M01.L1")
    assert "Lesson one of M01" in text(officer, "M01.L1")
    page = lessons.page("M01.L1").get_latest_revision_as_object()
    page.title = "A better title"
    page.save_revision().publish()
    shown = officer.get(address("M01.L1"))
    assert (str(shown.context["lesson"].title), shown.context["state"].is_done) == ("A better title", True)


def test_a_draft_of_an_editor_is_seen_by_nobody(officer):
    page = lessons.page("M01.L1").get_latest_revision_as_object()
    page.title = "A better title"
    page.save_revision()
    assert str(officer.get(address("M01.L1")).context["lesson"].title) == "Lesson one of M01"


def test_who_answered_a_check_goes_on_seeing_the_question_as_it_was_asked(officer, sign_in):
    answer(officer, "M01.L1", CHECK, "a")
    item = Item.objects.get(code=CHECK, locale__language_code="en")
    item.stem = "A better question?"
    item.save_revision().publish()
    translate(item)
    assert (check(officer)["stem"], check(officer)["is_right"]) == (f"Question {CHECK}?", True)
    officer.logout()
    assert check(sign_in(EnrolmentFactory().person))["stem"] == "A better question?"


def second_check(lesson: str = "M01.L1") -> str:
    """An editor adds a second check to a lesson in English and publishes; gives its code."""
    first = Item.objects.get(code=CHECK, locale__language_code="en")
    values = {field.name: getattr(first, field.name) for field in first._meta.concrete_fields}
    for name in ("id", "translation_key", "latest_revision", "live_revision"):
        values.pop(name, None)
    item = Item(**values | {"code": "MIG-M01.O1-102", "stem": "A second question?"})
    item.save()
    item.save_revision().publish()
    page = lessons.page(lesson).get_latest_revision_as_object()
    page.body.append(("check", {"item": item.code}))
    page.save_revision().publish()
    return item.code


def test_the_answer_to_the_first_check_stays_seen_when_an_editor_adds_a_second_and_that_is_answered(officer):
    answer(officer, "M01.L1", CHECK, "a")
    code = second_check()
    answer(officer, "M01.L1", code, "b")
    parts = officer.get(address("M01.L1")).context["parts"]
    assert [part["check"]["is_answered"] for part in parts if part["check"]] == [True, True]


def test_who_reads_in_burmese_completes_a_lesson_to_which_a_check_was_added_in_english(officer, enrolment):
    second_check()
    shown = officer.get(address("M01.L1", "my")).context["parts"]
    for part in shown:
        if part["check"]:
            answer(officer, "M01.L1", part["check"]["code"], "a")
    lessons.read(officer, "M01.L1")
    assert enrolment.completions.filter(requirement="lesson").count() == 1
    assert Attempt.objects.count() == 1


def test_the_course_page_lists_what_is_published_now(officer):
    lessons.page("M01.L2").unpublish()
    lessons.page("M01.L2", "my").unpublish()
    now = officer.get(course_address()).context["progress"]
    assert [[lesson.info.code for lesson in module.lessons] for module in now.modules] == [["M01.L1"], ["M03.L1"]]


# --- A check whose item is withdrawn -----------------------------------------------------------------------------------


@pytest.fixture
def withdrawn():
    """The check of the first lesson, taken out of use by an editor."""
    for item in Item.objects.filter(code=CHECK):
        item.unpublish()


def test_a_check_that_was_withdrawn_is_neither_asked_nor_waited_for(officer, withdrawn):
    assert f"Question {CHECK}?" not in text(officer, "M01.L1")
    lessons.read(officer, "M01.L1")
    assert "This lesson is complete." in text(officer, "M01.L1")


def test_who_had_read_before_the_check_was_withdrawn_is_not_stuck(officer):
    lessons.read(officer, "M01.L1")
    assert "I have read this lesson" not in text(officer, "M01.L1")
    for item in Item.objects.filter(code=CHECK):
        item.unpublish()
    assert "I have read this lesson" in text(officer, "M01.L1")
    lessons.read(officer, "M01.L1")
    assert "This lesson is complete." in text(officer, "M01.L1")


def test_a_lesson_that_gets_another_code_keeps_its_check(officer):
    page = lessons.page("M01.L1")
    page.code = "M01.L9"
    page.save_revision().publish()
    quizzes = Quiz.objects.filter(kind=Quiz.Kind.CHECK, subject_key=page.translation_key)
    assert [quiz.code for quiz in quizzes] == ["M01.L9"]
