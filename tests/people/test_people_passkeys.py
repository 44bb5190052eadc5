"""Passkeys: made, used in place of and beside the password, refused, taken off; and only where they work."""

import json

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.personal import KINDS
from people import pins
from people.factors import ask_reset, decide_reset
from people.models import Person
from records.models import AuditEntry
from tests.access.matrix import client_of, confirmed
from tests.factories import PASSWORD, CohortFactory, PersonFactory
from tests.people.authenticators import Device

pytestmark = pytest.mark.django_db

ADD, SIGN_IN, CONFIRM, INDEX = "/account/2fa/passkeys/add/", "/account/passkey/", "/account/2fa/passkeys/confirm/", "/account/2fa/"  # fmt: skip
ASK, SET_UP = "/account/2fa/authenticate/", "/account/2fa/totp/activate/"
BY_IP = {"SERVER_NAME": "127.0.0.1"}


@pytest.fixture
def officer() -> Person:
    return PersonFactory()


@pytest.fixture
def trainer() -> Person:
    return PersonFactory(trainer=True)


@pytest.fixture
def device() -> Device:
    return Device()


def keys(person):
    return Authenticator.objects.filter(user=person, type="webauthn")


def make(client, device, **data):
    """Walk through the page on which a passkey is made."""
    options = client.get(ADD).context["options"]
    return client.post(ADD, {"credential": device.make(options), **data})


def inside(person, **kwargs):
    """A browser in which a person proved a moment ago who they are, with the second factor too."""
    client = client_of(person, **kwargs)
    session = client.session
    session[METHODS] = [*session[METHODS], {"method": "mfa", "at": timezone.now().timestamp()}]
    session.save()
    return confirmed(client)


def give(person, device):
    """A passkey of a person, made in a session that ended."""
    make(inside(person), device, name="My phone")
    return keys(person).last()


def enter(client, device, **data):
    """Sign in with the passkey."""
    options = client.get(SIGN_IN).context["options"]
    return client.post(SIGN_IN, {"credential": device.use(options), **data})


def is_in(client):
    return client.get("/learn/").status_code == 200


# --- Making ----------------------------------------------------------------------------------------------------------


def test_making_one_gives_recovery_codes_and_is_told_to_the_trail(officer, device):
    response = make(confirmed(client_of(officer)), device, name="My phone")
    assert response.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert str(keys(officer).get()) == "My phone"
    told = [(one.action, one.details, one.by) for one in AuditEntry.objects.order_by("number")][-2:]
    assert told[0] == ("people.factor_added", {"kind": "webauthn"}, officer)


def test_the_device_is_asked_for_its_lock_and_told_no_name(officer):
    asked = confirmed(client_of(officer)).get(ADD).context["options"]["publicKey"]
    selection = asked["authenticatorSelection"]
    assert (selection["residentKey"], selection["userVerification"]) == ("required", "required")
    assert {asked["user"]["name"], asked["user"]["displayName"]} == {officer.service_number}


def test_a_device_that_did_not_ask_for_its_lock_is_not_taken(officer):
    response = make(confirmed(client_of(officer)), Device(verifies=False))
    assert (response.status_code, keys(officer).exists()) == (200, False)


def test_only_the_answer_to_the_last_question_is_taken(officer, device):
    client = confirmed(client_of(officer))
    old = device.make(client.get(ADD).context["options"])
    client.get(ADD)
    assert client.post(ADD, {"credential": old}).status_code == 200
    assert not keys(officer).exists()


MALFORMED = ["", "x", "null", "[]", "1", "{}", '{"response": null}', '{"response": {"userHandle": "%%%"}}',
             '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
             '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJodHRwOi8vdGVzdHNlcnZlciJ9", "authenticatorData": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAFAAAAAA", "signature": "AA", "userHandle": 7}}']  # fmt: skip


@pytest.mark.parametrize("credential", MALFORMED)
def test_what_is_no_passkey_is_refused_in_words_everywhere(credential, officer, device):
    give(officer, device)
    client = inside(officer)
    for where, place in ((client, ADD), (client, CONFIRM), (Client(), SIGN_IN)):
        where.get(place)
        response = where.post(place, {"credential": credential})
        assert response.status_code == 200, place
        assert response.context["form"].errors, place


def test_ten_are_enough(officer, device):
    for _ in range(10):
        give(officer, Device())
    assert make(inside(officer), device).status_code == 200
    assert keys(officer).count() == 10


def test_on_a_shared_device_none_is_made(trainer, officer, device):
    cohort = CohortFactory(trainer=trainer, officers=[officer])
    _enrolled, token = pins.enrol_device("Tablet 3", cohort, by=trainer, at=timezone.now())
    client = confirmed(client_of(officer))
    client.cookies[pins.COOKIE] = token
    assert [client.get(ADD).status_code, client.post(ADD, {"credential": "{}"}).status_code] == [404, 404]


def test_the_password_is_asked_for_first(officer):
    assert client_of(officer).get(ADD).headers["Location"].startswith("/account/reauthenticate/")


def test_the_password_alone_adds_nothing_to_an_account_that_has_a_factor(trainer, device):
    before = client_of(trainer, second_factor=False)  # a session from before the factor
    give(trainer, device)
    answers = [confirmed(before).get(place).headers["Location"] for place in (ADD, SET_UP)]
    assert answers == [CONFIRM, CONFIRM]


# --- Signing in ----------------------------------------------------------------------------------------------------------


def test_a_passkey_opens_the_desk_and_says_itself_whose_it_is(officer, device):
    give(officer, device)
    client = Client()
    assert enter(client, device).headers["Location"] == "/learn/"
    assert is_in(client)
    assert keys(officer).get().last_used_at


def test_it_stands_for_both_factors_and_staff_land_at_their_desk(trainer, device):
    give(trainer, device)
    client = Client()
    assert enter(client, device).headers["Location"] == "/teach/"
    assert client.get("/teach/").status_code == 200


def test_the_session_begins_new_with_the_limits_of_the_role(trainer, device):
    give(trainer, device)
    client = Client()
    client.get(SIGN_IN)
    before = client.session.session_key
    enter(client, device)
    kept = client.session["people.session"]
    assert (client.session.session_key != before, kept["idle"], kept["whole"]) == (True, 7200, 43200)
    assert trainer.sessions.filter(session_key=client.session.session_key).exists()


def test_it_leads_where_one_was_going_and_to_no_other_site(officer, device):
    give(officer, device)
    leads = [enter(Client(), device, next=target).headers["Location"] for target in ("/certificates/", "//evil.example/")]  # fmt: skip
    assert leads == ["/certificates/", "/learn/"]


def test_a_closed_account_stays_closed(officer, device):
    give(officer, device)
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    client = Client()
    assert enter(client, device).headers["Location"] == "/account/inactive/"
    assert not is_in(client)


def test_whoever_it_was_the_same_is_said(officer, trainer, device):
    """Nobody's handle, another's, the right one under a wrong key, without the lock, an answer given before."""
    give(officer, device)
    nobody, other = (
        Device(id=device.id, handle=b"zzzz"),
        Device(key=device.key, id=device.id, handle=user_pk_to_url_str(trainer).encode()),
    )
    forged, unlocked = Device(id=device.id, handle=device.handle), Device(key=device.key, id=device.id, handle=device.handle, verifies=False)  # fmt: skip
    answers = set()
    for one in (nobody, other, forged, unlocked):
        client = Client()
        response = enter(client, one)
        answers.add((response.status_code, str(response.context["form"].errors["credential"])))
        assert not is_in(client)
    client = Client()
    old = device.use(client.get(SIGN_IN).context["options"])
    client.get(SIGN_IN)
    response = client.post(SIGN_IN, {"credential": old})
    answers.add((response.status_code, str(response.context["form"].errors["credential"])))
    assert len(answers) == 1


def test_an_answer_overheard_is_of_no_use(officer, device):
    give(officer, device)
    client = Client()
    sent = {"credential": device.use(client.get(SIGN_IN).context["options"])}
    assert client.post(SIGN_IN, sent).status_code == 302
    assert Client().post(SIGN_IN, sent).status_code == 200
    client.logout()
    assert client.post(SIGN_IN, sent).status_code == 200


def test_a_passkey_used_on_a_false_site_is_refused(officer, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    true = Device(origin="https://testserver")
    give(officer, true)
    false = Device(origin="https://testserver.evil.example", key=true.key, id=true.id, handle=true.handle)
    assert [enter(Client(), one).status_code for one in (false, true)] == [200, 302]


def test_a_password_that_somebody_else_set_is_still_to_be_changed(officer, device):
    give(officer, device)
    Person.objects.filter(pk=officer.pk).update(must_change_password=True)
    client = Client()
    enter(client, device)
    assert client.get("/learn/").headers["Location"] == reverse("account_change_password")


def test_a_room_behind_one_address_signs_in_at_once(officer, device):
    give(officer, device)
    assert [enter(Client(), device).status_code for _ in range(40)] == [302] * 40


def test_too_many_from_one_address_get_a_page_that_says_so(monkeypatch):
    monkeypatch.setattr("core.ratelimit.cache.incr", lambda name: 301)
    response = Client(headers={"accept-language": "my"}).get(SIGN_IN)
    assert (response.status_code, 'lang="my"' in response.content.decode()) == (429, True)


# --- Beside the password ---------------------------------------------------------------------------------------------------


def knock(client, person):
    return client.post("/account/login/", {"login": person.service_number, "password": PASSWORD})


def test_after_the_password_the_passkey_is_asked_for_or_a_recovery_code(officer, device):
    give(officer, device)
    code = RecoveryCodes.activate(officer).get_unused_codes()[0]
    for proof in ("passkey", "code"):
        client = Client()
        assert knock(client, officer).headers["Location"] == ASK
        asked = client.get(ASK).context["options"]
        data = {"credential": device.use(asked)} if proof == "passkey" else {"code": code}
        assert client.post(ASK, data).headers["Location"] == "/learn/"


def test_who_has_no_passkey_is_not_asked_for_one(officer):
    TOTP.activate(officer, generate_totp_secret())
    client = Client()
    knock(client, officer)
    assert "pass-key" not in client.get(ASK).content.decode()


def test_another_persons_passkey_is_no_second_factor(officer, trainer, device):
    give(officer, Device())
    give(trainer, device)
    client = Client()
    knock(client, officer)
    response = client.post(ASK, {"credential": device.use(client.get(ASK).context["options"])})
    assert (response.status_code, is_in(client)) == (200, False)


def test_it_confirms_before_a_dangerous_act(trainer, device):
    give(trainer, device)
    client = Client()
    enter(client, device)
    page = client.get("/office/devices/", follow=True)
    ways = [one["url"].partition("?")[0] for one in page.context["reauthentication_alternatives"]]
    assert set(ways) == {"/account/2fa/reauthenticate/", CONFIRM}
    options = client.get(CONFIRM + "?next=/office/devices/").context["options"]
    answer = client.post(CONFIRM, {"credential": device.use(options), "next": "/office/devices/"})
    assert answer.headers["Location"] == "/office/devices/"
    assert client.get("/office/devices/").status_code == 200


# --- Staff -----------------------------------------------------------------------------------------------------------------


def test_staff_may_set_up_a_passkey_in_place_of_the_app(trainer, device):
    client = Client()
    knock(client, trainer)
    assert client.get("/teach/").headers["Location"] == SET_UP
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert ADD in client.get(SET_UP).content.decode()
    assert make(client, device).headers["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get("/teach/").status_code == 200


def test_a_session_from_before_it_was_made_is_asked_for_it(trainer, device):
    before = client_of(trainer, second_factor=False)
    give(trainer, device)
    assert before.get("/teach/").headers["Location"] == CONFIRM
    before.post(CONFIRM, {"credential": device.use(before.get(CONFIRM).context["options"])})
    assert before.get("/teach/").status_code == 200


def test_without_recovery_codes_left_staff_are_led_to_make_some(trainer, device):
    give(trainer, device)
    Authenticator.objects.filter(user=trainer, type="recovery_codes").delete()
    client = Client()
    assert enter(client, device).headers["Location"] == reverse("mfa_generate_recovery_codes")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_generate_recovery_codes"))
    assert Authenticator.objects.filter(user=trainer, type="recovery_codes").exists()


@pytest.mark.parametrize("also", [False, True], ids=["the last", "one of two"])
def test_staff_keep_a_second_factor(also, trainer, device):
    key = give(trainer, device)
    if also:
        TOTP.activate(trainer, generate_totp_secret())
    client = inside(trainer)
    place = reverse("mfa_remove_webauthn", args=[key.pk])
    client.get(place)
    client.post(place)
    assert keys(trainer).exists() is not also


def test_staff_do_not_turn_off_their_only_app(trainer):
    TOTP.activate(trainer, generate_totp_secret())
    inside(trainer).post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=trainer, type="totp").exists()


def test_two_people_take_off_passkeys_too(trainer, device):
    give(trainer, device)
    reset = ask_reset(trainer, by=PersonFactory(registrar=True), reason="Stolen", at=timezone.now())
    decide_reset(reset, by=PersonFactory(lead=True), is_confirmed=True, at=timezone.now())
    assert not Authenticator.objects.filter(user=trainer).exists()
    assert not is_in((client := Client(), enter(client, device))[0])


# --- Renaming, removing, seeing ----------------------------------------------------------------------------------------------


def test_an_officer_renames_and_removes_it_and_its_codes_go_with_the_last(officer, device):
    key = give(officer, device)
    client = inside(officer)
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "ကျွန်မ၏ ဖုန်း"})
    assert "ကျွန်မ၏ ဖုန်း" in client.get(INDEX).content.decode()
    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).headers["Location"] == INDEX
    assert not Authenticator.objects.filter(user=officer).exists()
    assert enter(Client(), device).status_code == 200
    told = [(one.action, one.details) for one in AuditEntry.objects.order_by("number")][-2:]
    assert ("people.factor_removed", {"kind": "webauthn"}) in told


def test_the_passkey_of_another_is_not_there(officer, trainer, device):
    key = give(trainer, device)
    client = confirmed(client_of(officer))
    places = [reverse(name, args=[key.pk]) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")]
    assert [client.get(place).status_code for place in places] + [client.post(place).status_code for place in places] == [404] * 4  # fmt: skip


def test_ones_own_data_holds_its_name_and_no_key(officer, device):
    give(officer, device)
    rows = KINDS["mfa.authenticator"].told(officer)
    assert [row["data__name"] for row in rows if row["type"] == "webauthn"] == ["My phone"]
    assert "credential" not in json.dumps(rows, default=str)


# --- Where they do not work ----------------------------------------------------------------------------------------------------


def test_at_an_ip_address_nothing_offers_them(trainer, device, settings):
    settings.ALLOWED_HOSTS = ["*"]
    key = give(trainer, device)
    client = inside(trainer, **BY_IP)
    places = [ADD, CONFIRM, *(reverse(name, args=[key.pk]) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"))]
    assert [client.get(place).status_code for place in places] == [404] * 4
    assert Client(**BY_IP).get(SIGN_IN).status_code == 404
    assert Client(SERVER_NAME="[::1]").get(SIGN_IN).status_code == 404
    pages = [Client(**BY_IP).get("/account/login/"), client.get(INDEX), client.get("/account/reauthenticate/")]
    assert [one for one in pages if "passkey" in one.content.decode() or one.status_code != 200] == []


def test_there_a_recovery_code_lets_in_who_has_nothing_but_a_passkey(trainer, device, settings):
    settings.ALLOWED_HOSTS = ["*"]
    give(trainer, device)
    code = RecoveryCodes.activate(trainer).get_unused_codes()[0]
    client = Client(**BY_IP)
    knock(client, trainer)
    assert "pass-key" not in client.get(ASK).content.decode()
    assert client.post(ASK, {"code": code}).headers["Location"] == "/teach/"


def test_without_script_a_page_says_what_works(officer, device):
    give(officer, device)
    for client, place in ((Client(), SIGN_IN), (inside(officer), ADD)):
        body = client.get(place, headers={"accept-language": "en"}).content.decode()
        assert "<noscript>" in body
        assert "hidden>" in body.partition('<div class="actions">')[2].partition("</button>")[0]
