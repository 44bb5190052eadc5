"""The real server with data of its own: started, ended and looked at from outside."""

import os
import re
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from deploy.bench.browser import Browser, Site

ROOT = Path(__file__).resolve().parent.parent.parent
POSTGRESQL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
# What would change the server and is not part of what is measured.
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "WEB_CONCURRENCY", "DEMONSTRATION", "HOST")
TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port on which nothing answers, below those that the system gives to outgoing connections until it is used."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def environment(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a server with data of its own; nothing of the caller's settings gets in."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("PYTEST")}
    return kept | {"DATA_DIR": str(data)} | settings


def tree(pid: int) -> list[int]:
    """A process and everything that it started."""
    found = [pid]
    for one in found:
        try:
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
        except OSError:  # it has ended
            continue
    return found


def stop(process: subprocess.Popen[bytes], *, kill: bool = False) -> None:
    """End a server that was started with a session of its own; `kill` leaves it no time."""
    if kill:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def start(command: list[str], site: Site, settings: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a server and wait for its first page."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(settings), stdout=out, stderr=out, start_new_session=True
        )
    browser, end = Browser(site), time.monotonic() + 90
    while True:
        try:
            if browser.ask("GET", "/account/login/").status == 200:
                return process
        except OSError:
            pass
        if process.poll() is not None or time.monotonic() > end:
            stop(process, kill=process.poll() is None)
            raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.02)


def backends(url: str) -> list[int]:
    """The processes that PostgreSQL runs for a database on this machine."""
    if not url:
        return []
    import psycopg

    with psycopg.connect(POSTGRESQL, autocommit=True) as admin:
        rows = admin.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [urlsplit(url).path[1:]])
        return [pid for (pid,) in rows if _command(pid).startswith("postgres")]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


def cpu(pids: list[int]) -> float:
    """Seconds of CPU that processes have used."""
    used = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        used += int(fields[11]) + int(fields[12])
    return used / TICK


def settle(pid: int) -> None:
    """Wait until a server that answers has nothing more to start: the worker needs longer than the first page."""
    end, before = time.monotonic() + 20, -1.0
    while time.monotonic() < end and (now := cpu(tree(pid))) - before > 0.05:
        before = now
        time.sleep(1)


def pss(pids: list[int]) -> float:
    """Megabytes of memory, what is shared counted in parts."""
    total = 0
    for pid in pids:
        try:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total / 1024


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, removed afterwards; empty for SQLite."""
    if kind == "SQLite":
        yield ""
        return
    import psycopg

    name = f"thindan_bench_{os.getpid()}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(POSTGRESQL)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(POSTGRESQL, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def postgresql_answers() -> bool:
    """Whether there is one."""
    import psycopg

    try:
        psycopg.connect(POSTGRESQL, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
