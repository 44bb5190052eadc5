"""One server for all tests of a process; every test takes officers of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.concurrency.room import Room, furnished


@pytest.fixture(scope="session")
def room(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The room. Tests are marked `django_db` so that they come before those that empty the database it is copied from."""
    with django_db_blocker.unblock(), furnished(tmp_path_factory.mktemp("room")) as furnished_room:
        yield furnished_room
