"""The second factor: who needs it, how it is set up, and that nothing goes past it."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from people.models import Person, RoleGrant
from people.roles import grant_role
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

BURMESE = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")
DESKS = {"trainer": "/teach/", "registrar": "/office/", "lead": "/office/", "editor": "/admin/"}
SET_UP, ASK, AGAIN = "/account/2fa/totp/activate/", "/account/2fa/authenticate/", "/account/2fa/reauthenticate/"


@pytest.fixture
def later(monkeypatch):
    """Moves the clock of the codes on by some of their half minutes."""
    begun = auth.time.time()

    def move(steps):
        monkeypatch.setattr(auth.time, "time", lambda: begun + 30 * steps)

    move(0)
    return move


def code(secret):
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(auth.time.time()) // 30))


def knock(client, person):
    """Give number and password; where one lands."""
    response = client.post("/account/login/", {"login": person.service_number, "password": PASSWORD})
    return response.headers.get("Location", "")


def send(client, place, text):
    """Give a code at a place; where one lands, or nothing where it is refused."""
    return client.post(place, {"code": text}).headers.get("Location", "")


@pytest.fixture
def secret() -> str:
    return generate_totp_secret()


@pytest.fixture
def trainer(secret) -> Person:
    """A trainer with an authenticator."""
    person = PersonFactory(trainer=True)
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return person


# --- Signing in ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", DESKS)
def test_number_password_and_code_lead_to_the_desk_of_the_role(role, client, secret, later):
    person = PersonFactory(role=role)
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    assert knock(client, person) == ASK
    assert send(client, ASK, code(secret)) == DESKS[role]
    assert client.get(DESKS[role]).status_code == 200


def test_an_officer_needs_no_code(client):
    assert knock(client, PersonFactory()) == "/learn/"
    assert client.get("/learn/").status_code == 200


def test_before_the_code_nobody_is_in(client, trainer):
    knock(client, trainer)
    leads = {path: client.get(path).headers["Location"] for path in ("/teach/", "/learn/", "/account/", AGAIN)}
    assert leads == {path: f"/account/login/?next={path}" for path in leads}


def test_who_has_no_recovery_code_left_is_led_to_make_some(trainer, client, secret, settings):
    Authenticator.objects.filter(user=trainer, type="recovery_codes").delete()
    knock(client, trainer)
    assert send(client, ASK, code(secret)) == reverse("mfa_generate_recovery_codes")


def test_the_code_may_be_typed_in_burmese_digits(client, trainer, secret, later):
    knock(client, trainer)
    assert send(client, ASK, code(secret).translate(BURMESE)) == "/teach/"


@pytest.mark.parametrize("wrong", ["", "12345", "abcdef", "0000000"])
def test_what_is_no_code_is_refused(wrong, client, trainer, later):
    knock(client, trainer)
    assert send(client, ASK, wrong) == ""
    assert client.get("/teach/").status_code == 302


def test_the_code_of_another_is_refused(client, trainer, later):
    knock(client, trainer)
    assert send(client, ASK, code(generate_totp_secret())) == ""


def test_an_old_code_is_refused(client, trainer, secret, later):
    old = code(secret)
    later(3)
    knock(client, trainer)
    assert send(client, ASK, old) == ""


def test_a_code_overheard_is_of_no_use(trainer, secret, later):
    first, second = Client(), Client()
    knock(first, trainer)
    knock(second, trainer)
    assert send(first, ASK, code(secret)) == "/teach/"
    assert send(second, ASK, code(secret)) == ""


def test_a_code_overheard_is_of_no_use_in_other_digits_either(trainer, secret, later):
    first, second = Client(), Client()
    knock(first, trainer)
    knock(second, trainer)
    assert send(first, ASK, code(secret)) == "/teach/"
    assert send(second, ASK, code(secret).translate(BURMESE)) == ""


def test_codes_cannot_be_tried_without_end(client, trainer, secret, later):
    knock(client, trainer)
    for guess in range(10):
        send(client, ASK, f"{guess:06d}")
    assert send(client, ASK, code(secret)) == ""


def test_a_recovery_code_opens_once(trainer):
    recovery = RecoveryCodes.activate(trainer).get_unused_codes()[0]
    first, second = Client(), Client()
    knock(first, trainer)
    knock(second, trainer)
    assert [send(first, ASK, recovery), send(second, ASK, recovery)] == ["/teach/", ""]


# --- Setting up ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", DESKS)
def test_staff_without_a_second_factor_reach_only_its_set_up(role, client):
    knock(client, PersonFactory(role=role))
    leads = {
        path: client.get(path).headers.get("Location")
        for path in ("/teach/", "/office/", "/admin/", "/learn/", "/account/")
    }
    hidden = {} if role == "editor" else {"/admin/": None}
    assert leads == dict.fromkeys(leads, SET_UP) | hidden


@pytest.fixture
def at_once(monkeypatch):
    """What waits for the commit happens at once: the test's own transaction never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **kwargs: act())


def set_up(client):
    """Walk through the set-up; the secret that the page shows."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": SET_UP})
    secret = client.get(SET_UP).context["form"].secret
    assert client.post(SET_UP, {"code": code(secret).translate(BURMESE)}).status_code == 302
    return secret


def test_the_code_that_sets_it_up_opens_the_desk(client, later, at_once):
    knock(client, PersonFactory(trainer=True))
    set_up(client)
    assert client.get("/teach/").status_code == 200


def test_a_session_from_before_the_set_up_is_asked_for_a_code(client, later, at_once):
    person = PersonFactory(trainer=True)
    before = Client()
    knock(before, person)
    knock(client, person)
    secret = set_up(client)
    assert before.get("/teach/").headers["Location"] == AGAIN
    later(1)
    send(before, AGAIN, code(secret))
    assert before.get("/teach/").status_code == 200


def test_setting_it_up_gives_ten_recovery_codes_shown_once(client, later, at_once):
    person = PersonFactory(trainer=True)
    knock(client, person)
    set_up(client)
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    place = reverse("mfa_view_recovery_codes")
    pages = [client.get(place, headers={"accept-language": "en"}).content.decode() for _ in range(2)]
    shown = [[one for one in codes if one in page] for page in pages]
    assert (len(codes), shown) == (10, [codes, []])
    assert ("****" in pages[1], "Make new ones" in pages[1]) == (False, True)


def test_a_wrong_code_sets_nothing_up(client, later):
    person = PersonFactory(trainer=True)
    knock(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(SET_UP)
    client.post(SET_UP, {"code": "000000"})
    assert not Authenticator.objects.filter(user=person).exists()


def test_without_the_password_given_again_nothing_is_set_up(client, later):
    person = PersonFactory(trainer=True)
    knock(client, person)
    response = client.get(SET_UP)
    assert response.headers["Location"].partition("?")[0] == reverse("account_reauthenticate")


def test_an_officer_who_becomes_a_trainer_needs_it_from_the_next_request_on(client):
    person = PersonFactory()
    knock(client, person)
    grant_role(person, RoleGrant.Role.TRAINER, by=None, reason="test", starts_on=person.created_at.date())
    assert client.get("/learn/").headers["Location"] == "/account/login/?next=/learn/"
    knock(client, person)
    assert client.get("/learn/").headers["Location"] == SET_UP


def test_the_secret_lies_encrypted_in_the_database(trainer, secret):
    stored = Authenticator.objects.get(user=trainer, type="totp").data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret


def test_recovery_codes_lie_encrypted_in_the_database(trainer):
    codes = RecoveryCodes.activate(trainer).get_unused_codes()
    stored = str(Authenticator.objects.get(user=trainer, type="recovery_codes").data)
    assert [one for one in codes if one in stored] == []
