"""Where sitting a quiz has its edges: pages out of date, ids sent again, numbers at their limits, what is said and when."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from assessments import bank, views
from assessments.allowances import allow_attempt
from assessments.ending import GRACE, submit_attempt
from assessments.models import Attempt, AttemptStep, GradeRecord, Item, ItemVersion, QuizSection
from assessments.sheets import sheet_of
from core.templatetags.burmese import moment
from tests.assessments import sitting
from tests.assessments.sitting import LAPTOP, PHONE, log_of, send, send_body, sit, step, verdicts
from tests.assessments.test_assessments_form import SAVED, Page
from tests.assessments.test_assessments_secrets import assert_silent, tell_tales
from tests.assessments.test_assessments_sitting import exam_url, text_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
OVER = "Time has run out. The answers saved before then count; here is your result."


@pytest.fixture
def options(attempt):
    return [item["options"] for item in attempt.paper["items"]]


# --- Pages out of date -------------------------------------------------------------------------------------------------


def test_a_page_out_of_date_does_not_overwrite_after_saving_another_question(officer, attempt, options):
    """What the server says the head is, the page sends back as what it has seen."""
    send(officer, attempt, step(0, [options[0][0]], device=PHONE))
    head = send(officer, attempt, step(1, [options[1][0]], device=LAPTOP)).json()["head"]
    stale = step(0, [options[0][1]], device=LAPTOP, client_seq=2, base_seq=head)
    assert verdicts(send(officer, attempt, stale)) == ["superseded"]
    assert sheet_of(attempt).answers == {0: [options[0][0]], 1: [options[1][0]]}


def test_a_page_out_of_date_does_not_take_back_a_newer_answer(officer, attempt, options):
    send(officer, attempt, step(0, [options[0][0]], device=PHONE))
    assert verdicts(send(officer, attempt, step(0, kind="clear", device=LAPTOP))) == ["superseded"]
    assert sheet_of(attempt).answers == {0: [options[0][0]]}


def test_a_page_out_of_date_does_not_remove_a_newer_mark(officer, attempt):
    send(officer, attempt, step(0, kind="flag", device=PHONE))
    assert verdicts(send(officer, attempt, step(0, kind="unflag", device=LAPTOP))) == ["superseded"]
    assert sheet_of(attempt).flags == {0}


def test_a_form_of_before_the_script_saved_does_not_overwrite_what_it_saved(officer, attempt, options):
    old = Page(officer, attempt)
    send(officer, attempt, step(0, [options[0][0]]))
    assert "This page was older than what you saved elsewhere." in old.choose(0, options[0][1]).send()
    assert sheet_of(attempt).answers == {0: [options[0][0]]}


def test_several_newer_answers_that_were_kept_are_counted(officer, attempt, options):
    old = Page(officer, attempt).choose(0, options[0][1]).choose(1, options[1][1])
    Page(officer, attempt).choose(0, options[0][0]).choose(1, options[1][0]).send()
    assert "The newer answers were kept in 2 places; check them below." in old.send()
    assert sheet_of(attempt).answers == {0: [options[0][0]], 1: [options[1][0]]}


def test_looking_over_from_an_old_tab_leads_back_to_the_questions(officer, attempt, options):
    old = Page(officer, attempt).choose(0, options[0][1])
    Page(officer, attempt).choose(0, options[0][0]).send()
    old.send("finish")
    assert old.last.redirect_chain == [(old.url, 302)]


def test_looking_over_with_an_answer_that_cannot_be_read_leads_back_to_the_questions(officer, attempt):
    page = Page(officer, attempt).choose(0, "z")
    page.send("finish")
    assert page.last.redirect_chain == [(page.url, 302)]


def test_an_old_tab_that_chose_the_same_as_the_newer_one_is_no_conflict(officer, attempt, options):
    old = Page(officer, attempt).choose(0, options[0][0])
    Page(officer, attempt).choose(0, options[0][0]).send()
    assert SAVED in old.send()
    assert log_of(attempt) == [("answer", 0, [options[0][0]], "accepted")]


def test_the_same_form_twice_at_once_is_one_step(officer, attempt, options, monkeypatch):
    """Both taps read the sheet before either has saved: the second is answered as the first was."""
    page, empty = Page(officer, attempt).choose(0, options[0][0]), sheet_of(attempt)
    page.send()
    with monkeypatch.context() as at_once:
        at_once.setattr(views, "sheet_of", lambda attempt: empty)
        officer.post(page.url, {**page.fields, "action": "save"})
    assert log_of(attempt) == [("answer", 0, [options[0][0]], "accepted")]


# --- Ids sent again ----------------------------------------------------------------------------------------------------


def test_a_late_step_again_is_late_again_and_one_row(officer, attempt, options):
    submit_attempt(attempt, at=timezone.now())
    sent = step(0, options[0][:1])
    first, again = (send(officer, attempt, sent).json()["steps"] for _ in range(2))
    assert (first, again[0]["verdict"]) == (again, "late")
    assert AttemptStep.objects.filter(pk=sent["id"]).count() == 1


def test_a_superseded_step_again_is_superseded_and_one_row(officer, attempt, options):
    send(officer, attempt, step(0, options[0][:1], client_seq=2))
    sent = step(0, options[0][1:2], client_seq=1)
    first, again = (send(officer, attempt, sent).json()["steps"] for _ in range(2))
    assert (first, again[0]["verdict"]) == (again, "superseded")
    assert attempt.steps.count() == 2


def test_a_refused_step_is_not_stored_and_its_id_may_be_used_rightly(officer, attempt, options):
    sent = step(0, ["z"])
    assert verdicts(send(officer, attempt, sent)) == ["refused"]
    assert verdicts(send(officer, attempt, sent | {"value": options[0][:1]})) == ["accepted"]


def test_what_is_no_possible_answer_is_refused_after_the_end_too(officer, attempt):
    submit_attempt(attempt, at=timezone.now())
    assert verdicts(send(officer, attempt, step(0, ["z"]))) == ["refused"]
    assert [row[0] for row in log_of(attempt)] == ["submit"]


def test_an_answer_saved_in_time_and_sent_again_after_the_end_counts(officer, attempt, options):
    right = sitting.right_answers(attempt)
    sent = step(0, right[0])
    send(officer, attempt, sent)
    Attempt.objects.update(closes_at=timezone.now() - GRACE - timedelta(seconds=1))
    assert verdicts(send(officer, attempt, sent, step(1, right[1], client_seq=2))) == ["accepted", "late"]
    officer.get(f"/attempt/{attempt.public_id}/")
    assert attempt.grades.get().score == 1


# --- Numbers at their limits -------------------------------------------------------------------------------------------


def test_the_greatest_numbers_of_a_device_are_stored(officer, attempt, options):
    most = 2**31 - 1
    assert verdicts(send(officer, attempt, step(0, options[0][:1], client_seq=most, base_seq=most))) == ["accepted"]
    assert list(attempt.steps.values_list("client_seq", "base_seq")) == [(most, most)]


def test_the_greatest_place_is_refused_and_the_others_go_on(officer, attempt, options):
    sent = [step(10_000, ["a"]), step(0, options[0][:1], client_seq=2)]
    assert verdicts(send(officer, attempt, *sent)) == ["refused", "accepted"]


def test_a_body_exactly_at_the_limit_is_taken(officer, attempt, options):
    body = json.dumps({"steps": [step(0, options[0][:1])]})
    response = send_body(officer, attempt, body + " " * (65_536 - len(body)))
    assert verdicts(response) == ["accepted"]


@pytest.mark.parametrize("text", ["\u0000", "\ud800", "answer\u0000", "x" * 5000, "1", "ANSWER"])
def test_a_kind_that_there_is_not_is_refused_and_stores_nothing(text, officer, attempt, options):
    assert verdicts(send(officer, attempt, step(0, options[0][:1]) | {"kind": text})) == ["refused"]
    assert attempt.steps.count() == 0


@pytest.mark.parametrize("text", ["\ud800", "", "A", " a", "true"])
def test_a_text_that_is_no_option_is_refused_and_stores_nothing(text, officer, attempt):
    assert verdicts(send(officer, attempt, step(0, [text]))) == ["refused"]
    assert attempt.steps.count() == 0


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "-0.0", "1.0"])
def test_a_number_that_is_none_is_unreadable(number, officer, attempt):
    body = json.dumps({"steps": [step(0, ["a"])]}).replace('"place": 0', f'"place": {number}')
    assert send_body(officer, attempt, body).status_code == 400


def test_parts_that_nobody_asked_for_change_nothing(officer, attempt, options):
    sent = step(0, options[0][:1]) | {
        "verdict": "late",
        "seq": 99,
        "attempt": str(uuid4()),
        "received_at": "2020-01-01",
    }
    assert send(officer, attempt, sent).json()["steps"] == [{"id": sent["id"], "verdict": "accepted", "seq": 1}]


def test_without_a_session_a_save_is_not_taken(client, attempt, options):
    response = send(client, attempt, step(0, options[0][:1]))
    assert (response.status_code == 200, attempt.steps.count()) == (False, 0)


# --- Handing in and the clock ------------------------------------------------------------------------------------------


def test_looking_at_the_last_page_hands_nothing_in(officer, attempt):
    assert officer.get(f"/attempt/{attempt.public_id}/submit/").status_code == 200
    attempt.refresh_from_db()
    assert (attempt.is_open, GradeRecord.objects.count()) == (True, 0)


def test_handing_in_within_the_grace_is_dated_at_the_end(officer, attempt):
    end = timezone.now() - timedelta(seconds=20)
    Attempt.objects.update(closes_at=end)
    officer.post(f"/attempt/{attempt.public_id}/submit/")
    attempt.refresh_from_db()
    assert attempt.submitted_at == end


def test_handing_in_after_the_end_counts_what_was_saved_and_says_that_time_is_over(officer, attempt):
    sitting.answer(attempt, sitting.right_answers(attempt))
    Attempt.objects.update(closes_at=timezone.now() - GRACE - timedelta(seconds=1))
    page = text_of(officer.post(f"/attempt/{attempt.public_id}/submit/", follow=True))
    assert (page.count(OVER), attempt.grades.get().score) == (1, 4)


def test_that_time_is_over_is_said_once(officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0])
    Attempt.objects.update(closes_at=timezone.now() - GRACE - timedelta(seconds=1))
    assert page.send().count(OVER) == 1


def test_a_form_sent_after_handing_in_in_time_is_not_told_that_time_is_over(officer, attempt, options):
    page = Page(officer, attempt).choose(0, options[0][0])
    officer.post(f"/attempt/{attempt.public_id}/submit/")
    assert page.send().count(OVER) == 0


@pytest.mark.parametrize("path", ["", "submit/"])
def test_an_attempt_that_is_over_is_closed_by_looking_once(path, officer, attempt):
    Attempt.objects.update(closes_at=timezone.now() - GRACE - timedelta(seconds=1))
    for _look in range(2):
        officer.get(f"/attempt/{attempt.public_id}/{path}")
    assert (GradeRecord.objects.count(), AttemptStep.objects.filter(kind="submit").count()) == (1, 1)


# --- How often ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["my", "en"])
def test_the_pause_names_the_moment_from_which_one_may_try_again(language, officer, enrolment):
    officer.cookies["lang"] = language
    handed_in = sit(enrolment, right=False).submitted_at
    with translation.override(language):
        said = moment(handed_in + timedelta(hours=24))
    assert len(said) > 8
    assert said in text_of(officer.post(exam_url(), follow=True))


def test_an_extra_attempt_begins_at_once_through_the_page(officer, enrolment):
    for _try in range(2):
        Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=25))
        sit(enrolment, right=False)
    allow_attempt(
        sitting.the_exam(), enrolment.person, scope=enrolment.public_id, by=PersonFactory(trainer=True), reason="talk"
    )
    officer.post(exam_url())
    assert Attempt.objects.open().get().number == 3


def test_an_extra_attempt_is_given_once_while_it_is_unused(enrolment):
    trainer = PersonFactory(trainer=True)
    for _try in range(2):
        Attempt.objects.update(submitted_at=timezone.now() - timedelta(hours=25))
        sit(enrolment, right=False)
    for _tap in range(2):
        allow_attempt(sitting.the_exam(), enrolment.person, scope=enrolment.public_id, by=trainer, reason="talk")
    assert enrolment.person.allowances.count() == 1


# --- What is given away ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["my", "en"])
def test_after_failing_no_place_tells_a_reason_in_any_language(language, officer, enrolment):
    attempt = sit(enrolment, right=False)
    officer.cookies["lang"] = language
    places = [f"/attempt/{attempt.public_id}/", exam_url(), "/learn/", f"/{language}/courses/c1/"]
    pages = {place: text_of(officer.get(place, follow=True)) for place in places}
    assert {place: [text for text in tell_tales() if text in page] for place, page in pages.items()} == {
        place: [] for place in places
    }


def test_a_save_after_failing_tells_nothing(officer, enrolment):
    attempt = sit(enrolment, right=False)
    response = send(officer, attempt, step(0, sitting.right_answers(attempt)[0], client_seq=99))
    assert_silent(response.content.decode(), "steps")
    assert sorted(response.json()) == ["head", "is_elsewhere", "is_open", "seconds_left", "steps"]


@pytest.mark.parametrize("body", [b"{", json.dumps({"steps": [step(0, ["z"])]}).encode(), b" " * 65_537])
def test_a_refusal_tells_nothing(body, officer, attempt):
    assert_silent(send_body(officer, attempt, body).content.decode(), "refused")


def test_the_paper_shown_does_not_name_its_items(officer, whole):
    page = text_of(officer.get(f"/attempt/{whole.public_id}/"))
    named = [str(one) for version in sitting.versions_of(whole) for one in (version.pk, version.item_key)]
    assert [one for one in named if one in page] == []


# --- Languages of the bank ---------------------------------------------------------------------------------------------


def test_a_paper_can_be_read_in_english_when_an_item_was_published_in_burmese_only(officer, enrolment):
    """An editor takes an English item back and publishes the Burmese one anew."""
    Item.objects.filter(locale__language_code="en", use="exam").update(live=False)
    for item in Item.objects.filter(locale__language_code="my", use="exam"):
        item.save_revision().publish()
    response = officer.post(exam_url(), follow=True)
    assert response.status_code == 200


def test_a_paper_shown_in_burmese_keeps_its_words_when_the_burmese_is_published_anew(officer, attempt):
    officer.cookies["lang"] = "my"
    before = [stem.text for stem in Page(officer, attempt).soup.select(".stem")]
    for item in Item.objects.filter(locale__language_code="my", use="exam"):
        item.stem = "အခြားမေးခွန်း"
        item.save_revision().publish()
    assert ItemVersion.objects.filter(texts__my__stem="အခြားမေးခွန်း").count() == 8
    assert [stem.text for stem in Page(officer, attempt).soup.select(".stem")] == before


# --- Facts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [AttemptStep, GradeRecord, ItemVersion])
@pytest.mark.parametrize("verb", ["save", "delete"])
def test_a_fact_is_neither_saved_again_nor_deleted_by_the_product(verb, model, enrolment):
    sit(enrolment, right=False)
    row = model.objects.first()
    before = list(model.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match="is append-only"), transaction.atomic():
        if verb == "save":
            row.save()
        else:
            model.objects.filter(pk=row.pk)._raw_delete("default")
    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("model", [AttemptStep, GradeRecord, ItemVersion])
def test_a_fact_is_not_replaced_by_a_row_of_the_same_key(model, enrolment):
    """SQLite's INSERT OR REPLACE deletes without asking the triggers unless they are recursive."""
    sit(enrolment, right=False)
    table, before = model._meta.db_table, list(model.objects.order_by("pk").values())
    names = [field.column for field in model._meta.concrete_fields]
    listed, verb = ", ".join(f'"{name}"' for name in names), "INSERT OR REPLACE"
    tail = ""
    if connection.vendor != "sqlite":
        verb, tail = "INSERT", " ON CONFLICT (id) DO UPDATE SET " + ", ".join(f'"{n}" = EXCLUDED."{n}"' for n in names)
    with (
        pytest.raises(IntegrityError, match="is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{verb} INTO {table} ({listed}) SELECT {listed} FROM {table} WHERE true{tail}")
    assert list(model.objects.order_by("pk").values()) == before


def test_a_paper_asks_no_item_twice_when_two_parts_are_on_one_objective():
    QuizSection.objects.filter(quiz=sitting.the_exam()).update(objective="M01.O1")
    papers = [bank.draw_paper(sitting.the_exam(), seed=seed, seen=set()) for seed in range(20)]
    assert {len({item["version"] for item in paper["items"]}) for paper in papers} == {4}
