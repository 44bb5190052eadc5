"""The one door: who gets in, how far, and what is said to who does not."""

import re
from urllib.parse import unquote

import pytest
from allauth.core.internal import ratelimit
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.adapter import AccountAdapter
from people.models import Person
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

DOOR = "/account/login/"
LEARN = "/learn/"


@pytest.fixture
def officer() -> Person:
    return PersonFactory(service_number="IMM-0012")


def knock(client, number, password=PASSWORD, **data):
    """Try to sign in."""
    return client.post(DOOR, {"login": number, "password": password, **data})


def is_in(client):
    """Whether the desk opens."""
    return client.get(LEARN).status_code == 200


def said(key):
    """What the door says, in Burmese."""
    with translation.override("my"):
        return str(AccountAdapter.error_messages[key])


# --- Getting in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["IMM-0012", "imm-0012", "IMM-၀၀၁၂", "ＩＭＭ－００１２", " imm - 0012 ", "imm–၀၀၁၂"])
def test_an_officer_signs_in_with_the_number_as_their_keyboard_writes_it(typed, client, officer):
    response = knock(client, typed)
    assert (response.status_code, response.headers["Location"]) == (302, LEARN)
    assert is_in(client)


def test_the_door_leads_where_one_was_going(client, officer):
    assert knock(client, "IMM-0012", next="/certificates/").headers["Location"] == "/certificates/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_door_leads_to_no_other_site(target, client, officer):
    assert knock(client, "IMM-0012", next=target).headers["Location"] == LEARN


def test_signing_in_starts_a_session_that_nobody_could_have_prepared(client, officer):
    session = client.session
    session["prepared"] = True
    session.save()
    before = session.session_key
    client.cookies["sid"] = before
    knock(client, "IMM-0012")
    assert client.cookies["sid"].value != before


def test_following_a_link_signs_nobody_out(client, officer):
    knock(client, "IMM-0012")
    client.get(reverse("account_logout"))
    assert is_in(client)


def test_signing_out_ends_the_session_everywhere_it_was_copied_to(client, officer):
    knock(client, "IMM-0012")
    copy = Client()
    copy.cookies["sid"] = client.cookies["sid"].value
    assert is_in(copy)
    client.post(reverse("account_logout"))
    assert not is_in(copy)


def test_nobody_makes_an_account_for_themselves(client):
    assert [client.get(path).status_code for path in ("/account/signup/", "/account/password/reset/")] == [404, 404]


@pytest.mark.parametrize("door", ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/confirm/MQ/x/"])
def test_every_other_door_leads_to_this_one(door, client):
    response = client.get(door, {"next": "/teach/"})
    assert (response.status_code, unquote(response.headers["Location"])) == (302, f"{DOOR}?next=/teach/")


# --- Not getting in ----------------------------------------------------------------------------------------------------


def page(response):
    """The page without what differs each time: the token, and what was typed."""
    return re.sub(r'value="[^"]*"', "", response.content.decode())


def test_a_wrong_password_is_told_in_burmese(client, officer):
    response = knock(client, "IMM-0012", "wrong")
    assert response.status_code == 200
    assert said("username_password_mismatch") in response.content.decode()
    assert re.search("[က-အ]", said("username_password_mismatch"))
    assert not is_in(client)


@pytest.mark.parametrize("number", ["IMM-9999", "အောင်", "ІММ-0012"])
def test_who_is_not_known_is_told_the_same_as_who_typed_a_wrong_password(number, client, officer):
    assert page(knock(client, number, "wrong")) == page(knock(client, "IMM-0012", "wrong"))


def test_the_password_is_never_sent_back(client, officer):
    assert "secret words of mine" not in knock(client, "IMM-0012", "secret words of mine").content.decode()


def test_after_five_wrong_passwords_the_account_pauses_even_for_the_right_one(client, officer):
    for _ in range(5):
        knock(client, "IMM-0012", "wrong")
    response = knock(client, "IMM-0012")
    assert said("too_many_login_attempts") in response.content.decode()
    assert not is_in(client)


def test_four_wrong_passwords_are_forgiven(client, officer):
    for _ in range(4):
        knock(client, "IMM-0012", "wrong")
    knock(client, "IMM-0012")
    assert is_in(client)


def test_another_officer_behind_the_same_address_gets_in_meanwhile(client, officer):
    for _ in range(6):
        knock(client, "IMM-0012", "wrong")
    other = Client()
    knock(other, PersonFactory().service_number)
    assert is_in(other)


def test_the_pause_does_not_end_with_another_spelling_or_an_address_that_is_only_claimed(client, officer):
    for typed in ("IMM-0012", "imm-0012", "IMM-၀၀၁၂", "ｉｍｍ-0012", " IMM-0012"):
        knock(client, typed, "wrong")
    elsewhere = Client(headers={"x-forwarded-for": "10.8.8.8"})
    knock(elsewhere, "imm-၀၀၁၂")
    assert not is_in(elsewhere)


def test_who_guesses_in_another_network_locks_nobody_out(client, officer):
    rival = Client(REMOTE_ADDR="10.9.9.9")
    for _ in range(6):
        knock(rival, "IMM-0012", "wrong")
    knock(client, "IMM-0012")
    assert is_in(client)
    knock(rival, "IMM-0012")
    assert not is_in(rival)


@pytest.fixture
def known(client, officer):
    """A browser in which the officer signed in before."""
    knock(client, "IMM-0012")
    client.post(reverse("account_logout"))
    return client


def test_who_guesses_in_the_same_room_does_not_lock_out_a_device_that_the_account_knows(known):
    for _ in range(6):
        knock(Client(), "IMM-0012", "wrong")
    knock(known, "IMM-0012")
    assert is_in(known)


def test_a_device_that_the_account_knows_has_five_tries_like_any_other(known):
    for number in range(5):
        known.defaults["REMOTE_ADDR"] = f"10.0.0.{number}"
        knock(known, "IMM-0012", "wrong")
    knock(known, "IMM-0012")
    assert not is_in(known)


def test_a_device_is_known_to_those_only_who_signed_in_there(known):
    other = PersonFactory()
    for _ in range(5):
        knock(Client(), other.service_number, "wrong")
    knock(known, other.service_number)
    assert not is_in(known)


def test_a_known_device_tells_nobody_whose_it_is(known):
    cookie = known.cookies["known"]
    assert "0012" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/account/")


@pytest.fixture
def guessed_everywhere(settings):
    """Wrong passwords for a number from three networks, as many as all places together may try."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "15/h/key"}

    def guess(number):
        for tried in range(15):
            knock(Client(REMOTE_ADDR=f"10.0.0.{tried // 5}"), number, "wrong")

    return guess


def test_guesses_from_ever_more_networks_pause_the_account_where_it_is_not_known(known, guessed_everywhere):
    guessed_everywhere("IMM-0012")
    stranger = Client(REMOTE_ADDR="10.0.0.9")
    response = knock(stranger, "IMM-0012")
    assert said("too_many_login_attempts_anywhere") in response.content.decode()
    assert not is_in(stranger)
    knock(known, "IMM-0012")
    assert is_in(known)


def test_a_number_that_nobody_has_pauses_in_the_same_words(officer, guessed_everywhere):
    for number in ("IMM-0012", "IMM-9999"):
        guessed_everywhere(number)
    stranger = Client(REMOTE_ADDR="10.0.0.9")
    assert page(knock(stranger, "IMM-9999")) == page(knock(stranger, "IMM-0012"))


def test_one_network_alone_never_uses_up_the_tries_of_all_places(settings):
    def an_hour(rate):
        amount, time, _per = rate.split("/")
        return int(amount) * 60 // (int(time[:-1] or 1) * {"m": 1, "h": 60}[time[-1]])

    limits = settings.ACCOUNT_RATE_LIMITS
    assert an_hour(limits["login_failed_anywhere"]) >= 5 * an_hour(limits["login_failed"].split(",")[1])


def test_after_five_minutes_the_pause_is_over(client, officer, monkeypatch):
    for _ in range(5):
        knock(client, "IMM-0012", "wrong")
    knock(client, "IMM-0012")
    assert not is_in(client)
    now = ratelimit.time.time()
    monkeypatch.setattr(ratelimit.time, "time", lambda: now + 301)
    knock(client, "IMM-0012")
    assert is_in(client)


# --- Being put out -----------------------------------------------------------------------------------------------------


def test_who_is_closed_out_is_out_with_the_next_request(client, officer):
    knock(client, "IMM-0012")
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    response = client.get(LEARN)
    assert (response.status_code, response.headers["Location"]) == (302, f"{DOOR}?next={LEARN}")


def test_who_is_closed_out_does_not_get_in_and_is_told_only_with_the_right_password(client, officer):
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    wrong, right = knock(client, "IMM-0012", "wrong"), knock(client, "IMM-0012")
    assert said("username_password_mismatch") in wrong.content.decode()
    assert (right.status_code, right.headers["Location"]) == (302, reverse("account_inactive"))
    assert not is_in(client)


def test_a_new_password_set_by_somebody_ends_the_sessions_of_the_old_one(client, officer):
    knock(client, "IMM-0012")
    officer.set_password("another four words")
    officer.save()
    assert not is_in(client)


# --- A password that somebody else set ----------------------------------------------------------------------------------


@pytest.fixture
def newcomer() -> Person:
    return PersonFactory(must_change_password=True)


def test_who_got_their_password_from_somebody_chooses_their_own_first(client, newcomer):
    knock(client, newcomer.service_number)
    leads = {path: client.get(path).headers.get("Location") for path in (LEARN, "/certificates/", "/account/")}
    assert leads == dict.fromkeys(leads, reverse("account_change_password"))


def test_with_a_password_of_ones_own_the_desk_opens(client, newcomer):
    knock(client, newcomer.service_number)
    new = "a boat under green rain"
    response = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    newcomer.refresh_from_db()
    assert (response.status_code, newcomer.must_change_password, newcomer.check_password(new)) == (302, False, True)
    assert is_in(client)


def test_the_old_password_again_is_no_password_of_ones_own(client, newcomer):
    knock(client, newcomer.service_number)
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    )
    newcomer.refresh_from_db()
    assert newcomer.must_change_password


def test_without_knowing_the_old_password_nobody_sets_a_new_one(client, officer):
    knock(client, "IMM-0012")
    new = "a boat under green rain"
    client.post(reverse("account_change_password"), {"oldpassword": "wrong", "password1": new, "password2": new})
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


# --- Data of people ------------------------------------------------------------------------------------------------------


def test_no_more_is_kept_about_a_person_than_the_work_needs():
    names = {field.name for field in Person._meta.concrete_fields}
    assert names == {
        "id", "public_id", "created_at", "updated_at", "password", "last_login", "is_superuser", "service_number",
        "name_my", "name_latin", "sort_key", "unit", "language", "is_active", "must_change_password", "brought_by",
    }  # fmt: skip
