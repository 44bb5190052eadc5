"""What a unit's people have shown lately: a share, never a name, and nothing about a few."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.demonstrations import note
from tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(code="GATE", name_en="The gate")


@pytest.fixture
def lead(sign_in, client):
    client.cookies["lang"] = "en"
    return sign_in(PersonFactory(lead=True, unit=None))


def officers(unit, number, *, shown=(), days_ago=1):
    """People of a unit who showed objectives so long ago."""
    found = PersonFactory.create_batch(number, unit=unit)
    for person in found:
        note(person, shown, at=timezone.now() - timedelta(days=days_ago))
    return found


def shares(client, unit="GATE"):
    """Objective -> what the office says of it; None where there is no such section."""
    page = client.get("/office/", {"unit": unit}).content.decode()
    if "Still able</h2>" not in page:
        return None
    section = page.partition("Still able</h2>")[2]
    rows = re.findall(r'<span class="code">([^<]+)</span></p>(.*?)</li>', section, re.DOTALL)
    return {code: re.search(r"(\d+ %|–)", rest)[0] for code, rest in rows}


def test_the_share_is_of_all_who_serve_in_the_unit(lead, unit):
    officers(unit, 6, shown=["M01.O1"])
    officers(unit, 2)
    assert shares(lead) == {"M01.O1": "75 %", "M03.O1": "–"}


@pytest.mark.parametrize(("days", "said"), [(179, "100 %"), (181, "–")])
def test_what_was_shown_longer_ago_than_180_days_does_not_count(days, said, lead, unit):
    officers(unit, 5, shown=["M01.O1"], days_ago=days)
    assert shares(lead)["M01.O1"] == said


def test_a_unit_of_four_is_not_shown_and_cannot_be_asked_for(lead, unit):
    officers(unit, 4, shown=["M01.O1"])
    assert shares(lead) is None
    officers(UnitFactory(code="BIG"), 5)
    assert 'value="GATE"' not in lead.get("/office/?unit=GATE").content.decode()


@pytest.mark.parametrize("number", [0, 1, 4])
def test_where_fewer_than_five_showed_it_the_office_says_the_same_as_where_nobody_did(number, lead, unit):
    officers(unit, number, shown=["M01.O1"])
    officers(unit, 9 - number)
    assert shares(lead)["M01.O1"] == "–"


def test_people_of_units_below_are_not_counted_above_so_that_no_small_unit_can_be_worked_out(lead, unit):
    officers(unit, 5)
    below = UnitFactory(kind="region", parent=unit, code="BELOW")
    officers(below, 4, shown=["M01.O1"])
    assert shares(lead)["M01.O1"] == "–"
    officers(below, 1, shown=["M01.O1"])
    assert (shares(lead)["M01.O1"], shares(lead, "BELOW")["M01.O1"]) == ("–", "100 %")


def test_who_has_left_does_not_count(lead, unit):
    for person in officers(unit, 5, shown=["M01.O1"])[:1]:
        person.is_active = False
        person.save()
    assert shares(lead) is None


def test_the_office_names_nobody(lead, unit):
    people = officers(unit, 5, shown=["M01.O1"])
    page = lead.get("/office/").content.decode()
    assert [p for p in people if p.service_number in page or p.name_latin in page or p.name_my in page] == []
