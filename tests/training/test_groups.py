"""Groups that trainers make themselves: picked, pasted, by a rule or by a code; and what that does not give them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Enrolment
from people.access import people_for_slips
from people.cohorts import leave
from people.models import Cohort, CohortMembership
from people.receivers import keep_findable
from tests.factories import CohortFactory, PersonFactory, UnitFactory
from training.errors import DoorClosed
from training.groups import making
from training.models import CohortDoor, CohortRule
from training.services import assign

pytestmark = pytest.mark.django_db
Origin = CohortMembership.Origin


@pytest.fixture
def unit():
    return UnitFactory(kind="post", parent=UnitFactory(), name_en="Lotus Bridge")


@pytest.fixture
def trainer(unit):
    return PersonFactory(trainer=True, unit=unit)


@pytest.fixture
def officers(unit):
    return PersonFactory.create_batch(3, unit=unit)


@pytest.fixture
def cohort(trainer):
    return CohortFactory(trainer=trainer)


def learners(cohort) -> set:
    return {(one.person, one.origin) for one in cohort.memberships.learners()}


def test_a_trainer_makes_a_group_of_the_own_unit_from_pasted_numbers(desk, trainer, officers):
    numbers = f"{officers[0].service_number}, {officers[1].service_number.lower()}"
    desk.post("/teach/cohorts/new/", {"name_my": "အုပ်စုသစ်", "name_en": "", "people": numbers})
    made = Cohort.objects.get(name_my="အုပ်စုသစ်")
    assert made.unit == trainer.unit
    assert learners(made) == {(officers[0], Origin.TRAINER), (officers[1], Origin.TRAINER)}
    assert made.memberships.get(person=trainer).part == "trainer"


def test_people_of_other_units_cannot_be_named_or_ticked(desk, cohort):
    stranger = PersonFactory()
    page = desk.post("/teach/cohorts/new/", {"name_my": "အုပ်စု", "people": stranger.service_number}).content.decode()
    assert "Not in your unit or in your groups" in page
    desk.post(f"/teach/cohorts/{cohort.public_id}/ways/", {"person": [str(stranger.public_id), "x"]})
    assert learners(cohort) == set()


def test_people_are_searched_and_ticked(desk, cohort, officers):
    keep_findable(officers[1])
    page = desk.get(f"/teach/cohorts/{cohort.public_id}/ways/", {"q": officers[1].service_number}).content.decode()
    assert str(officers[1].public_id) in page
    desk.post(f"/teach/cohorts/{cohort.public_id}/ways/", {"person": str(officers[1].public_id)})
    assert learners(cohort) == {(officers[1], Origin.TRAINER)}
    assert str(officers[1].public_id) not in desk.get(f"/teach/cohorts/{cohort.public_id}/ways/").content.decode()


def test_whom_the_trainer_put_there_gets_no_slip_from_the_trainer(trainer, cohort, officers):
    making.people_cohorts.join(cohort, [officers[0]], by=trainer, at=timezone.now(), origin=Origin.TRAINER)
    making.people_cohorts.join(cohort, [officers[1]], by=None, at=timezone.now())
    assert list(people_for_slips(trainer)) == [officers[1]]


# --- By a code ------------------------------------------------------------------------------------------------------------


def test_who_types_the_code_joins_and_gets_what_the_group_was_given(desk, sign_in, cohort, trainer):
    from courses.catalogue import catalogue

    assign(cohort, catalogue("en").by_code["C1"], by=trainer, due_on=None, message="", at=timezone.now())
    desk.post(f"/teach/cohorts/{cohort.public_id}/door/", {"action": "open"})
    code = CohortDoor.objects.get().code
    assert code in desk.get(f"/teach/cohorts/{cohort.public_id}/ways/").content.decode()
    officer = PersonFactory()  # of any unit
    own = sign_in(officer)
    page = own.post("/learn/join/", {"code": "000000"}).content.decode()
    assert "No group is open with this code now" in page
    own.post("/learn/join/", {"code": f" {code.lower()} "})
    own.post("/learn/join/", {"code": code})
    assert learners(cohort) == {(officer, Origin.CODE)}
    assert Enrolment.objects.filter(person=officer, course_code="C1").count() == 1


def test_a_code_ends_by_itself_and_when_it_is_closed(cohort, trainer):
    now = timezone.now()
    door = making.open_door(cohort, by=trainer, at=now)
    assert making.open_door(cohort, by=trainer, at=now) == door
    with pytest.raises(DoorClosed):
        making.enter(PersonFactory(), door.code, at=now + timedelta(hours=13))
    other = making.open_door(cohort, by=trainer, at=now + timedelta(hours=13))
    assert other != door
    making.close_door(cohort, at=now + timedelta(hours=14))
    with pytest.raises(DoorClosed):
        making.enter(PersonFactory(), other.code, at=now + timedelta(hours=14))


def test_who_leads_the_group_stays_its_trainer(cohort, trainer):
    door = making.open_door(cohort, by=trainer, at=timezone.now())
    making.enter(trainer, door.code, at=timezone.now())
    assert cohort.memberships.current().get(person=trainer).part == "trainer"


def test_codes_of_groups_are_not_guessed(sign_in, officers):
    own = sign_in(officers[0])
    assert [own.post("/learn/join/", {"code": f"{n:06d}"}).status_code for n in range(12)][-1] == 429


# --- By a rule ------------------------------------------------------------------------------------------------------------


def test_a_rule_brings_in_who_serves_there_and_who_comes_later(desk, cohort, unit, officers, trainer):
    PersonFactory(trainer=True, unit=unit)
    desk.post(f"/teach/cohorts/{cohort.public_id}/rule/", {"unit": unit.pk, "with_below": "on", "who": "officers"})
    assert {person for person, _origin in learners(cohort)} == set(officers)
    left = cohort.memberships.get(person=officers[0])
    leave(left, by=trainer, at=timezone.now())
    newcomer = PersonFactory(unit=unit)
    making.apply_all(timezone.now())
    assert learners(cohort) == {(officers[1], Origin.RULE), (officers[2], Origin.RULE), (newcomer, Origin.RULE)}
    desk.post(f"/teach/cohorts/{cohort.public_id}/rule/", {"action": "end"})
    assert not CohortRule.objects.exists()
    assert len(learners(cohort)) == 3


def test_a_rule_reaches_the_own_unit_and_what_lies_below(desk, cohort, unit):
    other = UnitFactory()
    page = desk.post(f"/teach/cohorts/{cohort.public_id}/rule/", {"unit": other.pk, "who": "everyone"}).content.decode()
    assert "Select a valid choice" in page
    assert f'value="{unit.pk}"' in page
    assert f'value="{other.pk}"' not in page


@pytest.mark.parametrize("place", ["ways/", "rule/"])
def test_the_group_of_another_trainer_is_not_there(place, desk):
    other = CohortFactory(trainer=PersonFactory(trainer=True))
    assert desk.get(f"/teach/cohorts/{other.public_id}/{place}").status_code == 404
