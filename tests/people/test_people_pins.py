"""PINs on devices that a trainer enrolled: for officers of the group, there, and for nobody else."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from people import pins
from people.errors import PinNotHere, PinRefused, PinSimple
from people.models import CohortMembership, DevicePin, EnrolledDevice, Person
from people.roles import grant_role
from tests.factories import PASSWORD, CohortFactory, PersonFactory
from tests.people.test_people_slips import confirmed

pytestmark = pytest.mark.django_db

DOOR, LEARN, PIN = "/account/pin/sign-in/", "/learn/", "804263"


@pytest.fixture
def trainer() -> Person:
    return PersonFactory(trainer=True)


@pytest.fixture
def officer() -> Person:
    return PersonFactory(service_number="IMM-0012")


@pytest.fixture
def cohort(trainer, officer):
    return CohortFactory(trainer=trainer, officers=[officer])


@pytest.fixture
def enrolled(trainer, cohort) -> tuple[EnrolledDevice, Client]:
    """A device as the trainer leaves it: enrolled and signed out."""
    client = confirmed(trainer)
    client.post("/office/devices/", {"name": "Tablet 3", "cohort": str(cohort.public_id)})
    client.post("/account/logout/")
    return EnrolledDevice.objects.get(), client


@pytest.fixture
def device(enrolled) -> EnrolledDevice:
    return enrolled[0]


@pytest.fixture
def tablet(enrolled) -> Client:
    return enrolled[1]


def with_pin(person, device, pin=PIN):
    pins.set_pin(person, device, pin, at=timezone.now())
    return person


def enter(client, number="IMM-0012", pin=PIN):
    return client.post(DOOR, {"number": number, "pin": pin})


def is_in(client):
    return client.get(LEARN).status_code == 200


def test_an_officer_sets_a_pin_and_signs_in_with_it_there(tablet, officer):
    tablet.post("/account/login/", {"login": "IMM-0012", "password": PASSWORD})
    tablet.post("/account/reauthenticate/", {"password": PASSWORD})
    tablet.post("/account/pin/", {"pin": PIN, "again": PIN})
    tablet.post("/account/logout/")
    assert enter(tablet, "imm-၀၀၁၂", "၈၀၄၂၆၃").headers["Location"] == LEARN
    assert is_in(tablet)


def test_elsewhere_the_pin_opens_nothing(device, officer):
    with_pin(officer, device)
    other = Client()
    assert enter(other).headers["Location"] == "/account/login/"
    assert not is_in(other)


def test_a_pin_is_set_only_after_the_password(tablet, officer):
    tablet.post("/account/login/", {"login": "IMM-0012", "password": PASSWORD})
    assert tablet.get("/account/pin/").headers["Location"].startswith("/account/reauthenticate/")


def test_after_five_wrong_pins_it_is_gone_and_the_password_is_needed(tablet, device, officer):
    with_pin(officer, device)
    for _ in range(5):
        enter(tablet, pin="111222")
    assert not DevicePin.objects.exists()
    enter(tablet)
    assert not is_in(tablet)


def test_a_right_pin_forgives_the_wrong_ones_before(tablet, device, officer):
    with_pin(officer, device)
    for _ in range(4):
        enter(tablet, pin="111222")
    enter(tablet)
    assert (is_in(tablet), DevicePin.objects.get().wrong) == (True, 0)


def test_nobody_learns_who_has_a_pin(tablet, device, officer):
    with_pin(officer, device)
    tablet.get(DOOR)  # says once that the trainer signed out
    pages = {re.sub(r'value="[^"]*"', "", enter(tablet, number, "111222").content.decode())
             for number in ("IMM-0012", "IMM-9999", PersonFactory().service_number, "အောင်")}  # fmt: skip
    assert len(pages) == 1


@pytest.mark.parametrize("pin", ["111111", "121212", "123456", "987654"])
def test_what_anyone_would_try_is_no_pin(pin, device, officer):
    with pytest.raises(PinSimple):
        with_pin(officer, device, pin)


def test_part_of_the_number_is_no_pin(device, cohort):
    person = PersonFactory(service_number="IMM-804263")
    CohortMembership.objects.create(cohort=cohort, person=person, joined_at=timezone.now())
    with pytest.raises(PinSimple):
        with_pin(person, device)


def test_who_holds_a_role_or_learns_elsewhere_gets_no_pin(device, cohort):
    editor = PersonFactory(editor=True)
    CohortMembership.objects.create(cohort=cohort, person=editor, joined_at=timezone.now())
    for person in (editor, PersonFactory()):
        with pytest.raises(PinNotHere):
            with_pin(person, device)


def ended_by_password(officer, device, trainer):
    client = Client()
    client.post("/account/login/", {"login": "IMM-0012", "password": PASSWORD})
    new = "a boat under green rain"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})


def ended_by_role(officer, device, trainer):
    grant_role(officer, "trainer", by=None, reason="test", starts_on=timezone.localdate())


def ended_by_leaving(officer, device, trainer):
    CohortMembership.objects.filter(person=officer).update(left_at=timezone.now())


def ended_by_closing(officer, device, trainer):
    Person.objects.filter(pk=officer.pk).update(is_active=False)


def ended_by_time(officer, device, trainer):
    EnrolledDevice.objects.update(enrolled_at="2026-01-01T00:00Z", valid_until="2026-01-02T00:00Z")


def ended_by_trainer(officer, device, trainer):
    confirmed(trainer).post(f"/office/devices/{device.public_id}/end/")


@pytest.mark.parametrize("end", [ended_by_password, ended_by_role, ended_by_leaving, ended_by_closing, ended_by_time, ended_by_trainer])  # fmt: skip
def test_a_pin_ends(end, tablet, device, officer, trainer):
    with_pin(officer, device)
    end(officer, device, trainer)
    enter(tablet)
    assert not is_in(tablet)


def test_a_trainer_enrols_for_groups_of_theirs_only(trainer, cohort):
    other = CohortFactory(trainer=PersonFactory(trainer=True), officers=1)
    confirmed(trainer).post("/office/devices/", {"name": "Tablet 4", "cohort": str(other.public_id)})
    assert not EnrolledDevice.objects.exists()


def test_the_cookie_is_out_of_reach_of_scripts_and_not_in_the_database(enrolled):
    _device, client = enrolled
    cookie = client.cookies[pins.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 180 * 86400)
    assert cookie.value not in [str(value) for value in EnrolledDevice.objects.values_list().get()]


def test_who_guesses_at_many_numbers_is_paused(device, officer):
    with_pin(officer, device)
    for number in range(60):
        with pytest.raises(PinRefused):
            pins.check_pin(f"IMM-{number}", "111222", device)
    with pytest.raises(PinRefused):
        pins.check_pin("IMM-0012", PIN, device)
