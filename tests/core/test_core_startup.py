"""Unsafe combinations of settings are refused at start."""

import os
import re
import subprocess
import sys

import pytest
from django.core.checks import Error, Warning

from core.checks import safe_combinations

SAFE = {
    "SECRET_KEY_GIVEN": True,
    "LOOPBACK": True,
    "DEBUG": False,
    "HTTPS": False,
    "WEB_CONCURRENCY": 1,
    "REDIS_URL": "",
    "EMBEDDED": True,
    "SQLITE_OLDEST_SAFE": (3, 0, 0),
}
PUBLIC = SAFE | {"LOOPBACK": False, "HTTPS": True}


def found(settings, **values):
    """Level and id of what the check says under these settings."""
    for name, value in values.items():
        setattr(settings, name, value)
    return [(type(message), message.id) for message in safe_combinations(None)]


@pytest.mark.parametrize(
    "values", [SAFE, SAFE | {"DEBUG": True}, PUBLIC, PUBLIC | {"WEB_CONCURRENCY": 2, "REDIS_URL": "redis://r"}]
)
def test_what_is_safe_starts(values, settings):
    assert found(settings, **values) == []


@pytest.mark.parametrize(
    ("values", "id"),
    [
        (PUBLIC | {"SECRET_KEY_GIVEN": False}, "thindan.E001"),
        (PUBLIC | {"DEBUG": True}, "thindan.E002"),
        (PUBLIC | {"HTTPS": False}, "thindan.E003"),
        (PUBLIC | {"WEB_CONCURRENCY": 2}, "thindan.E004"),
        (SAFE | {"WEB_CONCURRENCY": 2}, "thindan.E004"),
        (PUBLIC | {"SQLITE_OLDEST_SAFE": (99, 0, 0)}, "thindan.E005"),
    ],
)
def test_what_is_unsafe_does_not_start(values, id, settings):
    assert found(settings, **values) == [(Error, id)]


def test_an_old_sqlite_is_a_warning_where_one_develops_and_no_matter_on_postgresql(settings):
    old = SAFE | {"SQLITE_OLDEST_SAFE": (99, 0, 0)}
    assert found(settings, **old | {"DEBUG": True}) == [(Warning, "thindan.E005")]
    assert found(settings, **old | {"EMBEDDED": False}) == []


def python(*arguments, tmp_path, **environment):
    """A new process of the product with nothing set but this."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments], env=inherited | {"DATA_DIR": str(tmp_path)} | environment,
        capture_output=True, text=True,
    )  # fmt: skip


def test_a_public_server_with_everything_wrong_names_every_fault_and_does_not_start(tmp_path):
    done = python(
        "manage.py", "check", tmp_path=tmp_path, SITE_URL="http://thindan.example", DEBUG="1", WEB_CONCURRENCY="2"
    )
    assert done.returncode == 1
    assert set(re.findall(r"thindan\.E\d+", done.stderr)) == {f"thindan.E00{n}" for n in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("site", "is_one"),
    [("http://127.0.0.1:8000", True), ("https://thindan.example", False), ("http://10.0.0.5", False)],
)
def test_the_demonstration_is_for_this_machine_only(site, is_one, tmp_path):
    code = "from config import settings; print(settings.DEMONSTRATION)"
    done = python("-c", code, tmp_path=tmp_path, SITE_URL=site, DEMONSTRATION="1", SECRET_KEY="x" * 50)
    assert done.stdout.strip() == str(is_one)


def test_the_key_made_on_this_machine_stays_and_only_its_owner_reads_it(tmp_path):
    code = "from config import settings; print(settings.SECRET_KEY)"
    first, second = (python("-c", code, tmp_path=tmp_path).stdout.strip() for _ in range(2))
    assert len(first) >= 50
    assert (second, (tmp_path / "secret_key").stat().st_mode & 0o777) == (first, 0o600)
