"""Prepares the data and serves the product: database, static files, curriculum, demonstration, then web server and worker.

Each step is skipped when nothing it depends on has changed since it last succeeded, so that a second start is quick.
"""

import errno
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DATA_DIR") or ROOT / "var").absolute()
LOGINS = DATA / "demo" / "logins.csv"
STAMPS = DATA / "steps.json"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
FIRST_DAILY_SECONDS = 600  # after a start, which is busy enough
APPS = ["core", "people", "records", "content", "assessments", "courses", "certificates", "training"]


def digest(paths: Iterable[Path], *extra: str) -> str:
    """A fingerprint of files by name, size and time, and of texts."""
    found = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        state = path.stat()
        found.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()


def steps() -> list[tuple[str, str, list[list[str]]]]:
    """(what is said, fingerprint of what it depends on, commands)."""
    lock = ROOT / "requirements/app.txt"
    database = os.environ.get("DATABASE_URL", "")
    there = "yes" if database or (DATA / "db.sqlite3").exists() else "no"
    migrations = [path for app in APPS for path in (ROOT / app / "migrations").glob("*.py")]
    static = [path for app in APPS for path in (ROOT / app / "static").rglob("*") if path.is_file()]
    fonts = [path for path in (ROOT / "vendor/static").rglob("*") if path.is_file()]
    authored = [path for path in (ROOT / "content/curriculum").rglob("*") if path.is_file()]
    logins = "yes" if LOGINS.exists() else "no"
    listed = [
        (
            "database",
            digest([lock, *migrations], database, there),
            [[*MANAGE, *command] for command in (["migrate", "-v0"], ["rebuild"], ["issue_due"])],
        ),
        ("static files", digest([lock, *static, *fonts]), [[*MANAGE, "collectstatic", "--noinput", "-v0"]]),
        ("curriculum", digest(authored, database, there), [[*MANAGE, "load_curriculum"]]),
    ]
    if os.environ.get("DEMONSTRATION") == "1":
        demo = digest([ROOT / "training/demo.py"], database, there, logins)
        listed.append(("demonstration", demo, [[*MANAGE, "load_demo", "-v0"]]))
    # The queue keeps the index up to date, but has just begun; and what is searched may have changed with the code.
    searched = [
        ROOT / "myanmar/search.py",
        ROOT / "core/search.py",
        *ROOT.glob("*/models.py"),
        *ROOT.glob("*/models/*.py"),
    ]
    index = digest([lock, *searched, *authored], database, there, logins)
    return [*listed, ("search index", index, [[*MANAGE, "update_index", "-v0"]])]


def prepare(names: Iterable[str] = ()) -> None:
    """Run the steps that are due, all or those named."""
    DATA.mkdir(mode=0o750, parents=True, exist_ok=True)
    done = json.loads(STAMPS.read_text()) if STAMPS.exists() else {}
    for number, (name, _before, commands) in enumerate(steps()):
        if (names and name not in names) or done.get(name) == steps()[number][1]:
            continue
        print(f"Preparing the {name} …", flush=True)
        for command in commands:
            subprocess.run(command, cwd=ROOT, check=True)
        # Taken anew: the first migration makes the database whose presence is part of the fingerprint.
        done[name] = steps()[number][1]
        STAMPS.write_text(json.dumps(done))


def serve(host: str, port: int) -> int:
    """Run the web server and the worker until one ends or a signal comes."""
    workers = os.environ.get("WEB_CONCURRENCY", "1")
    server = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{host}:{port}", "--worker-class", "gthread",
        "--workers", workers, "--threads", "8", "--graceful-timeout", "30", "--max-requests", "0", "--no-control-socket",
        "--log-level", "warning", "--preload",
    ]  # fmt: skip
    worker = [*MANAGE, "db_worker", "--interval", "5", "-v", "0"]
    children = [subprocess.Popen(server, cwd=ROOT), subprocess.Popen(worker, cwd=ROOT)]

    def stop(*_: object) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    next_daily = time.monotonic() + FIRST_DAILY_SECONDS
    daily: subprocess.Popen[bytes] | None = None
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
        if time.monotonic() >= next_daily and (daily is None or daily.poll() is not None):
            daily, next_daily = subprocess.Popen([*MANAGE, "daily", "-v", "0"], cwd=ROOT), next_daily + 86400
    stop()
    return max(abs(child.wait()) for child in children)


def faults_of_place(host: str, port: int) -> list[str]:
    """Why nothing can be served there, in a sentence; nothing where it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return [f"Something answers on {host}:{port} already. Choose another port: PORT={port + 1} make run"]
            if error.errno == errno.EACCES:
                return [f"Port {port} is not open to this user. Choose one over 1023: PORT=8000 make run"]
            return [f"HOST is no IPv4 address of this machine ({host}). Leave it out, or set 0.0.0.0 for all it has."]
    return []


def main() -> int:
    """Prepare, say where to go, serve."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import settings  # first: it chooses the SQLite
    from core.checks import refused

    host, port = os.environ.get("HOST") or "127.0.0.1", settings.PORT
    if faults := refused() or faults_of_place(host, port):
        print("\n".join(faults))
        return 1
    try:
        prepare()
        if os.environ.get("DEMONSTRATION") == "1":
            print(f"Sign in with one of these, of this demonstration only (also in {LOGINS}):")
            print(LOGINS.read_text(encoding="utf-8"))
    except subprocess.CalledProcessError as error:
        print(f"This step failed: {' '.join(map(str, error.cmd))}")
        return 1
    site = os.environ.get("SITE_URL", f"http://{host}:{port}")
    print(f"Thindan is at {site} · sign in at {site}/account/login/ · stop with Ctrl-C", flush=True)
    return serve(host, port)


if __name__ == "__main__":
    sys.exit(main())
