"""xAPI statements: without names, taken out, forwarded once, kept when nobody answers."""

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import requests
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.personal import erase
from people.models import Person
from records import statements
from records.models import Statement
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return PersonFactory(name_my="ဒေါ်သီတာ", name_latin="Daw Thida")


def stored(person: Person, **body) -> Statement:
    """A statement."""
    return Statement.objects.create(
        id=uuid4(), person=person, verb="answered", object_id="http://127.0.0.1:8000/xapi/package/1", registration=uuid4(),
        body={"result": {"response": "1", "score": {"raw": 1, "max": 2}}, "context": {}} | body, stored_at=timezone.now(),
    )  # fmt: skip


class Store:
    """A record store that answers as it is told."""

    def __init__(self, monkeypatch, settings, status=200) -> None:
        self.got, self.status = [], status
        settings.XAPI_FORWARD_URL, settings.XAPI_FORWARD_KEY = "https://lrs.example/xapi/", "name:secret"
        monkeypatch.setattr(statements.requests, "post", self.post)

    def post(self, address, **sent):
        if self.status is None:
            raise requests.ConnectionError
        self.got.append((address, sent))
        return type("Answer", (), {"status_code": self.status})()


def test_a_statement_names_an_account_and_nobody(person):
    found = statements.whole(stored(person))
    text = json.dumps(found, ensure_ascii=False)
    assert (person.service_number in text, "Thida" in text, "သီတာ" in text) == (False, False, False)
    assert found["actor"]["account"]["name"] == str(person.public_id)
    assert found["verb"]["id"] == "http://adlnet.gov/expapi/verbs/answered"
    assert {"id", "actor", "verb", "object", "result", "context", "timestamp", "version"} == set(found)


def test_they_are_written_a_line_each(person):
    ids = {str(stored(person).pk) for _ in range(3)}
    out = StringIO()
    call_command("export_statements", stdout=out)
    assert {json.loads(line)["id"] for line in out.getvalue().splitlines()} == ids
    with pytest.raises(CommandError):
        call_command("export_statements", since="yesterday", stdout=out)
    tomorrow, later = (timezone.localdate() + timedelta(days=1)).isoformat(), StringIO()
    call_command("export_statements", since=tomorrow, stdout=later)
    assert later.getvalue() == ""


def test_nothing_is_forwarded_unless_an_address_is_set(person, monkeypatch):
    stored(person)
    monkeypatch.setattr(statements.requests, "post", None)
    assert statements.forward(at=timezone.now()) == 0


def test_each_is_forwarded_once(person, monkeypatch, settings):
    store = Store(monkeypatch, settings)
    monkeypatch.setattr(statements, "AT_ONCE", 2)
    for _ in range(3):
        stored(person)
    assert [statements.forward(at=timezone.now()) for _ in range(2)] == [3, 0]
    assert [len(sent["json"]) for _address, sent in store.got] == [2, 1]
    assert {address for address, _sent in store.got} == {"https://lrs.example/xapi/statements"}
    assert store.got[0][1]["headers"] == {"X-Experience-API-Version": "1.0.3"}
    assert (store.got[0][1]["auth"], store.got[0][1]["allow_redirects"]) == (("name", "secret"), False)


@pytest.mark.parametrize("status", [None, 500, 401, 302])
def test_what_is_not_taken_is_sent_again(person, monkeypatch, settings, status):
    store = Store(monkeypatch, settings, status)
    stored(person)
    assert statements.forward(at=timezone.now()) == 0
    store.status = 200
    assert statements.forward(at=timezone.now()) == 1


def test_erasure_takes_the_words_and_leaves_what_they_were_worth(person):
    one = stored(person)
    erase(person, timezone.now())
    one.refresh_from_db()
    assert one.body["result"] == {"score": {"raw": 1, "max": 2}}
