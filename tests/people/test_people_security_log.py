"""The security log: who got in and with what, who did not, what was refused; and nothing that tells who somebody is."""

import json
import logging

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from people.models import Person
from tests.access.matrix import client_of
from tests.factories import PASSWORD, PersonFactory
from tests.people.authenticators import Device
from tests.people.test_people_passkeys import SIGN_IN, enter, give
from tests.people.test_people_second_factor import code

pytestmark = pytest.mark.django_db

DOOR = "/account/login/"


@pytest.fixture
def officer() -> Person:
    return PersonFactory(service_number="IMM-0012")


@pytest.fixture
def noted(caplog):
    """The lines so far, and forgets them."""
    caplog.set_level(logging.INFO, logger="thindan.security")

    def take():
        lines = [json.loads(one.message) for one in caplog.records if one.name == "thindan.security"]
        caplog.clear()
        return lines

    return take


def brief(lines):
    return [(one["event"], one["person"], one.get("means", "")) for one in lines]


def knock(client, password=PASSWORD, number="IMM-0012"):
    return client.post(DOOR, {"login": number, "password": password})


def test_who_got_in_is_noted_with_what(officer, noted):
    client = Client()
    knock(client)
    client.post(reverse("account_logout"))
    who = str(officer.public_id)
    assert brief(noted()) == [("signed_in", who, "password"), ("signed_out", who, "")]


def test_both_factors_are_noted(noted):
    trainer, secret = PersonFactory(trainer=True, service_number="IMM-0012"), generate_totp_secret()
    TOTP.activate(trainer, secret)
    client, who = Client(), str(trainer.public_id)
    knock(client)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert brief(noted()) == [("sign_in_failed", who, "totp"), ("signed_in", who, "password+totp")]


def test_a_passkey_is_noted_used_and_refused(officer, noted):
    device = Device()
    give(officer, device)
    noted()
    enter(Client(), device)
    Client().post(SIGN_IN, {"credential": "{}"})
    assert brief(noted()) == [("signed_in", str(officer.public_id), "webauthn"), ("sign_in_failed", "", "webauthn")]


@pytest.mark.parametrize(("number", "is_known"), [("IMM-0012", True), ("IMM-9999", False), ("အောင်", False)])
def test_who_did_not_get_in_is_noted_without_what_was_typed(number, is_known, officer, noted):
    knock(Client(), "a wrong password", number)
    lines = noted()
    assert brief(lines) == [("sign_in_failed", str(officer.public_id) if is_known else "", "password")]
    assert not {"IMM", "wrong", "127.0.0.1", officer.name_latin} & {text for text in ("IMM", "wrong", "127.0.0.1", officer.name_latin) if text in json.dumps(lines)}  # fmt: skip


def test_a_pause_is_noted(officer, noted):
    for _ in range(6):
        knock(Client(), "wrong")
    assert [one["event"] for one in noted()] == ["sign_in_failed"] * 5 + ["sign_in_paused"]


def test_a_slip_that_is_not_good_is_noted(officer, noted):
    Client().post("/account/slip/", {"number": "IMM-0012", "code": "00000-00000"})
    assert brief(noted()) == [("sign_in_failed", "", "slip")]


def test_proving_it_once_more_is_noted(officer, noted):
    client = Client()
    knock(client)
    noted()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert brief(noted()) == [("confirmed", str(officer.public_id), "password")]


def test_what_was_refused_to_who_is_signed_in_is_noted(officer, noted):
    client = client_of(officer)
    other = PersonFactory()
    noted()
    for place in ("/office/", f"/office/people/{other.public_id}/", "/admin/", "/learn/", "/no/such/place/"):
        client.get(place)
    lines = [(one["event"], one["person"], one["place"], one["status"]) for one in noted()]
    who = str(officer.public_id)
    assert lines == [
        ("refused", who, "training:office", "404"),
        ("refused", who, "office:person", "404"),
        ("refused", who, "wagtailadmin_home", "404"),
    ]


def test_a_forged_request_is_noted(officer, noted):
    client = client_of(officer, enforce_csrf_checks=True)
    noted()
    client.post("/account/contact/", {"email": "x@y.example"})
    assert [(one["event"], one["place"], one["status"]) for one in noted()] == [("refused", "account_contact", "403")]


def test_one_address_has_one_mark_that_is_not_the_address(officer, noted):
    for address in ("10.0.0.1", "10.0.0.1", "10.0.0.2"):
        knock(Client(REMOTE_ADDR=address), "wrong")
    marks = [one["from"] for one in noted()]
    assert (marks[0] == marks[1] != marks[2], "10.0.0" in "".join(marks)) == (True, False)
