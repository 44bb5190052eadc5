"""Unsafe combinations of settings are refused at start."""

import os
import re
import socket
import subprocess
import sys

import pytest
from django.core.checks import Error, Warning

from core.checks import safe_combinations

SAFE = {
    "FAULTS": {},
    "SECRET_KEY_GIVEN": True,
    "SECRET_KEY": "not-a-secret-but-long-enough-for-the-checks-0123456789",
    "ALLOWED_HOSTS": ["thindan.example"],
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
        (SAFE | {"FAULTS": {"PORT": "PORT cannot be read."}}, "thindan.E009"),
        (PUBLIC | {"SECRET_KEY": "short"}, "thindan.E010"),
        (PUBLIC | {"SECRET_KEY": "x" * 60}, "thindan.E010"),
        (PUBLIC | {"ALLOWED_HOSTS": ["thindan.example", "*"]}, "thindan.E011"),
        (PUBLIC | {"DEBUG": True}, "thindan.E002"),
        (PUBLIC | {"HTTPS": False}, "thindan.E003"),
        (PUBLIC | {"WEB_CONCURRENCY": 2}, "thindan.E004"),
        (SAFE | {"WEB_CONCURRENCY": 2}, "thindan.E004"),
        (PUBLIC | {"SQLITE_OLDEST_SAFE": (99, 0, 0)}, "thindan.E005"),
    ],
)
def test_what_is_unsafe_does_not_start(values, id, settings):
    assert found(settings, **values) == [(Error, id)]


def test_what_harms_where_others_reach_it_is_a_warning_on_this_machine(settings):
    assert found(settings, **SAFE | {"SECRET_KEY": "short"}) == [(Warning, "thindan.E010")]
    assert found(settings, **SAFE | {"ALLOWED_HOSTS": ["*"]}) == [(Warning, "thindan.E011")]


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


UNREADABLE = {
    "DATABASE_URL": "garbage-secret",
    "REDIS_URL": "garbage-secret",
    "STORAGE_URL": "s3://key:garbage-secret@host",
    "EMAIL_URL": "garbage-secret",
    "PACKAGE_ORIGIN": "garbage-secret",
    "XAPI_FORWARD_URL": "garbage-secret",
    "BACKUP_RECIPIENT": "age1garbage-secret",
    "SITE_URL": "https://[",
    "PORT": "99999",
    "WEB_CONCURRENCY": "banana",
    "SLIP_DAYS": "0",
}


@pytest.mark.parametrize("command", ["check", "load_curriculum", "migrate"])
def test_every_variable_that_cannot_be_read_is_named_in_one_answer_and_what_it_holds_is_not_shown(command, tmp_path):
    done = python("manage.py", command, tmp_path=tmp_path, **UNREADABLE)
    assert (done.returncode, done.stdout) == (1, "")
    assert set(re.findall(r"([A-Z_]+) cannot be read\.", done.stderr)) == set(UNREADABLE)
    assert "Traceback" not in done.stderr
    assert "garbage-secret" not in done.stderr
    assert not (tmp_path / "db.sqlite3").exists()


def readings(tmp_path, **environment) -> set[str]:
    """Which variables cannot be read."""
    done = python("-c", "from config import settings; print(*settings.FAULTS)", tmp_path=tmp_path, **environment)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE_URL", "mysql://u:p@db/name"),
        ("DATABASE_URL", "postgres://u:p@db:port/name"),
        ("DATABASE_URL", "postgres://u:p@db"),
        ("EMAIL_URL", "smtp://"),
        ("REDIS_URL", "https://redis"),
        ("PORT", "banana"),
        ("WEB_CONCURRENCY", "0"),
        ("DATA_DIR", "/dev/null"),
        ("DATA_DIR", "/dev/null/below"),
        ("DATA_DIR", "/proc"),
    ],
)
def test_what_cannot_be_read_is_named(name, text, tmp_path):
    assert readings(tmp_path, **{name: text}) == {name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE_URL", "postgres://u:p%40ss@db.example:5432/name"),
        ("DATABASE_URL", "sqlite:////tmp/thindan.sqlite3"),
        ("EMAIL_URL", "smtp+tls://name:password@mail.example.org:587"),
        ("EMAIL_URL", "consolemail://"),
        ("REDIS_URL", "rediss://:password@cache:6379/1"),
        ("REDIS_URL", "unix:///run/redis.sock"),
        ("PACKAGE_ORIGIN", "https://*.packages.example.org"),
        ("XAPI_FORWARD_URL", "https://lrs.example.org/xapi/"),
        ("BACKUP_RECIPIENT", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p,"),
        ("DATABASE_URL", ""),
        ("PORT", ""),
    ],
)
def test_what_can_be_read_is(name, text, tmp_path):
    assert readings(tmp_path, **{name: text}) == set()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"HOST": "nohost.invalid"}, "HOST is no IPv4 address of this machine (nohost.invalid)."),
        ({"HOST": "192.0.2.1"}, "HOST is no IPv4 address of this machine (192.0.2.1)."),
        ({"PORT": "banana"}, "PORT cannot be read."),
        ({"DATA_DIR": "/dev/null"}, "In DATA_DIR (/dev/null) nothing can be written: "),
        (
            {"SITE_URL": "https://thindan.example", "SECRET_KEY": "short", "DATABASE_URL": "garbage"},
            "DATABASE_URL cannot be read.",
        ),
    ],
)
def test_the_server_says_why_it_does_not_start(environment, said, tmp_path):
    done = python("deploy/run.py", tmp_path=tmp_path, **{"PORT": "8917"} | environment)
    assert done.returncode == 1
    assert done.stdout.startswith(said)
    assert done.stderr == ""


def test_a_port_that_is_taken_is_said_to_be(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = python("deploy/run.py", tmp_path=tmp_path, PORT=str(port))
    assert (done.returncode, done.stdout.startswith(f"Something answers on 127.0.0.1:{port} already.")) == (1, True)


@pytest.mark.parametrize("command", [["issue_due"], ["load_curriculum"], ["backup"]])
def test_before_its_tables_are_made_a_command_says_which_one_comes_first(command, tmp_path):
    done = python("manage.py", *command, tmp_path=tmp_path)
    assert done.returncode == 1
    assert done.stderr.endswith("Run first: manage.py migrate.\n")
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path):
    done = python("manage.py", "purge", tmp_path=tmp_path, DATABASE_URL="postgres://u:topsecret@127.0.0.1:1/name")
    assert (done.returncode, done.stderr.startswith("The database does not answer (")) == (1, True)
    assert "topsecret" not in done.stderr


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
