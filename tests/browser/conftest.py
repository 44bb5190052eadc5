"""One real server and one Chromium for all journeys of a test process; each journey has devices of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.served import Login, Served, prepared, serve
from tests.browser.stage import PASSWORD
from tests.browser.walking import CHROMIUM, Browsing, Keys

BATCH = 8  # officers made ready at once


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, set up and served as `make run` does it; what is the same for all is set up once for all."""
    mine = tmp_path_factory.getbasetemp()
    everybodys = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    begin = prepared(Path(os.environ.get("PREPARED_DATA") or everybodys / "prepared"))
    with serve(tmp_path_factory.mktemp("served"), begin) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def browsing(chromium: Browser, served: Served) -> Iterator[Browsing]:
    """Devices for one journey, which fails for every fault that a browser reported and the journey did not expect."""
    opened = Browsing(chromium, served)
    yield opened
    opened.close()
    assert opened.faults == [], served.log.read_text(encoding="utf-8")[-6000:]


@pytest.fixture(scope="session")
def keys(served: Served) -> Keys:
    """The right answers."""
    return Keys.read(served)


@pytest.fixture(scope="session")
def exam(served: Served) -> str:
    """The id of the exam of C1."""
    return str(served.stage("exam"))


@pytest.fixture(scope="session")
def _ready(served: Served) -> Iterator[str]:
    return (number for first in count(step=BATCH) for number in served.stage("officers", BATCH, first))


@pytest.fixture
def ready_officer(_ready: Iterator[str]) -> Callable[[], Login]:
    """Gives an officer, each time another, who learned everything and did not sit the exam yet."""
    return lambda: Login(next(_ready), PASSWORD)
