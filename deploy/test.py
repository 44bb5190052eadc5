"""All checks and all tests, in the order in which they fail fastest. Says at the end what ran and what did not.

`--only lint|sqlite|postgresql|browser` runs one part. In CI (CI=true) PostgreSQL and the browser must be there.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REQUIRED = os.environ.get("CI") == "true"
APPS = ["config", "core", "people", "records", "content", "assessments", "courses", "certificates", "training"]
POSTGRESQL = (
    os.environ.get("TEST_DATABASE_URL")
    or os.environ.get("DATABASE_URL")
    or "postgres://postgres@127.0.0.1:5432/postgres"
)

# What production looks like, for the checks that ask.
PRODUCTION = {
    "SITE_URL": "https://thindan.example",
    "SECRET_KEY": "not-a-secret-but-long-enough-for-the-checks-to-be-content-0123456789",
    "DATA_DIR": str(ROOT / "var/check"),
}


def run(*command: str | Path, **environment: str) -> bool:
    """Run a command in the project's folder; whether it succeeded."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=os.environ | environment).returncode == 0


def lint() -> bool:
    """Lint, format, types, templates, migrations and settings."""
    python = sys.executable
    checks = [
        lambda: run(BIN / "ruff", "check", "--quiet", "."),
        lambda: run(BIN / "ruff", "format", "--check", "--quiet", "."),
        lambda: run(BIN / "mypy", *APPS, "myanmar", "specimens"),
        lambda: run(BIN / "djlint", "--lint", "--quiet", *[app for app in APPS if (ROOT / app / "templates").is_dir()]),
        lambda: run(python, "manage.py", "makemigrations", "--check", "--dry-run", "-v0"),
        lambda: run(python, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION),
        lambda: run(python, "manage.py", "load_curriculum", "--check"),
    ]
    return all([check() for check in checks])


def workers() -> str:
    """As many test processes as cores."""
    return str(os.cpu_count() or 1)


def sqlite() -> bool:
    """Unit and integration tests on SQLite."""
    return run(sys.executable, "-m", "pytest", "-n", workers(), "-m", "not browser", DATABASE_URL="")


def answers(url: str) -> bool:
    """Whether a database server answers at a URL."""
    import environ

    settings = environ.Env.db_url_config(url)
    host = settings["HOST"] or "127.0.0.1"
    if host.startswith("/"):
        return True
    try:
        socket.create_connection((host, int(settings["PORT"] or 5432)), timeout=2).close()
    except OSError:
        return False
    return True


def postgresql() -> bool | None:
    """Those of them that may ask a database, on PostgreSQL; None where none answers."""
    if not answers(POSTGRESQL):
        return None
    chosen = ["-m", "not browser", "--database-only"]
    return run(sys.executable, "-m", "pytest", "-n", workers(), *chosen, DATABASE_URL=POSTGRESQL)


def has_chromium() -> bool:
    """Whether there is a browser for the journeys."""
    return bool(shutil.which("chromium") or shutil.which("chromium-browser"))


@contextmanager
def preparing() -> Iterator[None]:
    """Prepare what the journeys' servers begin with, while one core is idle during the checks of the code."""
    with tempfile.TemporaryDirectory(prefix="thindan-") as folder:
        os.environ["PREPARED_DATA"] = str(Path(folder) / "prepared")
        command = ["nice", sys.executable, "-m", "tests.browser.served", os.environ["PREPARED_DATA"]]
        # In a session of its own, so that it ends with all that it started.
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            yield
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def browser() -> bool | None:
    """Journeys in a real browser against the real server; None where there is no Chromium."""
    if not has_chromium():
        return None
    # Two at a time, each with a server, a port and data of its own; a file stays together, since its tests share people.
    at_once = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    return run(sys.executable, "-m", "pytest", "tests/browser", *at_once, DATABASE_URL="")


PARTS: dict[str, Callable[[], bool | None]] = {
    "lint": lint,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "browser": browser,
}


def main() -> int:
    """Run the parts and say how each went."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", choices=PARTS)
    only = ask.parse_args().only
    # What is compiled is kept: else each of hundreds of processes compiles the product and its tests anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    results: dict[str, str] = {}
    with nullcontext() if only or not has_chromium() else preparing():
        for name, part in PARTS.items():
            if only and name != only:
                continue
            print(f"== {name}", flush=True)
            begun = time.monotonic()
            outcome = part()
            words = {True: "passed", False: "FAILED", None: "NOT RUN: nothing answers or is installed"}[outcome]
            if outcome is None and REQUIRED:
                words = "FAILED: required here and missing"
            results[name] = f"{words} ({time.monotonic() - begun:.0f} s)"
    print("\n".join(f"{name:<11}{words}" for name, words in results.items()))
    return int(any(words.startswith("FAILED") for words in results.values()))


if __name__ == "__main__":
    sys.exit(main())
