"""Error pages: both languages, no internals, no database."""

import json

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.utils import translation

from core import views
from tests.factories import PersonFactory

PLAIN = "plain words of the machine"


def words(status):
    """What the page has to say: title and advice in Burmese and in English."""
    said = []
    for language in ("my", "en"):
        with translation.override(language):
            said += [str(text) for text in views.ERRORS[status]]
    return said


def says(response):
    """Status, whether every word of its page is there, and what of the machine is told."""
    body = response.content.decode()
    told = [
        one for one in (PLAIN, "Traceback", "Exception", "Error", "sqlite", "psycopg", ".py", "SELECT") if one in body
    ]
    return response.status_code, all(text in body for text in words(response.status_code)), told


@pytest.fixture
def client() -> Client:
    """A browser that gets the error page where tests usually get the exception."""
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database():
    """The database is away: every statement fails."""

    def refuse(execute, sql, params, many, context):
        raise OperationalError(PLAIN)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("language", ["my", "en"])
def test_an_error_page_speaks_both_languages_whatever_the_readers(status, language):
    with translation.override(language):
        response = views.error_page(RequestFactory().get("/"), status)
    assert says(response) == (status, True, [])


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_the_two_languages_of_an_error_page_differ(status):
    burmese_title, burmese_advice, title, advice = words(status)
    assert burmese_title != title
    assert burmese_advice != advice


def test_an_address_of_another_host_answers_400(client):
    assert says(client.get("/", headers={"host": "evil.example"})) == (400, True, [])


def test_a_forged_form_answers_403():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "IMM-1"})
    assert says(response) == (403, True, [])


def test_a_forged_request_of_a_script_is_told_to_reload():
    client = Client(enforce_csrf_checks=True, headers={"accept": "application/json"})
    response = client.post("/attempt/00000000-0000-4000-8000-000000000000/steps/", {}, content_type="application/json")
    assert (response.status_code, json.loads(response.content)) == (403, {"error": "reload"})


def test_a_place_that_is_not_there_answers_404_without_any_query(client):
    assert says(client.get("/no-such-place/")) == (404, True, [])  # no `django_db` mark: a query would fail


# --- Without a database ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_view_that_finds_no_database_answers_503_and_when_to_come_again(client, no_database):
    response = client.get("/verify/0000000000000000/")
    assert says(response) == (503, True, [])
    assert response.headers["Retry-After"] == "5"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/learn/", "/my/courses/", "/account/"])
def test_who_is_signed_in_gets_the_same_answer(path, client, request):
    client.force_login(PersonFactory())
    request.getfixturevalue("no_database")
    response = client.get(path)
    assert says(response) == (503, True, [])
    assert response.headers["Retry-After"] == "5"


@pytest.mark.django_db
def test_the_script_of_a_quiz_gets_an_answer_that_it_can_read(client, request):
    client.force_login(PersonFactory())
    request.getfixturevalue("no_database")
    path = "/attempt/00000000-0000-4000-8000-000000000000/steps/"
    response = client.post(path, {}, content_type="application/json", headers={"accept": "application/json"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert json.loads(response.content) == {"error": "busy"}


@pytest.mark.django_db
def test_signing_in_without_a_database_answers_503(client, no_database):
    response = client.post("/account/login/", {"login": "IMM-1", "password": "x"})
    assert says(response) == (503, True, [])


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/learn/", "/no-such-place/"])
def test_the_error_page_of_who_is_signed_in_keeps_its_policy_without_a_database(path, client, request):
    client.force_login(PersonFactory())
    request.getfixturevalue("no_database")
    response = client.get(path)
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_fault_of_ours_answers_500_and_keeps_it_to_itself(client, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError(PLAIN)

    monkeypatch.setattr("certificates.access.certificate_by_code", broken)
    response = client.get("/verify/0000000000000000/")
    assert says(response) == (500, True, [])
    assert "Retry-After" not in response.headers
