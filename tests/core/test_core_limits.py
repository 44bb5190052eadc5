"""How often one may do something."""

import pytest
from django.test import Client

from core import ratelimit
from core.ratelimit import allow


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [1_000_000.0]
    monkeypatch.setattr(ratelimit.time, "time", lambda: now[0])
    return now


def test_as_many_tries_as_the_limit_are_allowed_and_not_one_more(clock):
    assert [allow("verify", "10.0.0.1", limit=3, seconds=60) for _ in range(5)] == [True, True, True, False, False]


def test_one_address_or_one_action_does_not_use_up_the_tries_of_another(clock):
    for _ in range(4):
        allow("verify", "10.0.0.1", limit=3, seconds=60)
    assert allow("verify", "10.0.0.2", limit=3, seconds=60)
    assert allow("other", "10.0.0.1", limit=3, seconds=60)


def test_after_the_pause_one_may_try_again(clock):
    for _ in range(4):
        allow("verify", "10.0.0.1", limit=3, seconds=60)
    clock[0] += 60
    assert allow("verify", "10.0.0.1", limit=3, seconds=60)


@pytest.mark.django_db
def test_who_tries_codes_without_end_is_stopped_and_others_are_not(clock):
    client = Client(REMOTE_ADDR="10.0.0.1")
    statuses = [client.get("/verify/0000000000000000/").status_code for _ in range(61)]
    assert statuses == [404] * 60 + [429]
    assert Client(REMOTE_ADDR="10.0.0.2").get("/verify/0000000000000000/").status_code == 404


@pytest.mark.django_db
def test_the_page_that_stops_one_says_so_in_both_languages_and_looks_nothing_up(clock, django_assert_num_queries):
    client = Client(REMOTE_ADDR="10.0.0.1")
    for _ in range(60):
        client.get("/verify/0000000000000000/")
    with django_assert_num_queries(0):
        response = client.get("/verify/0000000000000000/")
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()
    assert 'lang="my"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_behind", "claimed", "is_stopped"),
    [
        (True, ["10.0.0.1", "10.0.0.2"], False),  # two people, as the proxy saw them
        (True, ["10.7.7.7, 10.0.0.1", "10.8.8.8, 10.0.0.1"], True),  # one, who writes the header too
        (True, ["nonsense", ""], True),
        (False, ["10.0.0.1", "10.0.0.2"], True),  # without a proxy it is worth nothing
    ],
)
def test_behind_a_proxy_people_are_told_apart_by_the_address_that_it_saw(is_behind, claimed, is_stopped, settings):
    settings.BEHIND_PROXY = is_behind
    for _ in range(60):
        Client(headers={"x-forwarded-for": claimed[0]}).get("/verify/0000000000000000/")
    response = Client(headers={"x-forwarded-for": claimed[1]}).get("/verify/0000000000000000/")
    assert response.status_code == (429 if is_stopped else 404)
