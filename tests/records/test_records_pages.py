"""The trail's pages: who may read it, whom it names, and what an officer sees of who looked at their record."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import translation

from core import audit
from core.audit import LOOKED, Action
from people.models import Person
from people.roles import grant_role
from records import trail
from records.models import AuditEntry
from tests.access.matrix import client_of, confirmed
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

CHANGED = Action("test.changed", "A thing was changed", shown=True)
HIDDEN = Action("test.hidden", "A thing behind the scenes")


def text(response) -> str:
    """A page's text."""
    return response.content.decode()


@pytest.fixture
def officer():
    return PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")


def test_the_trail_names_people_only_to_those_who_may_see_them(officer):
    audit.record(CHANGED, by=officer, people=[officer], reason="အကြောင်း")
    seen = {role: text(client_of(PersonFactory(**{role: True})).get("/office/audit/")) for role in ("lead", "auditor")}
    assert {role: "ဒေါ်သီတာလွင်" in page for role, page in seen.items()} == {"lead": True, "auditor": False}
    assert str(officer.public_id)[:8].upper() in seen["auditor"]
    assert all("အကြောင်း" in page for page in seen.values())


def test_within_a_unit_only_what_its_people_did_or_what_concerned_them(officer):
    post = UnitFactory()
    inside, outside = PersonFactory(unit=post), officer
    auditor = PersonFactory()
    grant_role(auditor, "auditor", by=None, reason="test", starts_on=inside.created_at.date(), unit=post)
    audit.record(CHANGED, by=inside, mark="INSIDE")
    audit.record(CHANGED, by=outside, people=[inside], mark="ABOUT")
    audit.record(CHANGED, by=outside, mark="OUTSIDE")
    page = text(client_of(auditor).get("/office/audit/"))
    assert {mark: mark in page for mark in ("INSIDE", "ABOUT", "OUTSIDE")} == {
        "INSIDE": True,
        "ABOUT": True,
        "OUTSIDE": False,
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"action": "test.hidden"}, ["SECOND"]),
        ({"person": "imm-၇၇"}, ["FIRST"]),
        ({"by": "IMM-77"}, ["SECOND"]),
        ({"by": "ကကက"}, []),
        ({"since": "2999-01-01"}, []),
        ({"until": "2999-01-01", "action": "test.changed"}, ["FIRST"]),
        ({"since": "no day"}, []),
    ],
)
def test_entries_are_found_by_action_people_and_days(asked, expected):
    person = PersonFactory(service_number="IMM-77")
    audit.record(CHANGED, by=None, people=[person], mark="FIRST")
    audit.record(HIDDEN, by=person, mark="SECOND")
    page = text(client_of(PersonFactory(lead=True)).get("/office/audit/", asked))
    assert [mark for mark in ("FIRST", "SECOND") if mark in page] == expected


def test_pages_go_by_number_so_that_new_entries_move_nothing():
    client = client_of(PersonFactory(lead=True))
    for number in range(60):
        audit.record(HIDDEN, by=None, mark=f"mark-{number:02}")
    first = client.get("/office/audit/?action=test.hidden")
    earlier = first.context["earlier"]
    audit.record(HIDDEN, by=None, mark="mark-new")
    second = text(client.get(f"/office/audit/?action=test.hidden&before={earlier}"))
    assert [f"mark-{n:02}" in second for n in (9, 0)] == [True, True]
    assert [f"mark-{n}" in second for n in (10, "new")] == [False, False]


@pytest.mark.parametrize("many", [1, 5])
def test_the_trail_costs_the_same_for_any_number_of_entries(many, django_assert_max_num_queries):
    client = client_of(PersonFactory(lead=True))
    for person in PersonFactory.create_batch(many):
        audit.record(CHANGED, by=person, people=[person])
    with django_assert_max_num_queries(10):
        client.get("/office/audit/")


def test_an_export_asks_a_reason_and_is_itself_an_entry(officer):
    audit.record(CHANGED, by=officer, people=[officer], note="=1+1")
    client = confirmed(client_of(lead := PersonFactory(lead=True)))
    assert client.post("/office/audit/export/", {"reason": ""}).status_code == 200
    assert not AuditEntry.objects.filter(action="records.trail_exported").exists()
    response = client.post("/office/audit/export/?action=test.changed", {"reason": "An inspection"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["action"] for row in rows] == ["test.changed"]
    told = AuditEntry.objects.get(action="records.trail_exported")
    assert (told.by, told.details) == (lead, {"rows": 1, "reason": "An inspection"})


def test_an_export_asks_the_password_again():
    client = client_of(PersonFactory(lead=True))
    response = client.post("/office/audit/export/", {"reason": "An inspection"})
    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]


def test_a_look_is_told_once_an_hour_and_never_of_oneself(officer, monkeypatch):
    trainer = PersonFactory(trainer=True)
    for _ in range(3):
        audit.looked(trainer, officer)
    audit.looked(officer, officer)
    looks = AuditEntry.objects.filter(action=LOOKED.code)
    assert [(look.by, look.people.get().person) for look in looks] == [(trainer, officer)]
    assert list(trail.faults()) == []


def test_a_page_about_one_person_is_a_look(officer):
    trainer = PersonFactory(trainer=True)
    enrolment = EnrolmentFactory(person=officer, cohort=CohortFactory(trainer=trainer, officers=[officer]))
    client_of(trainer).get(reverse("training:allow", args=[enrolment.public_id]))
    assert AuditEntry.objects.get(action=LOOKED.code).people.get().person == officer


def test_an_officer_sees_by_role_and_unit_who_looked_and_no_name_and_nothing_of_others(officer):
    trainer = PersonFactory(trainer=True, name_my="ဦးမြင့်အောင်", unit=UnitFactory(name_my="မြဝတီဂိတ်"))
    audit.looked(trainer, officer)
    audit.record(CHANGED, by=trainer, people=[PersonFactory()])
    audit.record(HIDDEN, by=trainer, people=[officer])
    page = text(client_of(officer).get("/account/record/"))
    with translation.override("my"):
        assert str(LOOKED.label) in page
    assert "မြဝတီဂိတ်" in page
    assert "ဦးမြင့်အောင်" not in page
    assert "A thing" not in page


def test_an_entry_about_thousands_shows_the_first_and_how_many_more():
    lead, unit = PersonFactory(lead=True), UnitFactory()
    Person.objects.bulk_create(
        Person(service_number=f"Z-{n}", name_latin="Daw Z", unit=unit, sort_key="z") for n in range(1200)
    )
    audit.record(LOOKED, by=lead, people=Person.objects.filter(service_number__startswith="Z-"))
    line = client_of(lead).get("/office/audit/").context["lines"][0]
    with translation.override("my"):
        assert (len(line.people), "၁၁၉၀" in line.people[-1]) == (11, True)
