"""What the trail keeps of a change: what differs, before and after, and of a person only what it was."""

import pytest

from core import audit
from people.cohorts import change_cohort
from people.persons import change_person
from people.units import change_unit
from records.models import AuditEntry
from tests.factories import CohortFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(code="N", name_my="မြောက်ရုံး", name_en="North")


def told(action):
    return list(AuditEntry.objects.filter(action=action).order_by("number").values_list("detail", flat=True))


def test_of_a_unit_the_names_and_the_code_above(unit):
    region = UnitFactory(kind="region", parent=unit, code="R", name_my="ဒေသ", name_en="Region")
    other = UnitFactory(code="S")
    change_unit(region, by=None, code="R", name_en="Hills", name_my="ဒေသ")
    change_unit(region, by=None, code="R2", parent=other)
    change_unit(region, by=None, code="R2", parent=other)
    assert told("people.unit_changed") == ['{"name_en":["Region","Hills"]}', '{"code":["R","R2"],"parent":["N","S"]}']


def test_of_a_group_the_names_and_the_unit(unit):
    cohort = CohortFactory(name_my="", name_en="Group")
    change_cohort(cohort, by=None, name_my="အုပ်စု", unit=unit)
    change_cohort(cohort, by=None, name_my="အုပ်စု", unit=unit)
    change_cohort(cohort, by=None, unit=None)
    assert told("people.cohort_changed") == ['{"name_my":["","အုပ်စု"],"unit":["","N"]}', '{"unit":["N",""]}']


def test_of_a_person_what_was_changed_without_names_and_the_unit(unit):
    person = PersonFactory(unit=unit, name_latin="Daw Nilar")
    change_person(person, by=None, name_latin="Daw Thida")
    change_person(person, by=None, name_latin="Daw Thida", unit=unit)
    change_person(person, by=None, language="en", service_number="IMM-77", unit=UnitFactory(code="S"))
    assert told("people.person_changed") == [
        '{"changed":["name_latin"]}',
        '{"changed":["service_number","unit","language"],"unit":["N","S"]}',
    ]


def test_what_stays_as_it_was_is_no_change():
    assert audit.changes({"a": 1, "b": ""}, {"a": 1, "b": None, "c": 2}) == {"b": ["", None]}
