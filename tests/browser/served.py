"""The real product on a free port with data of its own, as `make run` starts it.

`python -m tests.browser.served <folder>` prepares what all servers begin with, before they are asked for.
"""

import csv
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Steps of deploy/run.py that do not depend on the address. People do: papers of the demonstration name it.
SAME = ("database", "static files", "curriculum")
START_SECONDS = 900  # on a busy machine, with another one that starts beside it
OURS = ("DATABASE_URL", "REDIS_URL", "STORAGE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "WEB_CONCURRENCY", "HOST")


@dataclass(frozen=True)
class Login:
    """How somebody signs in."""

    login: str
    password: str
    totp_secret: str = ""


@dataclass(frozen=True, eq=False)
class Served:
    """A running demonstration. logins: by service number, as its logins.csv has them. log: what it printed."""

    url: str
    environment: dict[str, str]
    logins: dict[str, Login]
    log: Path

    def stage(self, *arguments: object) -> Any:
        """Set the stage in the server's database; see tests/browser/stage.py."""
        command = [sys.executable, "-m", "tests.browser.stage", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _environment(**values: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("PYTEST")}
    return kept | values


def prepared(folder: Path) -> Path:
    """The folder with what is the same for every server: tables, static files, curriculum, as deploy/run.py makes them.

    Whoever comes first makes it, in whatever process; the others wait.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = folder.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)  # of one that was stopped
            command = [sys.executable, "-c", f"from deploy.run import prepare; prepare({SAME!r})"]
            environment = _environment(DATA_DIR=str(making))
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"what servers begin with was not made:\n{done.stderr[-3000:]}")
            making.rename(folder)
    return folder


@contextmanager
def serve(data: Path, begin: Path | None = None) -> Iterator[Served]:
    """Run deploy/run.py on a free port until the block ends; stops only what was started here.

    `data` is where it keeps its data; they begin as a copy of `begin`, made by `prepared`, or with nothing.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = _environment(DATA_DIR=str(data), PORT=str(port), SITE_URL=url, DEMONSTRATION="1")
    data.mkdir(parents=True, exist_ok=True)
    if begin:
        shutil.copytree(begin, data, dirs_exist_ok=True)
    log = data / "server.log"
    with log.open("w") as out:
        # A session of its own, so that its children can be ended with it and nothing else.
        process = subprocess.Popen(
            [sys.executable, "deploy/run.py"], cwd=ROOT, env=environment, stdout=out, stderr=out, start_new_session=True
        )
    try:
        end = time.monotonic() + START_SECONDS
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.2)
        with (data / "demo/logins.csv").open(encoding="utf-8", newline="") as file:
            logins = {
                row["login"]: Login(row["login"], row["password"], row["totp_secret"]) for row in csv.DictReader(file)
            }
        yield Served(url, environment, logins, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


if __name__ == "__main__":
    prepared(Path(sys.argv[1]))
