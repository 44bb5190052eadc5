"""Translations of the interface: `compile` makes the .mo files (needs nothing else); `update` finds new strings (needs gettext)."""

import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def compile_messages() -> None:
    """Every .po under locale/ as a .mo beside it. Fuzzy and empty entries are left out."""
    for source in (ROOT / "locale").rglob("*.po"):
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(source.with_suffix(".mo")))


def update_messages() -> None:
    """Bring locale/my up to date with the code and templates."""
    ignored = [
        f"--ignore={name}" for name in (".venv", "node_modules", "vendor", "var", "tests", "deploy", "locale/vendor")
    ]
    command = [
        sys.executable,
        "manage.py",
        "makemessages",
        "-l",
        "my",
        "--no-wrap",
        "--no-obsolete",
        "--add-location=file",
        *ignored,
    ]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    {"compile": compile_messages, "update": update_messages}[sys.argv[1]]()
