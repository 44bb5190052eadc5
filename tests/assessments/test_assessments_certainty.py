"""How sure one is, as an option of any item: asked, kept, shown beside the result, and never part of the score."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments import kinds
from assessments.ending import submit_attempt
from assessments.models import Item
from assessments.sheets import sheet_of
from tests.assessments import sitting
from tests.factories import EnrolmentFactory
from tests.translating import translate

KEY = {"a": True, "b": False, "c": False}


@pytest.fixture
def enrolment():
    for item in Item.objects.filter(use="exam", locale__language_code="en"):
        item.asks_certainty = True
        item.save_revision().publish()
        translate(item)
    return sitting.learn_all(EnrolmentFactory())


def page_of(client, attempt):
    return BeautifulSoup(client.get(f"/attempt/{attempt.public_id}/").content, "html.parser")


def filled(page, **more):
    """The plain form as a browser would send it."""
    form = {one["name"]: one["value"] for one in page.select("form.questions input[type=hidden]")}
    return form | {"action": "save"} | more


@pytest.mark.django_db
def test_it_is_asked_kept_shown_again_and_told_beside_the_result(enrolment, sign_in):
    officer = sign_in(enrolment.person)
    officer.cookies["lang"] = "en"
    attempt = sitting.begin(enrolment)
    place = sitting.place_of(attempt, "single")
    right = sitting.right_answers(attempt)[place]
    page = page_of(officer, attempt)
    assert len(page.select(f'select[name="item-{place}"] option[value^="~"]')) == 3
    officer.post(f"/attempt/{attempt.public_id}/", filled(page, **{f"item-{place}": [*right, "~sure"]}))
    assert sheet_of(attempt).answers == {place: [*right, "~sure"]}
    again = page_of(officer, attempt)
    checked = again.select(f'input[name="item-{place}"][checked], select[name="item-{place}"] option[selected]')
    assert {one["value"] for one in checked} == {*right, "~sure"}
    others = {
        place: value
        for place, value in sitting.right_answers(attempt).items()
        if place not in sheet_of(attempt).answers
    }
    sitting.answer(attempt, others)
    attempt = submit_attempt(attempt, at=timezone.now())
    assert (attempt.grades.get().percent, page_of(officer, attempt).text.count("You were sure, and right.")) == (100, 1)


@pytest.mark.django_db
def test_how_sure_one_is_without_an_answer_is_no_answer(enrolment, sign_in):
    officer = sign_in(enrolment.person)
    attempt = sitting.begin(enrolment)
    response = sitting.send(officer, attempt, sitting.step(0, ["~sure"]))
    assert (json.loads(response.content)["steps"][0]["verdict"], sheet_of(attempt).answers) == ("refused", {})


@pytest.mark.django_db
def test_it_is_not_asked_where_the_item_does_not_ask(sign_in):
    enrolment = sitting.learn_all(EnrolmentFactory())
    attempt = sitting.begin(enrolment)
    assert page_of(sign_in(enrolment.person), attempt).select('[value^="~"]') == []


@given(st.sets(st.sampled_from("abc")), st.sampled_from(["", *kinds.CERTAINTY]))
def test_it_changes_no_score(chosen, said):
    for kind in ("single", "multiple"):
        assert kinds.score(kind, KEY, [*chosen, *([said] if said else [])]) == kinds.score(kind, KEY, chosen)


@given(st.lists(st.sampled_from(["a", "b", "", *kinds.CERTAINTY])))
def test_a_response_read_again_is_the_same_and_says_it_once(values):
    read = kinds.read("multiple", values)
    assert kinds.read("multiple", read) == read
    assert sum(one in kinds.CERTAINTY for one in read) <= 1
