"""The office's pages of units, people and roles, as a registrar uses them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.tables import write_csv
from myanmar.digits import to_myanmar_digits
from people.cohorts import join
from people.exchange import importing
from people.models import Cohort, Person, RoleGrant, Unit
from people.roles import grant_role
from tests.access.matrix import client_of
from tests.factories import PASSWORD, CohortFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Unit:
    return UnitFactory(kind="region", parent=UnitFactory(code="IMM"), code="N")


def registrar_of(unit: Unit | None) -> Person:
    person = PersonFactory(unit=unit)
    grant_role(person, "registrar", by=None, reason="test", starts_on=date(2026, 1, 1), unit=unit)
    return Person.objects.get(pk=person.pk)


def at(name: str, *about) -> str:
    return reverse(f"office:{name}", args=[one.public_id for one in about])


def prove(client: Client, answer) -> object:
    """Give the password again where it is asked for, and get what follows."""
    assert answer.status_code == 302
    assert "/account/reauthenticate/" in answer["Location"]
    return client.post(answer["Location"], {"password": PASSWORD})


def test_a_registrar_adds_changes_and_finds_a_person_within_their_region_only(north):
    client, elsewhere = client_of(registrar_of(north)), UnitFactory()
    given = {"service_number": "imm-၀၀၄၂", "name_my": "ဒေါ်ခင်", "name_latin": "", "unit": north.pk}
    assert client.post(at("person_new"), given | {"unit": elsewhere.pk}).status_code == 200
    assert not Person.objects.filter(service_number="IMM-0042").exists()
    assert client.post(at("person_new"), given).status_code == 302
    made = Person.objects.get(service_number="IMM-0042")
    assert (made.unit, made.has_usable_password()) == (north, False)
    assert client.post(at("person_new"), given).status_code == 200  # twice is refused, with what was typed
    assert client.post(at("person_edit", made), given | {"name_latin": "Daw Khin"}).status_code == 302
    (changed, added) = audit.history(made)
    assert changed.details == {"changed": ["name_latin"]}  # the trail holds no names
    assert added.details == {"unit": "N"}
    found = client.get(at("people"), {"q": "imm-0042"}).content.decode()
    assert "ဒေါ်ခင်" in found
    stranger = PersonFactory(unit=elsewhere)
    assert stranger.service_number not in client.get(at("people")).content.decode()
    assert client.get(at("person", stranger)).status_code == 404
    assert client.post(at("person_edit", stranger), given).status_code == 404


def test_closing_an_account_signs_out_who_is_in_and_asks_the_registrar_to_prove_it(north):
    person = PersonFactory(unit=north)
    theirs, client = client_of(person), client_of(registrar_of(None))
    assert theirs.get("/learn/").status_code == 200
    answer = prove(client, client.post(at("person_close", person), {"reason": "Left the service"}))
    assert answer.status_code == 302
    assert theirs.get("/learn/").status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert client.post(at("person_close", person), {"reason": "Came back"}).status_code == 302  # proven a moment ago
    person.refresh_from_db()
    assert person.is_active
    assert theirs.get("/learn/").status_code == 302  # an old session does not come to life again


def test_nobody_closes_their_own_account():
    registrar = registrar_of(None)
    client = client_of(registrar)
    answer = prove(client, client.post(at("person_close", registrar), {"reason": "Tired"}))
    assert answer.status_code == 200
    assert Person.objects.get(pk=registrar.pk).is_active


def test_a_role_of_power_is_given_by_one_registrar_and_confirmed_by_another():
    first, second, person = registrar_of(None), registrar_of(None), PersonFactory()
    giving, confirming = client_of(first), client_of(second)
    given = {"role": "registrar", "starts_on": f"{timezone.localdate():%d-%m-%Y}", "reason": "Second registrar"}
    prove(giving, giving.post(at("role_give", person), given))
    grant = RoleGrant.objects.get(person=person)
    assert not grant.is_confirmed
    giving.post(at("role_confirm", grant))
    assert not RoleGrant.objects.get(person=person).is_confirmed
    prove(confirming, confirming.post(at("role_confirm", grant)))
    assert RoleGrant.objects.get(person=person).confirmed_by == second
    giving.post(at("role_end", grant), {"reason": "Not needed"})
    assert RoleGrant.objects.get(person=person).end_reason == "Not needed"


def test_a_registrar_of_a_region_gives_no_role_beyond_it(north):
    client, person, elsewhere = client_of(registrar_of(north)), PersonFactory(unit=north), UnitFactory()
    given = {"role": "lead", "starts_on": f"{timezone.localdate():%d-%m-%Y}", "reason": "Lead"}
    prove(client, client.post(at("role_give", person), given))
    client.post(at("role_give", person), given | {"unit": elsewhere.pk})
    assert not person.grants.exists()
    client.post(at("role_give", person), given | {"unit": north.pk})
    assert person.grants.get().unit == north
    wide = grant_role(person, "trainer", by=None, reason="test", starts_on=date(2026, 1, 1))
    assert client.get(at("role_end", wide)).status_code == 404  # given further than this registrar reaches


def test_units_are_added_merged_and_closed_in_the_office(north):
    client = client_of(registrar_of(None))
    for code in ("P1", "P2"):
        given = {"name_my": f"ဂိတ် {code}", "name_en": f"Gate {code}", "code": code, "parent": north.pk, "agency": ""}
        assert client.post(at("unit_new"), given).status_code == 302
    one, other = Unit.objects.get(code="P1"), Unit.objects.get(code="P2")
    person = PersonFactory(unit=one)
    seen = client.get(at("unit_merge", one), {"into": other.pk})
    assert seen.context["moves"].people == 1
    prove(client, client.post(at("unit_merge", one), {"into": other.pk, "reason": "One gate"}))
    assert Person.objects.get(pk=person.pk).unit == other
    assert client.post(at("unit_close", other), {"reason": "Gone"}).status_code == 200  # somebody serves there
    assert Unit.objects.get(pk=other.pk).closed_at is None
    assert "P1" not in [top.code for top, _ in client.get(at("units")).context["tree"]]


def test_the_page_of_a_person_asks_the_database_the_same_whatever_their_history(north, django_assert_max_num_queries):
    client, person = client_of(registrar_of(None)), PersonFactory(unit=north)
    for number in range(5):
        grant_role(
            person, "trainer", by=None, reason="test", starts_on=date(2026, 1, 1), unit=UnitFactory(code=f"X{number}")
        )
    with django_assert_max_num_queries(30):
        assert client.get(at("person", person)).status_code == 200
    with django_assert_max_num_queries(16):
        assert client.get(at("people")).status_code == 200


def test_a_group_is_made_and_people_join_by_their_numbers_pasted_from_a_list(north):
    client, trainer = client_of(registrar_of(north)), PersonFactory(trainer=True, unit=north)
    people, stranger = PersonFactory.create_batch(3, unit=north), PersonFactory(unit=UnitFactory())
    assert client.post(at("cohort_new"), {"name_my": "အုပ်စု ၁", "name_en": "", "unit": ""}).status_code == 200
    assert client.post(at("cohort_new"), {"name_my": "အုပ်စု ၁", "name_en": "", "unit": north.pk}).status_code == 302
    cohort = Cohort.objects.get(name_my="အုပ်စု ၁")
    numbers = [one.service_number for one in people]
    answer = client.post(
        at("cohort", cohort), {"numbers": f"{', '.join(numbers)} {stranger.service_number}", "part": "learner"}
    )
    assert stranger.service_number in str(answer.context["form"].errors)  # all or nobody, and what was typed is kept
    assert not cohort.memberships.exists()
    answer = client.post(at("cohort", cohort), {"numbers": numbers[0], "part": "trainer"})
    assert numbers[0] in str(answer.context["form"].errors)  # who leads a group holds the role
    burmese = to_myanmar_digits("၊ ".join(numbers).lower())
    assert client.post(at("cohort", cohort), {"numbers": burmese, "part": "learner"}).status_code == 302
    client.post(at("cohort", cohort), {"numbers": trainer.service_number, "part": "trainer"})
    assert [cohort.memberships.learners().count(), cohort.memberships.count()] == [3, 4]
    membership = cohort.memberships.get(person=people[0])
    client.post(at("cohort_leave", cohort, membership))
    client.post(at("cohort_leave", cohort, membership))  # twice is nothing more
    assert cohort.memberships.learners().count() == 2
    assert [one.action for one in audit.history(cohort)] == [f"people.cohort_{what}" for what in ("left", "joined", "joined", "made")]  # fmt: skip
    assert client_of(registrar_of(UnitFactory())).get(at("cohort", cohort)).status_code == 404


def test_numbers_of_a_history_have_the_digits_of_the_reader(north):
    client, cohort = client_of(registrar_of(None)), CohortFactory(unit=north)
    join(cohort, [PersonFactory()], by=None, at=timezone.now())
    client.cookies["lang"] = "my"
    assert "ဝန်ထမ်းများ: ၁<" in client.get(at("cohort", cohort)).content.decode()


def test_a_trainer_who_was_a_learner_leads_from_now_on(north):
    cohort, person = CohortFactory(unit=north), PersonFactory(trainer=True)
    for part in ("learner", "trainer", "trainer"):
        join(cohort, [person], part=part, by=None, at=timezone.now())
    times = cohort.memberships.order_by("pk")
    assert [(one.part, one.left_at is None) for one in times] == [("learner", False), ("trainer", True)]


NO_NAMES = [
    ("name_latin", "=1+1", "formula"),
    ("name_latin", "<b>Khin</b>", "broken"),
    ("name_latin", "Khin 😀", "glyph"),
    ("name_latin", "Хин", "glyph"),
    ("name_latin", "ခင်", "not_latin"),
    ("name_latin", "123", "no_letters"),
    ("name_my", "Khin", "not_burmese"),
    ("name_my", "ခင် 漢", "glyph"),
    ("name_my", "ขิ่น", "glyph"),
]


@pytest.mark.parametrize(("field", "name", "code"), NO_NAMES)
def test_what_is_no_name_is_refused_in_the_office_as_it_is_in_a_table(field, name, code, north):
    client = client_of(registrar_of(None))
    given = {"service_number": "X-1", "name_my": "", "name_latin": "", "unit": north.pk}
    refused = client.post(at("person_new"), given | {field: name})
    assert [one.code for one in refused.context["form"].errors[field].as_data()] == [code]
    person = PersonFactory(unit=north, name_my="ဒေါ်ခင်", name_latin="Daw Khin")
    kept = given | {"service_number": person.service_number, "name_my": "ဒေါ်ခင်"}
    assert client.post(at("person_edit", person), kept | {field: name}).status_code == 200
    person.refresh_from_db()
    assert (person.name_my, person.name_latin) == ("ဒေါ်ခင်", "Daw Khin")
    heading = {"name_my": "Name in Burmese", "name_latin": "Name in Latin letters"}[field]
    sheet = write_csv(["Service number", heading, "Unit"], [["X-1", name, "N"]])
    came = importing.run(importing.receive("people", sheet, "list.csv", by=None))
    assert [told for row in came.rows.all() for told, _values in row.faults] == [code]


def test_groups_and_units_have_names_that_papers_can_print(north):
    client = client_of(registrar_of(None))
    group = {"name_my": "အုပ်စု 😀", "name_en": "", "unit": north.pk}
    assert "U+1F600" in str(client.post(at("cohort_new"), group).context["form"].errors)
    unit = {"name_my": "ဂိတ် 😀", "name_en": "Gate", "code": "P1", "parent": north.pk, "agency": ""}
    assert "U+1F600" in str(client.post(at("unit_new"), unit).context["form"].errors)
    assert not Cohort.objects.exists()
    assert not Unit.objects.filter(code="P1").exists()
