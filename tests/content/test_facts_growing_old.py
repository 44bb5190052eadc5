"""Facts past their day: what a reader of a lesson is told, what waits for whom, and the law library."""

import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from assessments.models import Item
from content.facts import library, to_confirm
from content.models import ContentVersion, Fact
from courses.catalogue import catalogue
from tests.content.authoring import copied, edit, problems
from tests.courses.lessons import address
from tests.factories import EnrolmentFactory, PersonFactory

TODAY = date(2027, 6, 1)


@pytest.fixture
def fact(db) -> Fact:
    """A fact that lesson M01.L1 shows, checked in 2026."""
    return Fact.objects.get(code="R7", locale__language_code="en")


def recheck(fact: Fact, on: date | None, **values) -> Fact:
    """Say when it is to be checked again."""
    for name, value in ({"recheck_on": on} | values).items():
        setattr(fact, name, value)
    fact.save()
    return fact


def law(code: str, **values) -> Fact:
    """A fact of the law library in English."""
    told = {"kind": "provision", "text": f"Text of {code}.", "confidence": "A", "jurisdiction": "myanmar", "checked_on": date(2026, 11, 24)}  # fmt: skip
    if values.get("kind") == "telephone":
        told |= {"telephone": "01 234", "owner": "An agency"}
    locale = Fact.objects.get(code="R7", locale__language_code="en").locale
    return Fact.objects.create(code=code, locale=locale, **told | values)


def words(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# --- As authors write it --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ("recheck_on: 2026-11-24}", "R5: 'recheck_on' should be a day after 'checked_on'"),
        ("recheck_on: soon}", "'recheck_on' is 'soon'; expected date"),
        ("kind: rumour}", "'kind' is 'rumour'; allowed are statement, provision, body, telephone"),
    ],
)
def test_an_error_in_a_fact_is_told_with_its_line(new, text, tmp_path):
    root = copied(tmp_path)
    edit(root, "facts.yaml", "checked_on: 2026-11-24}", f"checked_on: 2026-11-24, {new}")
    assert ("facts.yaml", 1, text) in problems(root)


@pytest.mark.parametrize("values", [{"checked_on": None}, {"checked_on": TODAY}, {"checked_on": date(2028, 1, 1)}])
def test_a_fact_is_checked_again_after_it_was_checked(values, fact):
    with pytest.raises(IntegrityError), transaction.atomic():
        recheck(fact, TODAY, **values)


# --- In a lesson ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_past"), [(None, False), (1, False), (0, False), (-1, True)])
def test_past_its_day_a_fact_stays_in_its_lesson_and_says_that_it_may_have_changed(days, is_past, fact, sign_in):
    today = timezone.localdate()
    checked = today - timedelta(days=100)
    recheck(fact, today + timedelta(days=days) if days is not None else None, checked_on=checked)
    client = sign_in(EnrolmentFactory().person)
    shown = BeautifulSoup(client.get(address("M01.L1")).content, "html.parser").find("span", string="Fact").parent
    assert (fact.text in shown.text, "past" in shown["class"]) == (True, is_past)
    assert ("and may have changed." in shown.text) is is_past


def test_a_lesson_grows_old_overnight_without_a_change_of_content(fact, sign_in, monkeypatch):
    today = timezone.localdate()
    recheck(fact, today, checked_on=today - timedelta(days=100))
    client = sign_in(EnrolmentFactory().person)
    before = client.get(address("M01.L1")).content.decode()
    token = ContentVersion.current()
    monkeypatch.setattr(timezone, "localdate", lambda *given: today + timedelta(days=1))
    after = client.get(address("M01.L1")).content.decode()
    assert ("may have changed" in before, "may have changed" in after) == (False, True)
    assert ContentVersion.current() == token


# --- What waits for somebody ------------------------------------------------------------------------------------------------


def test_facts_wait_for_every_reviewer_that_their_flags_name_until_somebody_approved_them(fact):
    law("N1", flags="LS")
    law("N2", flags="L", status="approved", reviewer="A lawyer")
    law("N3", flags="P", status="withdrawn")
    law("N4", flags="T")
    found = to_confirm("en", on=TODAY)
    assert {flag: [one.code for one in facts] for flag, _who, facts in found.waiting} == {
        "L": ["N1", "R5"],
        "S": ["N1"],
        "P": [],
        "T": ["N4"],
    }
    assert found.count == 3


@pytest.mark.parametrize(
    ("days", "past", "soon"), [(-1, ["R7"], []), (0, [], ["R7"]), (60, [], ["R7"]), (61, [], []), (None, [], [])]
)
def test_a_fact_is_past_its_day_or_due_within_sixty(days, past, soon, fact):
    recheck(fact, TODAY + timedelta(days=days) if days is not None else None)
    found = to_confirm("en", on=TODAY)
    assert ([one.code for one in found.past], [one.code for one in found.soon]) == (past, soon)


def test_the_desk_names_the_lessons_and_items_that_use_a_fact(fact, sign_in, client):
    recheck(fact, timezone.localdate() - timedelta(days=1), checked_on=date(2020, 1, 1))
    Item.objects.filter(code="MIG-M01.O1-001", locale__language_code="en").update(facts="R5 R7")
    client.cookies["lang"] = "en"
    page = sign_in(PersonFactory(editor=True)).get("/office/facts/")
    ((shown, used),) = page.context["past"]
    with translation.override("en"):
        url = reverse("lesson", args=["c1", *(one.slug for one in catalogue("en").courses[0].lessons[0])])
    assert shown.code == "R7"
    assert (("M01.L1", url) in [(code, where) for code, _title, where in used.lessons], "MIG-M01.O1-001" in used.items) == (True, True)  # fmt: skip
    assert f'href="{url}"' in page.content.decode()


def test_who_confirms_a_fact_reads_it_at_the_desk_though_nobody_else_does(fact, sign_in, client):
    client.cookies["lang"] = "en"
    held = Fact.objects.get(code="R5", locale__language_code="en").text
    page = sign_in(PersonFactory(legal=True)).get("/office/facts/").content.decode()
    assert (held in page, "Change the fact" in page) == (True, False)


@pytest.mark.parametrize(
    ("role", "status"),
    [("editor", 200), ("lead", 200), ("subject", 200), ("legal", 200), ("translator", 404), ("trainer", 404)],
)
def test_the_desk_is_there_for_who_edits_facts_confirms_them_or_answers_for_them(role, status, sign_in, db):
    assert sign_in(PersonFactory(**{role: True})).get("/office/facts/").status_code == status


def test_the_first_page_of_the_admin_counts_what_waits(fact, sign_in, client):
    client.cookies["lang"] = "en"
    law("N1", flags="L")
    page = sign_in(PersonFactory(editor=True)).get("/admin/").content.decode()
    assert "2 facts wait for a reviewer or are past their day." in words(page)


@pytest.mark.parametrize("count", [1, 5])
def test_the_desk_costs_the_same_for_any_number_of_facts(count, fact, sign_in, django_assert_num_queries):
    for number in range(count):
        law(f"N{number}", flags="L")
    client = sign_in(PersonFactory(lead=True))
    client.get("/office/facts/")
    with django_assert_num_queries(6):  # viewer, what they may, facts, content version, lessons, items
        client.get("/office/facts/")


# --- The law library --------------------------------------------------------------------------------------------------------


def test_the_law_library_holds_provisions_bodies_and_numbers_by_jurisdiction_and_no_other_facts(fact):
    law("N2")
    law("N10", jurisdiction="international")
    law("B1", kind="body", jurisdiction="thailand")
    law("N9", status="withdrawn")
    with translation.override("en"):
        found = {str(kind): [(str(place), [one.code for one in facts]) for place, facts in places] for kind, places in library("en", on=TODAY)}  # fmt: skip
        assert found == {
            "provision": [("International", ["N10"]), ("Myanmar", ["N2"])],
            "body": [("Thailand", ["B1"])],
            "telephone": [],
        }


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({}, True),
        ({"flags": "S"}, True),
        ({"flags": "L"}, False),
        ({"flags": "P", "kind": "telephone"}, False),
        ({"flags": "L", "status": "approved", "reviewer": "U Hla, lawyer"}, True),
        ({"confidence": "C"}, False),
    ],
)
def test_what_is_held_back_is_missing_from_the_library_and_it_says_what_is_missing(
    values, is_told, fact, sign_in, client
):
    entry = law("N1", **values)
    client.cookies["lang"] = "en"
    page = BeautifulSoup(sign_in(PersonFactory()).get("/learn/law/").content, "html.parser")
    row = page.find(id="N1")
    assert (entry.text in page.text, "and is not shown before." in row.text) == (is_told, not is_told)
    if entry.reviewer:
        assert "U Hla, lawyer" in row.text


def test_the_library_greys_what_is_past_its_day(fact, sign_in, client):
    law("N1", checked_on=date(2020, 1, 1), recheck_on=date(2021, 1, 1))
    client.cookies["lang"] = "en"
    page = BeautifulSoup(sign_in(PersonFactory()).get("/learn/law/").content, "html.parser")
    assert "This has not been confirmed since 1 January 2020 and may have changed." in page.find(id="N1").text


@pytest.mark.parametrize("count", [1, 5])
def test_the_library_costs_the_same_for_any_number_of_entries(count, fact, sign_in, django_assert_num_queries):
    for number in range(count):
        law(f"N{number}")
    client = sign_in(PersonFactory())
    client.get("/learn/law/")
    with django_assert_num_queries(2):  # viewer, facts
        client.get("/learn/law/")
