"""What is the same for everybody is read once, however many ask for it in the same moment."""

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from assessments import bank
from content.models import ContentVersion
from courses import catalogue
from deploy.bench.load import at_once

THIRTY = range(30)


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Lets a reading take its time; the list grows by one each time it is done. The content stays the same meanwhile."""
    token = uuid4()
    monkeypatch.setattr(ContentVersion, "current", lambda: token)

    def replace(owner: Any, name: str, result: Callable[..., Any]) -> list[Any]:
        done: list[Any] = []

        def read(*args: Any, **kwargs: Any) -> Any:
            done.append(args)
            time.sleep(0.05)
            return result(*args, **kwargs)

        monkeypatch.setattr(owner, name, read)
        return done

    return replace


def test_the_candidates_of_a_draw_are_read_once(slowly):
    done = slowly(bank, "_read_candidates", lambda: ["one"])
    assert at_once([bank.candidates] * len(THIRTY)) == [["one"]] * len(THIRTY)
    assert len(done) == 1


def test_the_versions_of_a_paper_are_read_once(slowly):
    ids = [str(uuid4()) for _ in range(20)]
    done = slowly(bank, "_read_versions", lambda wanted: {one: SimpleNamespace(pk=one) for one in wanted})
    found = at_once([lambda: bank.versions(ids)] * len(THIRTY))
    assert [set(one) for one in found] == [set(ids)] * len(THIRTY)
    assert len(done) == 1


def test_the_catalogue_is_built_once_for_a_language(slowly):
    done = slowly(catalogue, "_build", lambda language: language)
    assert at_once([lambda: catalogue.catalogue("my")] * len(THIRTY)) == ["my"] * len(THIRTY)
    assert len(done) == 1


def test_no_more_versions_are_kept_than_a_process_may(slowly, monkeypatch):
    monkeypatch.setattr(bank, "KEPT_VERSIONS", 5)
    slowly(bank, "_read_versions", lambda wanted: {one: SimpleNamespace(pk=one) for one in wanted})
    ids = [str(n) for n in range(8)]
    assert set(bank.versions(ids)) == set(ids)
    assert len(bank._kept_versions) == 5
