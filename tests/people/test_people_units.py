"""Units: a tree that is changed, closed and merged, with its history."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core import audit
from people import units
from people.errors import SameNamesBelow, UnitInUse, UnitsDoNotMerge
from people.models import Person, Unit
from people.roles import grant_role
from tests.factories import CohortFactory, PersonFactory, UnitFactory

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def agency() -> Unit:
    return UnitFactory()


def below(parent: Unit, **values) -> Unit:
    kind = "region" if parent.kind == "agency" else "post"
    return UnitFactory(kind=kind, parent=parent, agency=parent.agency, **values)


def told(unit: Unit) -> list[str]:
    return [entry.action for entry in audit.history(unit)]


def test_a_unit_is_one_level_below_its_parent_and_of_its_agency(agency):
    values = {"name_my": "ရုံး", "name_en": "Office", "by": None}
    region = units.make_unit(parent=agency, agency="police", code="R1", **values)
    post = units.make_unit(parent=region, agency="", code="P1", **values)
    assert [(one.kind, one.agency) for one in (region, post)] == [("region", "immigration"), ("post", "immigration")]
    with pytest.raises(ValidationError, match="code"):
        units.make_unit(parent=agency, agency="", code="P1", **{**values, "name_en": "Other"})
    with pytest.raises(KeyError):
        units.make_unit(parent=post, agency="", code="X", **values)


def test_a_change_keeps_what_was_there_before(agency):
    region, other = below(agency, code="R1"), UnitFactory()
    units.change_unit(region, by=None, name_en="Northern region", code="R1")
    (entry,) = audit.history(region)
    assert entry.details["name_en"][1] == "Northern region"
    assert "code" not in entry.details
    with pytest.raises(ValidationError):  # an agency may not hang below another, nor a region below a region
        units.change_unit(other, by=None, parent=agency)


def test_a_unit_is_closed_when_nobody_serves_in_it(agency):
    region = below(agency)
    post, person = below(region), PersonFactory(unit=region)
    with pytest.raises(UnitInUse) as refusal:
        units.close_unit(region, by=None, reason="Gone", at=NOW)
    assert "there: 1; open units that belong to it: 1." in str(refusal.value)
    Person.objects.filter(pk=person.pk).update(is_active=False)  # who left may stay where they were
    units.close_unit(post, by=None, reason="Gone", at=NOW)
    closed = units.close_unit(region, by=None, reason="Gone", at=NOW)
    assert closed.closed_at == NOW
    with pytest.raises(ValidationError, match="closed"):
        Person(service_number="X-1", name_latin="X", unit=closed).full_clean(exclude=["password"])
    with pytest.raises(UnitsDoNotMerge):  # the post lies below a closed region
        units.open_unit(post, by=None, reason="Needed")
    assert units.open_unit(region, by=None, reason="Needed").closed_at is None
    assert told(region) == ["people.unit_opened", "people.unit_closed"]


def test_merging_moves_who_and_what_belongs_to_it_and_ends_roles(agency):
    old, new = below(agency), below(agency)
    post, cohort = below(old), CohortFactory(unit=old)
    serving, left = PersonFactory(unit=old), PersonFactory(unit=old, is_active=False)
    grant = grant_role(PersonFactory(), "supervisor", by=None, reason="test", starts_on=date(2026, 1, 1), unit=old)
    units.merge_units(old, new, by=None, reason="One office now", at=NOW)
    for one in (old, post, cohort, serving, left, grant):
        one.refresh_from_db()
    assert (old.merged_into, old.closed_at) == (new, NOW)
    assert {serving.unit, left.unit, cohort.unit, post.parent} == {new}
    assert (grant.ended_at, grant.end_reason) == (NOW, "One office now")
    assert told(old) == told(new) == ["people.unit_merged"]
    assert audit.history(old)[0].people.get().person == serving


def test_units_that_are_not_alike_or_not_open_do_not_merge(agency):
    region, other = below(agency), below(agency)
    closed = units.close_unit(below(agency), by=None, reason="Gone", at=NOW)
    for one, into in [
        (region, below(region)),
        (region, region),
        (region, closed),
        (closed, region),
        (agency, UnitFactory()),
    ]:
        with pytest.raises(UnitsDoNotMerge):
            units.merge_units(one, into, by=None, reason="x", at=NOW)
    below(region, name_en="Gate")
    below(other, name_en="Gate")
    with pytest.raises(SameNamesBelow):
        units.merge_units(region, other, by=None, reason="x", at=NOW)
    assert not Unit.objects.filter(merged_into__isnull=False).exists()
