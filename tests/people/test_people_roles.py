"""Roles: what each allows and how far, who gives them, and what takes two people."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from people import access, rules
from people.errors import RoleDecided, SecondPersonNeeded
from people.models import Person, RoleGrant
from people.roles import confirm_role, end_role, grant_role
from records.models import AuditEntry
from tests.factories import CohortFactory, PersonFactory, UnitFactory

ROOT = Path(__file__).resolve().parents[2]
TODAY, NOW = date(2026, 11, 24), datetime(2026, 11, 24, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def fresh(person: Person) -> Person:
    """The person as the next request has them."""
    return Person.objects.get(pk=person.pk)


def given(person: Person, role: str, **kwargs) -> RoleGrant:
    """A role given by a registrar today."""
    by = kwargs.pop("by", None) or PersonFactory(registrar=True)
    return grant_role(person, role, by=by, reason="asked for", starts_on=kwargs.pop("starts_on", date(2026, 1, 1)), **kwargs)  # fmt: skip


# --- The table ----------------------------------------------------------------------------------------------------------


def test_the_table_knows_every_role_and_no_other():
    assert set(rules.ROLES) == set(RoleGrant.Role.values)


def test_every_verb_that_the_code_asks_for_is_in_the_table():
    asks = {
        "may",
        "may_or_404",
        "reach",
        "visible_people",
        "visible_cohorts",
        "visible_units",
        "person_for",
        "unit_for",
    }
    asked = set()
    for app in ("people", "records", "content", "assessments", "courses", "certificates", "training", "core"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    if name in asks:
                        asked |= {one.value for one in node.args if isinstance(one, ast.Constant) and one.value}
    assert len(asked) > 10
    assert asked <= set(rules.RULES)


def test_a_verb_that_is_in_no_table_is_an_error_and_not_a_refusal():
    with pytest.raises(KeyError):
        PersonFactory(registrar=True).may("people.love")


# --- How far ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tree() -> dict[str, Person]:
    """Two regions of one agency; an officer at the agency, in each region, and at a post of the first."""
    agency = UnitFactory()
    north, south = (UnitFactory(kind="region", parent=agency) for _ in range(2))
    post = UnitFactory(kind="post", parent=north)
    units = {"agency": agency, "north": north, "south": south, "post": post}
    return {name: PersonFactory(unit=unit) for name, unit in units.items()}


@pytest.mark.parametrize(
    ("role", "within", "names", "sees"),
    [
        ("registrar", None, False, {"agency", "north", "south", "post"}),
        ("registrar", "agency", False, {"agency", "north", "south", "post"}),
        ("registrar", "north", False, {"north", "post"}),
        ("lead", "post", False, {"post"}),
        ("supervisor", "north", False, set()),
        ("supervisor", "north", True, {"north", "post"}),
        ("auditor", None, False, set()),
        ("editor", None, False, set()),
    ],
)
def test_a_role_reaches_as_far_as_its_unit(role, within, names, sees, tree):
    viewer = PersonFactory()
    unit = tree[within].unit if within else None
    grant_role(viewer, role, by=None, reason="test", starts_on=date(2026, 1, 1), unit=unit, with_names=names)
    seen = set(access.visible_people(fresh(viewer)))
    assert {name for name, person in tree.items() if person in seen} == sees


def test_two_grants_reach_as_far_as_both(tree):
    viewer = PersonFactory()
    for name in ("south", "post"):
        grant_role(viewer, "registrar", by=None, reason="test", starts_on=date(2026, 1, 1), unit=tree[name].unit)
    assert {one for one in tree if tree[one] in access.visible_people(fresh(viewer))} == {"south", "post"}


def test_a_role_for_a_group_reaches_its_learners_and_no_other_group(tree):
    mine, other = CohortFactory(officers=[tree["north"]]), CohortFactory(officers=[tree["south"]])
    viewer = PersonFactory()
    grant_role(viewer, "master", by=None, reason="test", starts_on=date(2026, 1, 1), cohort=mine)
    viewer = fresh(viewer)
    assert list(access.visible_cohorts(viewer)) == [mine]
    assert list(access.visible_people(viewer)) == [tree["north"]]
    assert other not in access.visible_cohorts(viewer, "teach")


# --- Giving and ending ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(rules.BY_TWO))
def test_a_role_that_gives_power_is_in_force_once_a_second_person_has_confirmed_it(role):
    first, second, person = PersonFactory(registrar=True), PersonFactory(lead=True), PersonFactory()
    grant = given(person, role, by=first)
    assert not fresh(person).has_role(role)
    for own in (first, person):
        with pytest.raises(SecondPersonNeeded):
            confirm_role(grant, by=own)
    confirm_role(grant, by=second)
    assert fresh(person).has_role(role)
    with pytest.raises(RoleDecided):
        confirm_role(grant, by=PersonFactory(lead=True))
    said = AuditEntry.objects.filter(people__person=person).order_by("number").values_list("action", "by")
    assert list(said) == [("people.role_asked", first.pk), ("people.role_confirmed", second.pk)]


def test_a_role_that_was_refused_is_never_in_force():
    person = PersonFactory()
    grant = given(person, "auditor")
    end_role(grant, by=PersonFactory(lead=True), reason="Not asked for", at=NOW)
    with pytest.raises(RoleDecided):
        confirm_role(grant, by=PersonFactory(lead=True))
    assert not fresh(person).has_role("auditor")


def test_other_roles_take_one_person_and_end_with_a_reason_that_stays():
    person = PersonFactory()
    grant = given(person, "trainer")
    assert fresh(person).may("teach")
    end_role(grant, by=PersonFactory(registrar=True), reason="Moved to another post", at=NOW)
    assert not fresh(person).may("teach")
    with pytest.raises(RoleDecided):
        end_role(grant, by=PersonFactory(registrar=True), reason="Again", at=NOW)
    assert RoleGrant.objects.get(pk=grant.pk).end_reason == "Moved to another post"


@pytest.mark.parametrize(("starts_on", "ends_on"), [(date(2099, 1, 1), None), (date(2020, 1, 1), date(2020, 12, 31))])
def test_a_role_counts_from_its_first_to_its_last_day(starts_on, ends_on):
    person = PersonFactory()
    given(person, "trainer", starts_on=starts_on, ends_on=ends_on)
    assert not fresh(person).may("teach")


def test_what_cannot_be_is_refused_in_words_and_nothing_is_stored():
    registrar, person, unit, cohort = PersonFactory(registrar=True), PersonFactory(), UnitFactory(), CohortFactory()
    refused = [
        (registrar, "trainer", {}, "themselves"),
        (person, "supervisor", {}, "Choose the unit"),
        (person, "trainer", {"unit": unit, "cohort": cohort}, "not for both"),
        (person, "lead", {"with_names": True}, "Only a supervisor"),
        (person, "trainer", {"ends_on": date(2020, 1, 1)}, "before the first"),
    ]
    before = RoleGrant.objects.count(), AuditEntry.objects.count()
    for to, role, kwargs, says in refused:
        with pytest.raises(ValidationError) as refusal:
            given(to, role, by=registrar, **kwargs)
        assert any(says in message for message in refusal.value.messages)
    assert (RoleGrant.objects.count(), AuditEntry.objects.count()) == before


def test_a_role_that_is_held_is_not_given_twice_but_may_be_given_again_after_its_end():
    person = PersonFactory()
    grant = given(person, "trainer")
    with pytest.raises(ValidationError, match="holds this role already"):
        given(person, "trainer")
    given(person, "trainer", unit=UnitFactory())
    end_role(grant, by=None, reason="Moved", at=NOW)
    given(person, "trainer")


@pytest.mark.parametrize(("role", "group"), rules.ADMIN_GROUPS.items())
def test_editors_are_in_the_group_of_the_admin_for_as_long_as_they_hold_the_role(role, group):
    person = PersonFactory()
    grant = given(person, role)
    assert [one.name for one in person.groups.all()] == [group]
    end_role(grant, by=None, reason="Moved", at=NOW)
    assert list(person.groups.all()) == []
