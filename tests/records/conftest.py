"""An installation with officers whose exam is open, and an archive of it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest

from deploy.bench import server
from deploy.bench.apart import apart
from tests.concurrency.room import copied
from tests.records.places import BEGUN, PICTURE, Place


@pytest.fixture(scope="session")
def place(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A copy of the test database, made outside the transactions of tests."""
    data = tmp_path_factory.mktemp("place")
    settings = server.environment(data)
    with django_db_blocker.unblock(), copied(data, settings):
        apart("inside_people", settings, small=3, large=0, questions=0, takers=3)
        subprocess.run([sys.executable, "manage.py", "shell", "-c", BEGUN], cwd=server.ROOT, env=settings, check=True)
        (data / "media/a").mkdir(parents=True)
        (data / "media/a/picture.png").write_bytes(PICTURE)
        (data / "packages/files/ab").mkdir(parents=True)
        (data / "packages/files/ab/abcd").write_bytes(PICTURE)
        yield Place(data, settings)


@pytest.fixture(scope="session")
def key() -> pyrage.x25519.Identity:
    """A private key."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="session")
def sealed(place: Place, key: pyrage.x25519.Identity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive, written by the command."""
    to = tmp_path_factory.mktemp("sealed") / "copy.age"
    made = place.run("backup", "--to", str(to), "--recipient", str(key.to_public()))
    assert made.returncode == 0, made.stderr
    return to
