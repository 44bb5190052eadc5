"""Calls a function in a process of its own: the load beside the server, or the product with the server's settings."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from deploy.bench import inside, load
from deploy.bench.browser import Site
from deploy.bench.server import ROOT


def apart(name: str, settings: Mapping[str, str] | None = None, **arguments: Any) -> Any:
    """Call one of the functions `load_…` or `inside_…` in a process of its own."""
    command = [sys.executable, "-m", "deploy.bench.apart", name]
    env = dict(settings) if settings is not None else None
    done = subprocess.run(command, cwd=ROOT, env=env, input=json.dumps(arguments), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def called(name: str) -> None:
    """The other side of `apart`."""
    arguments = json.loads(sys.stdin.read())
    if name.startswith("inside_"):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
    else:
        arguments["site"] = Site(**arguments["site"])
    print(json.dumps(getattr(inside if name.startswith("inside_") else load, name)(**arguments)))


if __name__ == "__main__":
    called(sys.argv[1])
