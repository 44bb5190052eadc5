"""Signing in with an agency's directory: the whole way with one on this machine, and everything that must not be taken."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from people.models import Person
from tests.factories import PASSWORD, PersonFactory
from tests.people import directories

pytestmark = pytest.mark.django_db

DOOR, BEGIN, BACK = "/account/login/", "/account/directory/", "/account/directory/back/"


@pytest.fixture
def directory(settings):
    with directories.running() as running:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running.url, directories.CLIENT
        settings.OIDC_CLIENT_SECRET, settings.OIDC_NAME = directories.SECRET, "Police staff directory"
        yield running


@pytest.fixture
def officer() -> Person:
    return PersonFactory(service_number="POL-0012")


def there(client, **data):
    """Press the button: where the browser is sent to."""
    response = client.post(BEGIN, data)
    assert response.status_code == 302
    return response.headers["Location"]


def walk(directory, client, number="POL-0012", **data):
    """The whole way: there, signed in as a number, and back."""
    directory.says = {"preferred_username": number} | directory.says
    return client.get(directory.authorize(there(client, **data)), headers={"accept-language": "en"})


def refused(response, words):
    return response.status_code == 403 and words in response.content.decode() and BEGIN in response.content.decode()


def is_in(client):
    return client.get("/learn/").status_code == 200


# --- In ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["POL-0012", "pol-0012", "POL-၀၀၁၂"])
def test_the_directory_signs_in_who_has_the_number_that_it_names(number, directory, officer):
    client = Client()
    assert walk(directory, client, number).headers["Location"] == "/learn/"
    assert is_in(client)
    assert client.session["people.session"]["whole"] == 7 * 86400


def test_nothing_of_the_directory_is_stored_and_no_profile_is_asked_for(directory, officer):
    people = Person.objects.count()
    walk(directory, Client())
    assert [model.objects.count() for model in (SocialAccount, SocialApp, SocialToken)] == [0, 0, 0]
    assert Person.objects.count() == people
    assert "/userinfo" not in directory.asked


def test_a_new_session_begins(directory, officer):
    client = Client()
    address = there(client)
    before = client.session.session_key
    directory.says = {"preferred_username": "POL-0012"}
    client.get(directory.authorize(address))
    assert client.session.session_key != before


def test_what_is_asked_of_the_directory_is_bound_to_this_session(directory):
    asked = [{name: values[0] for name, values in parse_qs(urlsplit(there(Client())).query).items()} for _ in range(2)]
    assert {one["code_challenge_method"] for one in asked} == {"S256"}
    assert {one["response_type"] for one in asked} == {"code"}
    assert {tuple(sorted(one["scope"].split())) for one in asked} == {("openid", "profile")}
    assert all(asked[0][name] != asked[1][name] for name in ("state", "nonce", "code_challenge"))


def test_what_a_link_adds_is_not_passed_on(directory):
    address = Client().post(f"{BEGIN}?scope=email&auth_params=prompt%3Dnone&process=connect").headers["Location"]
    assert not {"email", "prompt"} & {*parse_qs(urlsplit(address).query), *parse_qs(urlsplit(address).query)["scope"]}


def test_it_leads_where_one_was_going_and_to_no_other_site(directory, officer):
    leads = [walk(directory, Client(), next=to).headers["Location"] for to in ("/certificates/", "https://evil.example/", "//evil.example/")]  # fmt: skip
    assert leads == ["/certificates/", "/learn/", "/learn/"]


def test_the_second_factor_is_still_asked_for(directory):
    trainer = PersonFactory(trainer=True, service_number="POL-0900")
    client = Client()
    walk(directory, client, "POL-0900")
    assert client.get("/teach/").headers["Location"] == reverse("mfa_activate_totp")
    TOTP.activate(trainer, generate_totp_secret())
    client = Client()
    assert walk(directory, client, "POL-0900").headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/teach/").headers["Location"].startswith(DOOR)


def test_who_has_a_password_signs_in_with_it_also_while_the_directory_is_down(directory, officer):
    directory.broken = "/.well-known/openid-configuration"
    client = Client()
    assert client.get(DOOR).status_code == 200
    client.post(DOOR, {"login": "POL-0012", "password": PASSWORD})
    assert is_in(client)


def test_the_door_does_not_ask_the_directory(directory):
    page = Client(headers={"accept-language": "en"}).get(DOOR, {"next": "/certificates/"}).content.decode()
    assert f'href="{BEGIN}?next=/certificates/"' in page
    assert "Police staff directory" in page
    assert directory.asked == []


def test_a_password_set_by_somebody_else_does_not_stand_in_the_way(directory, officer):
    Person.objects.filter(pk=officer.pk).update(must_change_password=True)
    client = Client()
    walk(directory, client)
    assert is_in(client)


def test_who_has_no_password_reads_so_instead_of_changing_it(directory, officer):
    officer.set_unusable_password()
    officer.save()
    client = Client()
    walk(directory, client)
    response = client.get(reverse("account_change_password"), follow=True)
    assert (response.status_code, response.templates[0].name) == (200, "account/no_password.html")


def test_a_changed_key_of_the_directory_is_found(directory, officer):
    walk(directory, Client())
    directory.key, directory.kid = directories.new_key(), "two"
    client = Client()
    walk(directory, client)
    assert is_in(client)


def test_another_claim_can_hold_the_number(directory, officer, settings):
    settings.OIDC_CLAIM = "employee_number"
    directory.says = {"employee_number": "POL-0012"}
    client = Client()
    walk(directory, client, "somebody@agency.example")
    assert is_in(client)


# --- Not in --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["POL-9999", "", "pol-0012@elsewhere.example", "РОL-0012", None, 12, ["POL-0012"]])
def test_who_has_no_account_here_is_told_what_to_do_and_none_is_made(number, directory, officer):
    client, people = Client(), Person.objects.count()
    assert refused(walk(directory, client, number), "Ask your registrar")
    assert (is_in(client), Person.objects.count()) == (False, people)


def test_a_closed_account_stays_closed(directory, officer):
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    client = Client()
    assert walk(directory, client).headers["Location"] == "/account/inactive/"
    assert not is_in(client)


FALSE = {
    "another issuer": {"iss": "http://127.0.0.1:1"},
    "for another": {"aud": "somebody else"},
    "for several, asked by another": {"aud": [directories.CLIENT, "another"], "azp": "another"},
    "run out": {"exp": 1},
    "not yet": {"nbf": int(time.time()) + 3600},
    "another nonce": {"nonce": "of another session"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "no end": {"exp": None},
}


@pytest.mark.parametrize("says", FALSE.values(), ids=FALSE)
def test_a_token_that_was_not_asked_for_is_refused(says, directory, officer):
    directory.says = says
    client = Client()
    assert refused(walk(directory, client), "could not be verified")
    assert not is_in(client)


def test_a_token_under_another_key_is_refused(directory, officer):
    directory.signing = directories.new_key()
    client = Client()
    assert refused(walk(directory, client), "could not be verified")


@pytest.mark.parametrize(("algorithm", "key"), [("none", ""), ("HS256", directories.SECRET * 4)])
def test_a_token_without_the_directorys_signature_is_refused(algorithm, key, directory, officer):
    directory.algorithm, directory.signing = algorithm, key
    directory.signing = key or None
    if algorithm == "none":
        directory.token = lambda sent, authorization: (200, {"access_token": "unused", "id_token": UNSIGNED})
    client = Client()
    assert refused(walk(directory, client), "could not be verified")
    assert not is_in(client)


UNSIGNED = "eyJhbGciOiJub25lIn0.eyJwcmVmZXJyZWRfdXNlcm5hbWUiOiJQT0wtMDAxMiJ9."


@pytest.mark.parametrize("token", [UNSIGNED, "", "x", "a.b.c", None, 7])
def test_what_is_no_token_is_refused(token, directory, officer):
    directory.token = lambda sent, authorization: (200, {"access_token": "unused", "id_token": token})
    assert refused(walk(directory, Client()), "could not be verified")


def test_what_another_session_began_is_not_taken(directory, officer):
    directory.says = {"preferred_username": "POL-0012"}
    theirs = directory.authorize(there(Client()))
    for client in (Client(), begun := Client()):
        if client is begun:
            there(client)
        assert refused(client.get(theirs, headers={"accept-language": "en"}), "Begin again")
        assert not is_in(client)


def test_a_way_back_works_once(directory, officer):
    directory.says = {"preferred_username": "POL-0012"}
    client = Client()
    way = directory.authorize(there(client))
    client.get(way)
    client.logout()
    assert refused(client.get(way, headers={"accept-language": "en"}), "Begin again")


def test_a_code_of_another_is_refused_by_its_verifier(directory, officer):
    directory.says = {"preferred_username": "POL-0012"}
    code = parse_qs(urlsplit(directory.authorize(there(Client()))).query)["code"][0]
    client = Client()
    state = parse_qs(urlsplit(there(client)).query)["state"][0]
    response = client.get(f"{BACK}?state={state}&code={code}", headers={"accept-language": "en"})
    assert refused(response, "could not be verified")


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?state=x", "?code=x", "?state=x&code=x"])
def test_a_way_back_that_nobody_began_says_so(query, directory):
    assert refused(Client(headers={"accept-language": "en"}).get(BACK + query), "You were not signed in")


def test_cancelled_there_is_said_here(directory):
    client = Client(headers={"accept-language": "en"})
    state = parse_qs(urlsplit(there(client)).query)["state"][0]
    assert refused(client.get(f"{BACK}?state={state}&error=access_denied"), "it was cancelled")


@pytest.mark.parametrize("broken", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_directory_that_is_down_is_a_sentence_and_no_fault(broken, directory, officer):
    directory.broken = broken
    client = Client(headers={"accept-language": "en"})
    page = client.get(BEGIN)
    if page.status_code == 200:
        page = walk(directory, client)
    assert page.status_code == 403
    assert reverse("account_login") in page.content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"issuer": None},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_what_does_not_speak_as_this_directory_is_not_asked_further(change, directory, monkeypatch):
    told = directory.configuration()
    monkeypatch.setattr(directory, "configuration", lambda: told | change)
    response = Client(headers={"accept-language": "en"}).get(BEGIN)
    assert refused(response, "does not answer")


# --- Around it ---------------------------------------------------------------------------------------------------------------


def test_only_the_page_with_the_button_lets_a_form_lead_there(directory):
    policies = {place: Client().get(place).headers["Content-Security-Policy"] for place in (BEGIN, DOOR, BACK)}
    leads = {place: directory.url in policy for place, policy in policies.items()}
    assert leads == {BEGIN: True, DOOR: False, BACK: False}


def test_reading_the_page_begins_nothing(directory):
    client = Client()
    client.get(BEGIN)
    assert "socialaccount_states" not in client.session


def test_the_button_needs_its_token(directory):
    assert Client(enforce_csrf_checks=True).post(BEGIN).status_code == 403


def test_who_is_signed_in_is_not_led_there(directory, officer):
    client = Client()
    client.force_login(officer)
    assert [client.get(place).status_code for place in (BEGIN, BACK)] == [302, 302]


def test_too_often_from_one_address_is_paused(directory, monkeypatch):
    monkeypatch.setattr("core.ratelimit.cache.incr", lambda name: 301)
    assert [Client().get(place).status_code for place in (BEGIN, BACK)] == [429, 429]


def test_without_a_directory_there_is_no_link_and_no_place(settings, officer):
    settings.OIDC_ISSUER = ""
    cache.clear()
    assert BEGIN not in Client().get(DOOR).content.decode()
    answers = [Client().get(BEGIN), Client().post(BEGIN), Client().get(f"{BACK}?state=x&code=x")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize(
    ("issuer", "client", "found"),
    [("", "", set()), ("https://id.example", "x", set()), ("https://id.example", "", {"thindan.E006"}), ("http://id.example", "x", {"thindan.E007"})],
)  # fmt: skip
def test_an_unsafe_directory_is_refused_at_the_start(issuer, client, found, settings):
    settings.LOOPBACK, settings.HTTPS = False, True
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = issuer, client, client
    assert {one.id for one in run_checks()} & {"thindan.E006", "thindan.E007"} == found
