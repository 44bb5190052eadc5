"""The shared cache stops, hangs and comes back: people learn on, guessing stays limited, and who runs the server is told."""

import logging
import socket
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as NoAnswer

from config.settings import caches_at
from core import doctor, duties, ratelimit
from core.caches import ASKED_AGAIN_SECONDS, SAID_SECONDS
from tests.assessments import sitting
from tests.factories import PASSWORD, EnrolmentFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOBODY = "redis://127.0.0.1:1/0"  # no server listens there
DOOR, LEARN = "/account/login/", "/learn/"


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [1_000_000.0]
    monkeypatch.setattr("core.caches.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def use(settings, monkeypatch):
    """Uses the Redis at an address, as after a start."""
    monkeypatch.setattr("core.caches._servers", {})

    def at(address):
        settings.CACHES = caches_at(address)

    return at


@pytest.fixture
def away(use):
    """Redis is stopped."""
    use(NOBODY)


class Server:
    """What Django's client asks of Redis, for a server that can be stopped."""

    held: dict[str, object]
    is_up: bool

    def __init__(self, *args, **kwargs):
        pass

    def _reach(self):
        if not Server.is_up:
            raise NoAnswer
        return Server.held

    def get(self, key, default):
        return self._reach().get(key, default)

    def set(self, key, value, timeout):
        self._reach()[key] = value

    def add(self, key, value, timeout):
        return self._reach().setdefault(key, value) is value

    def incr(self, key, delta):
        self._reach()[key] += delta
        return Server.held[key]

    def has_key(self, key):
        return key in self._reach()

    def delete(self, key):
        return self._reach().pop(key, None) is not None

    def delete_many(self, keys):
        for key in keys:
            self.delete(key)


@pytest.fixture
def server(use, monkeypatch):
    """A Redis that the test stops and starts."""
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCacheClient", Server)
    Server.held, Server.is_up = {}, True
    use(NOBODY)
    return Server


def knock(client, person, password=PASSWORD):
    return client.post(DOOR, {"login": person.service_number, "password": password})


def is_in(client):
    return client.get(LEARN).status_code == 200


# --- Going on without it -----------------------------------------------------------------------------------------------


def test_without_it_an_officer_signs_in_reads_and_signs_out(away, client):
    officer = PersonFactory()
    assert knock(client, officer).status_code == 302
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_without_it_answers_of_an_exam_are_stored(away, client):
    enrolment = sitting.learn_all(EnrolmentFactory())
    client.force_login(enrolment.person)
    attempt = sitting.begin(enrolment)
    value = sitting.right_answers(attempt)[0]
    assert sitting.verdicts(sitting.send(client, attempt, sitting.step(0, value))) == ["accepted"]


def test_without_it_certificates_are_verified(away, client):
    places = ("/verify/", "/verify/0000000000000000/", "/healthz")
    assert [client.get(place).status_code for place in places] == [200, 404, 200]


def test_who_was_signed_in_stays_so_when_it_stops_and_when_it_is_back(server, clock, client):
    knock(client, PersonFactory())
    seen = [is_in(client)]
    for is_up in (False, True):
        server.is_up = is_up
        clock[0] += ASKED_AGAIN_SECONDS
        seen.append(is_in(client))
    assert seen == [True, True, True]


def test_who_signs_out_while_it_is_away_is_out_when_it_is_back(server, clock, client):
    knock(client, PersonFactory())
    assert is_in(client)
    copy = Client()
    copy.cookies["sid"] = client.cookies["sid"].value
    server.is_up = False
    client.post("/account/logout/")
    server.is_up = True
    clock[0] += ASKED_AGAIN_SECONDS
    assert not is_in(copy)


def test_what_changed_in_a_session_while_it_was_away_is_not_undone_when_it_is_back(server, clock, client):
    knock(client, PersonFactory())
    session = client.session
    server.is_up = False
    session["chosen"] = "now"
    session.save()
    server.is_up = True
    clock[0] += ASKED_AGAIN_SECONDS
    assert client.session["chosen"] == "now"


# --- Guessing stays limited ----------------------------------------------------------------------------------------------


def test_without_it_wrong_passwords_pause_all_the_same(away, client):
    officer = PersonFactory()
    for _ in range(5):
        knock(client, officer, "wrong")
    knock(client, officer)
    assert not is_in(client)


def test_without_it_tries_are_counted_for_all_processes_together(away, settings):
    assert [ratelimit.allow("verify", "10.0.0.1", limit=3, seconds=900) for _ in range(2)] == [True, True]
    settings.CACHES = caches_at(NOBODY)  # another process has connections of its own
    assert [ratelimit.allow("verify", "10.0.0.1", limit=3, seconds=900) for _ in range(2)] == [True, False]


def test_counters_that_count_no_more_go_daily(away):
    cache.set("tries", 1, 1)
    cache.set("others", 1, 3600)
    later = timezone.now() + timedelta(seconds=60)
    assert duties.DUTIES["cache"](later) == "1 counters removed"


# --- What it costs, and who is told -----------------------------------------------------------------------------------------


def test_one_that_hangs_is_waited_for_once(use):
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        use(f"redis://127.0.0.1:{hanging.getsockname()[1]}/0")
        began = time.monotonic()
        for number in range(20):
            cache.set(f"key-{number}", number)
            assert cache.get(f"key-{number}") == number
        assert time.monotonic() - began < 4  # forty waits would be twenty seconds


def test_it_is_asked_again_after_some_seconds_and_used_once_it_answers(server, clock):
    server.is_up = False
    cache.set("while-away", 1)
    server.is_up = True
    cache.set("at-once", 1)
    assert server.held == {}
    clock[0] += ASKED_AGAIN_SECONDS
    cache.set("later", 1)
    assert server.held == {":1:later": 1}


def test_the_log_says_it_once_a_minute_and_when_it_is_over(server, clock, caplog):
    caplog.set_level(logging.WARNING, logger="thindan")
    server.is_up = False
    for _ in range(0, SAID_SECONDS + 1, ASKED_AGAIN_SECONDS):
        cache.get("key")
        clock[0] += ASKED_AGAIN_SECONDS
    server.is_up = True
    cache.get("key")
    levels = [one.levelname for one in caplog.records if one.name == "thindan"]
    assert levels == ["ERROR", "ERROR", "WARNING"]


def test_the_service_says_that_it_is_not_whole_and_the_doctor_why(away, client):
    assert client.get("/readyz").status_code == 503
    said = [finding.sentence for finding in doctor.examine() if finding.check == "cache"]
    assert [sentence.split(".")[0] for sentence in said] == ["The shared cache does not answer"]


def test_with_it_the_service_is_ready(server, client):
    assert client.get("/readyz").status_code == 200
    assert not [finding for finding in doctor.examine() if finding.check == "cache"]
