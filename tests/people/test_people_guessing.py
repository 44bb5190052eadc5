"""Whoever guesses: every way in is counted by account, and no answer tells who exists."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from people.models import Person
from tests.access.matrix import client_of
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

DOOR, ASK, AGAIN = "/account/login/", "/account/2fa/authenticate/", "/account/2fa/reauthenticate/"
CONFIRM, CHANGE = "/account/reauthenticate/", "/account/password/change/"


def page(response):
    return re.sub(r'value="[^"]*"', "", response.content.decode())


@pytest.fixture
def trainer() -> Person:
    person = PersonFactory(trainer=True)
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


def half_in(person):
    client = Client(headers={"accept-language": "my"})
    client.post(DOOR, {"login": person.service_number, "password": PASSWORD})
    return client


def recovery_code(person):
    return RecoveryCodes.activate(person).get_unused_codes()[0]


def test_five_wrong_codes_pause_the_second_factor_from_every_browser(trainer):
    client = half_in(trainer)
    for _ in range(5):
        client.post(ASK, {"code": "000000"})
    assert half_in(trainer).post(ASK, {"code": recovery_code(trainer)}).status_code == 200  # not led on


def test_four_wrong_codes_are_forgiven(trainer):
    client = half_in(trainer)
    for _ in range(4):
        client.post(ASK, {"code": "000000"})
    assert client.post(ASK, {"code": recovery_code(trainer)}).status_code == 302


@pytest.mark.parametrize(("place", "wrong"), [(CONFIRM, {"password": "wrong"}), (AGAIN, {"code": "000000"})])
def test_confirming_that_it_is_you_is_counted_too(place, wrong, trainer):
    client = client_of(trainer)
    for _ in range(5):
        client.post(place, wrong)
    right = {"password": PASSWORD} if place == CONFIRM else {"code": recovery_code(trainer)}
    assert client.post(place, right).status_code == 200


def test_wrong_passwords_at_the_door_and_when_confirming_are_counted_together(trainer):
    client = client_of(trainer)
    for _ in range(3):
        client.post(CONFIRM, {"password": "wrong"})
    for _ in range(2):
        Client().post(DOOR, {"login": trainer.service_number, "password": "wrong"})
    assert half_in(trainer).get(ASK).status_code == 302  # not even asked for the code


def test_a_stolen_session_does_not_try_old_passwords_without_end():
    client = client_of(PersonFactory())
    tried = {"oldpassword": "wrong", "password1": "a boat under green rain", "password2": "a boat under green rain"}
    assert [client.post(CHANGE, tried).status_code for _ in range(7)][-1] == 429


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """One entry for each password that is hashed."""
    done: list[str] = []
    plain = MD5PasswordHasher.encode

    def encode(self, password, salt):
        done.append(password)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return done


def test_an_unknown_number_costs_as_much_and_reads_as_one_that_exists(hashes):
    known, no_password, closed = PersonFactory(), PersonFactory(), PersonFactory(is_active=False)
    no_password.set_unusable_password()
    no_password.save()
    numbers = [known.service_number, "IMM-99999", no_password.service_number, closed.service_number]
    costs, pages = [], set()
    for number in numbers:
        hashes.clear()
        pages.add(page(Client().post(DOOR, {"login": number, "password": "wrong"})))
        costs.append(len(hashes))
    assert (len(set(costs)), len(pages)) == (1, 1), costs
