"""Practice after a module: what is asked, judged at once, once, and never given away before."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import refresher
from assessments.models import Item, ItemVersion, Quiz, QuizSection, RefresherCard, RefresherReview
from assessments.starting import start_attempt
from content.models import ContentVersion
from courses.models import Enrolment
from courses.services import make_up_cards
from tests.assessments import asking, sitting
from tests.assessments.asked import ASKED
from tests.assessments.test_assessments_secrets import assert_silent, tell_tales
from tests.courses.practising import ANSWER, PAGE, asked, complete, days_pass, give, some_id, text_of, version_of
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def learned(enrolment):
    """Every module complete, the exam not passed."""
    return sitting.learn_all(enrolment)


@pytest.fixture
def done(learned):
    """The course complete."""
    return complete(learned)


def codes(client):
    """The items that the page asks, by code."""
    return sorted(version_of(form).code for form in asked(client))


CHECKS = ["HRP-M03.O1-101", "MIG-M01.O1-101"]


# --- What is asked ----------------------------------------------------------------------------------------------------------


def test_before_a_module_is_complete_nothing_is_asked_and_the_page_says_what_will_be(officer):
    page = text_of(officer.get(PAGE))
    assert (RefresherCard.objects.count(), "Nothing to refresh now." in page) == (0, True)
    assert "When you complete a module, its questions come here again" in page


@pytest.mark.usefixtures("learned")
def test_what_was_learned_is_asked_from_the_second_day_on(officer):
    assert asked(officer) == []
    assert re.search(r"The next question comes on \d+ \w+ \d{4}\.", text_of(officer.get(PAGE)))
    days_pass(2)
    assert codes(officer) == CHECKS


@pytest.mark.usefixtures("learned")
def test_while_the_exam_lies_ahead_only_the_checks_of_lessons_are_asked():
    assert {(card.objective, version.use) for card in RefresherCard.objects.all()
            for version in ItemVersion.objects.filter(item_key=card.item_key)} == {("M01.O1", "check"), ("M03.O1", "check")}  # fmt: skip


def test_after_the_course_each_objective_has_three_cards_and_items_not_met_come_first(done):
    met = {key for attempt in done.person.attempts.all() for key in
           ItemVersion.objects.filter(pk__in=[i["version"] for i in attempt.paper["items"]]).values_list("item_key", flat=True)}  # fmt: skip
    cards = RefresherCard.objects.filter(person=done.person)
    assert sorted(cards.values_list("objective", flat=True)) == ["M01.O1"] * 3 + ["M03.O1"] * 3
    # One is the check of the lesson; two of four exam items were not in the exam.
    assert [card for card in cards if card.item_key in met] == []


def test_completing_the_course_again_gives_no_second_set_of_cards(done):
    complete(sitting.learn_all(EnrolmentFactory(person=done.person)))
    assert RefresherCard.objects.filter(person=done.person).count() == 6


def test_who_takes_the_course_again_is_asked_no_exam_item_until_it_is_passed(officer, done):
    days_pass(3)
    assert len(asked(officer)) == 6
    EnrolmentFactory(person=done.person)
    assert codes(officer) == CHECKS


def test_an_item_that_is_being_asked_in_an_open_sitting_is_not_practised(officer, done):
    days_pass(3)
    exam = sitting.the_exam()
    exam.sections.update(count=4)  # every exam item that there is
    start_attempt(exam, done.person, scope=some_id(), at=timezone.now())
    assert codes(officer) == CHECKS


@pytest.mark.usefixtures("learned")
def test_an_interview_is_not_asked_since_an_answer_here_is_judged_at_once(officer, enrolment):
    asking.ask_in_lesson("scenario", ASKED["scenario"].content)
    sitting.learn_all(enrolment)
    days_pass(2)
    assert codes(officer) == [code for code in CHECKS if code != asking.CHECK]


@pytest.mark.usefixtures("learned")
def test_an_item_that_was_withdrawn_is_not_asked(officer):
    days_pass(3)
    Item.objects.filter(code=CHECKS[0]).update(live=False)
    assert codes(officer) == CHECKS[1:]


def test_three_questions_a_week_on_an_objective_at_most_even_if_all_were_wrong(officer, done):
    days_pass(3)
    for _day in range(6):
        for form in asked(officer):
            give(officer, form, right=False)
        RefresherCard.objects.update(
            due_at=timezone.now() - timedelta(minutes=1), reviewed_at=timezone.now() - timedelta(hours=1)
        )
    found = RefresherReview.objects.values_list("card__objective", flat=True)
    assert sorted(found) == ["M01.O1"] * 3 + ["M03.O1"] * 3
    later = timezone.now() + timedelta(days=7)
    pool = frozenset(["M01.O1", "M03.O1"])
    assert len(refresher.plan(done.person, exam_pool=pool, at=later).turns) == 6


def test_who_learned_before_there_were_cards_is_given_them_once(done):
    made = RefresherCard.objects.count()
    probe = Quiz.objects.get(code="C1-PROBE")
    assert make_up_cards() == 0
    RefresherCard.objects.all().delete()
    probe.sections.all().delete()
    assert (make_up_cards(), make_up_cards()) == (made, 0)
    learned_at = dict(done.completions.filter(requirement="module").values_list("code", "met_at"))
    for card in RefresherCard.objects.all():
        assert card.reviewed_at == learned_at[card.objective.partition(".")[0]]
    assert probe.sections.count() == 2


def test_who_gave_a_course_up_is_given_no_cards(learned):
    RefresherCard.objects.all().delete()
    Enrolment.objects.update(status=Enrolment.Status.WITHDRAWN)
    assert make_up_cards() == 0


def test_an_item_that_the_exam_of_another_course_may_draw_by_its_tag_is_not_practised(officer, done):
    days_pass(3)
    assert len(asked(officer)) == 6
    Item.objects.filter(objective="M01.O1").update(tags="border")
    ContentVersion.advance()
    other = EnrolmentFactory(person=done.person, course_key=some_id(), course_code="C9")
    exam = Quiz.objects.create(code="C9-EXAM", kind=Quiz.Kind.EXAM, subject_key=other.course_key)
    QuizSection.objects.create(quiz=exam, position=0, tags="border", count=1)
    assert {form_objective for form in asked(officer) for form_objective in [version_of(form).objective] if version_of(form).use == "exam"} == {"M03.O1"}  # fmt: skip


# --- Judged at once ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize(("right", "word"), [(True, "Right"), (False, "Not quite")])
def test_an_answer_lands_on_the_question_judged_with_every_reason(right, word, officer):
    days_pass()
    form = asked(officer)[0]
    response = give(officer, form, right=right)
    assert response.headers["Location"] == f"/practice/answers/{form['token']}/"
    page = text_of(officer.get(response.headers["Location"]))
    code = version_of(form).code
    reasons = [f"Reason {option} of {code}." in page for option in "abc"]
    assert (reasons, f"Remember {code}." in page, f">{word}</span>" in page) == ([True] * 3, True, True)
    assert "Next question" in page


@pytest.mark.usefixtures("learned")
def test_a_wrong_answer_comes_back_tomorrow_and_a_right_one_much_later(officer):
    days_pass()
    first, second = asked(officer)
    give(officer, first, right=True)
    give(officer, second, right=False)
    waits = {str(card.public_id): (card.due_at - card.reviewed_at).days for card in RefresherCard.objects.all()}
    assert waits[second["card"]] == 1
    assert waits[first["card"]] > 7


@pytest.mark.usefixtures("learned")
def test_the_page_counts_what_was_answered_today_and_shows_how(officer):
    days_pass()
    give(officer, asked(officer)[0], right=False)
    page = text_of(officer.get(PAGE))
    assert '<progress value="1" max="2"></progress>' in page
    assert re.findall(r'class="mark (?:done|failed)">([^<]+)<', page.partition("Answered today</h2>")[2]) == [
        "Not quite"
    ]


@pytest.mark.usefixtures("learned")
def test_the_desk_says_how_many_questions_there_are_to_refresh(officer):
    assert "to refresh" not in text_of(officer.get("/learn/"))
    days_pass()
    assert "2 questions to refresh" in text_of(officer.get("/learn/"))
    give(officer, asked(officer)[0])
    assert "1 question to refresh" in text_of(officer.get("/learn/"))


# --- Once -------------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize("script", [True, False])
def test_the_same_answer_sent_twice_is_one(script, officer):
    days_pass()
    form = asked(officer)[0]
    first = give(officer, form, right=True, script=script)
    again = give(officer, form, right=False, script=script)
    assert (again.status_code, again.content, again.headers.get("Location")) == (
        first.status_code,
        first.content,
        first.headers.get("Location"),
    )
    assert list(RefresherReview.objects.values_list("is_right", flat=True)) == [True]


@pytest.mark.usefixtures("learned")
def test_an_older_page_changes_nothing_and_is_told_so(officer):
    days_pass()
    (old, _other), (new, _also) = asked(officer), asked(officer)
    give(officer, new, right=True)
    due = RefresherCard.objects.get(public_id=new["card"]).due_at
    assert give(officer, old, right=False, script=True).json() == {"verdict": "superseded"}
    page = text_of(officer.post(ANSWER, old | {"option": "a"}, follow=True))
    assert "This question is not asked now; it was answered before." in page
    assert (RefresherReview.objects.count(), RefresherCard.objects.get(public_id=new["card"]).due_at) == (1, due)


@pytest.mark.usefixtures("learned")
@pytest.mark.parametrize(
    "changed",
    [{"option": []}, {"option": "z"}, {"option": ["a", "b"]}, {"token": "x"}, {"card": some_id()}, {"version": some_id()}, {"card": ""}],
)  # fmt: skip
def test_what_is_no_answer_is_said_and_not_stored(changed, officer):
    days_pass()
    form = asked(officer)[0]
    assert give(officer, form, script=True, **changed).json() == {"verdict": "refused"}
    response = officer.post(ANSWER, form | {"option": "a"} | changed, follow=True)
    assert "This answer could not be read. Choose again; your other answers are kept." in text_of(response)
    assert RefresherReview.objects.count() == 0


@pytest.mark.usefixtures("learned")
def test_an_answer_to_another_question_than_the_cards_is_refused(officer):
    days_pass()
    first, second = asked(officer)
    assert give(officer, first | {"version": second["version"]}, script=True).json() == {"verdict": "refused"}


@pytest.mark.usefixtures("learned")
def test_an_answer_to_a_question_that_was_mended_meanwhile_is_judged_as_it_was_asked(officer):
    days_pass()
    form = asked(officer)[0]
    item = Item.objects.get(code=version_of(form).code, locale__language_code="en")
    item.stem = "Quite another question?"
    item.save_revision().publish()
    page = text_of(officer.get(give(officer, form).headers["Location"]))
    assert (f"Question {item.code}?" in page, "Quite another question?" in page) == (True, False)


# --- Nobody else's ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("learned")
def test_the_card_and_the_answer_of_somebody_else_are_not_there(officer, client):
    days_pass()
    form = asked(officer)[0]
    give(officer, form)
    client.force_login(EnrolmentFactory().person)
    assert client.get(f"/practice/answers/{form['token']}/").status_code == 404
    assert give(client, form, script=True).json() == {"verdict": "refused"}
    assert give(client, form | {"token": some_id()}, script=True).json() == {"verdict": "refused"}


# --- Nothing is given away --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["my", "en"])
def test_neither_page_nor_script_gives_anything_away_before_the_answer(language, officer, done):
    officer.cookies["lang"] = language
    days_pass()
    assert_silent(text_of(officer.get(PAGE)), PAGE)
    assert_silent(text_of(officer.get("/learn/")), "/learn/")
    forms = asked(officer)
    assert len(forms) == 6
    said = give(officer, forms[0], script=True)
    assert said.json() == {"verdict": "accepted", "url": f"/practice/answers/{forms[0]['token']}/"}
    assert_silent(said.content.decode(), ANSWER)
    assert_silent(give(officer, forms[1], script=True, option="z").content.decode(), ANSWER)


@pytest.mark.usefixtures("learned")
def test_right_and_wrong_answers_are_told_the_script_in_the_same_words(officer):
    days_pass()
    first, second = asked(officer)
    told = [give(officer, form, right=right, script=True).json() for form, right in ((first, True), (second, False))]
    assert [one | {"url": ""} for one in told] == [{"verdict": "accepted", "url": ""}] * 2


def test_who_takes_the_course_again_is_shown_no_reason_of_an_exam_item_answered_before(officer, done):
    days_pass()
    exam_item = next(form for form in asked(officer) if version_of(form).use == "exam")
    place = give(officer, exam_item).headers["Location"]
    assert officer.get(place).status_code == 200
    EnrolmentFactory(person=done.person)
    assert officer.get(place).status_code == 404
    page = text_of(officer.get(PAGE))
    assert (place in page, [text for text in tell_tales() if text in page]) == (False, [])


# --- What one has shown -----------------------------------------------------------------------------------------------------


def shown(client):
    """The objectives that the page says one has shown, with the day."""
    section = text_of(client.get(PAGE)).partition("What you have shown</h2>")[2]
    return re.findall(
        r'<span class="code">([^<]+)</span></p>\s*<p class="meta"><span class="mark \w+">([^<]+)<', section
    )


def test_what_one_has_shown_is_the_newest_right_answer_in_checks_exams_and_practice(officer, learned):
    from assessments.demonstrations import newest, note

    now = timezone.now()
    assert shown(officer) == []
    sitting.sit(learned, right=True)
    assert sorted(newest(learned.person)) == ["M01.O1", "M03.O1"]
    note(learned.person, ["M01.O1"], at=now - timedelta(days=200))  # older than what is known
    assert len({day for _code, day in shown(officer)}) == 1
    assert [code for code, _day in shown(officer)] == ["M01.O1", "M03.O1"]


def test_a_wrong_answer_shows_nothing(officer, learned):
    sitting.sit(learned, right=False)
    days_pass()
    give(officer, asked(officer)[0], right=False)
    assert shown(officer) == []
    give(officer, asked(officer)[0], right=True)
    assert len(shown(officer)) == 1


def test_a_right_answer_in_a_lesson_shows_its_objective(officer):
    from tests.courses.lessons import answer

    answer(officer, "M01.L1", "MIG-M01.O1-101", "a")
    answer(officer, "M03.L1", "HRP-M03.O1-101", "b")
    assert [code for code, _day in shown(officer)] == ["M01.O1"]


# --- What it costs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["learned", "done"])
def test_the_page_costs_the_same_for_any_number_of_questions(state, officer, learned):
    if state == "done":
        complete(learned)
    days_pass()
    assert len(asked(officer)) == {"learned": 2, "done": 6}[state]
    with CaptureQueriesContext(connection) as captured:
        officer.get(PAGE)
    # viewer, content, enrolments; cards, items, open sittings, exams ahead, answers of the week; of today; shown;
    # while the course is under way also what its exam asks and of which content that is known
    assert len(captured) == {"learned": 12, "done": 10}[state]


@pytest.mark.parametrize("state", ["learned", "done"])
def test_an_answer_costs_the_same_for_any_number_of_questions(state, officer, learned):
    if state == "done":
        complete(learned)
    days_pass()
    form = asked(officer)[0]
    with CaptureQueriesContext(connection) as captured:
        give(officer, form)
    assert len(captured) <= 21


def test_withdrawing_from_a_course_takes_no_card_away(officer, learned):
    days_pass()
    Enrolment.objects.update(status=Enrolment.Status.WITHDRAWN)
    assert len(asked(officer)) == 2
