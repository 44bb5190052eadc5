"""Choosing a language."""

import pytest
from django.test import Client

from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db


def choose(client, language, **data):
    """Where one lands after choosing a language."""
    response = client.post("/language/", {"language": language, **data})
    assert response.status_code == 302
    return response.headers["Location"]


@pytest.mark.parametrize(
    ("target", "language", "lands"),
    [
        ("/my/courses/", "en", "/en/courses/"),
        ("/en/courses/", "my", "/my/courses/"),
        ("/learn/", "en", "/learn/"),
        ("/verify/?code=abc", "en", "/verify/?code=abc"),
    ],
)
def test_one_stays_on_the_page_in_the_other_language(target, language, lands, client):
    assert choose(client, language, next=target) == lands


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "http:///evil.example", "javascript:alert(1)", "\\\\evil.example", ""],
)
def test_one_stays_on_this_site(target, client):
    assert choose(client, "en", next=target) == "/"


def test_the_choice_is_remembered_on_this_device(client):
    choose(client, "en")
    assert client.cookies["lang"].value == "en"
    assert client.get("/").headers["Location"] == "/en/"


@pytest.mark.parametrize("language", ["fr", "de", "xx", "", "../../etc"])
def test_a_language_that_the_product_does_not_have_is_not_remembered(language, client):
    person = PersonFactory(language="my")
    client.force_login(person)
    choose(client, language)
    person.refresh_from_db()
    assert ("lang" in client.cookies, person.language) == (False, "my")


def test_the_choice_of_who_is_signed_in_goes_with_them(client):
    person = PersonFactory()
    client.force_login(person)
    choose(client, "en")
    person.refresh_from_db()
    assert person.language == "en"


def test_the_choice_of_one_person_leaves_others_alone(client):
    person, other = PersonFactory(), PersonFactory(language="my")
    client.force_login(person)
    choose(client, "en")
    other.refresh_from_db()
    assert other.language == "my"


def sign_in(client, person):
    """Sign in through the door."""
    return client.post("/account/login/", {"login": person.service_number, "password": PASSWORD})


def test_on_a_new_device_ones_own_language_comes_with_signing_in():
    client = Client(headers={"accept-language": "my"})
    sign_in(client, PersonFactory(language="en"))
    assert client.cookies["lang"].value == "en"
    assert client.get("/").headers["Location"] == "/en/"


def test_a_language_chosen_on_the_device_stays_after_signing_in(client):
    choose(client, "my")
    sign_in(client, PersonFactory(language="en"))
    assert client.cookies["lang"].value == "my"


def test_without_any_choice_the_first_page_is_in_burmese(client):
    assert client.get("/").headers["Location"] == "/my/"


def test_a_browser_that_asks_for_english_gets_it():
    assert Client(headers={"accept-language": "en-GB,en;q=0.9"}).get("/").headers["Location"] == "/en/"


def test_a_language_is_chosen_by_sending_and_not_by_following_a_link(client):
    assert client.get("/language/?language=en").status_code == 405
