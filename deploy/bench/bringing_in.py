"""How long bringing in and taking out take: `python -m deploy.bench.bringing_in [rows] [rounds]`, in a database of its own.

With DATABASE_URL that database is used, which has to be empty and migrated; else a new SQLite file. Prints seconds, medians.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SYLLABLES = ["နီ", "လာ", "အောင်", "မြင့်", "သီ", "တာ", "လွင်", "ဇော်", "ဝင်း", "ခင်", "မာ", "တင်", "မောင်", "စန္ဒာ", "ရဲ", "ထွဋ်", "ဝေ", "ယံ", "ဖြူ", "ကျော်"]  # fmt: skip


def _name(n: int) -> str:
    return "ဒေါ်" + "".join(SYLLABLES[n // 20**place % 20] for place in range(4))


def measure(rows: int, rounds: int) -> None:
    """Print the medians of some rounds, each with as many new people, of whom 50 units have their share."""
    from core.tables import write_xlsx
    from people.exchange import importing
    from people.exchange.exports import PEOPLE, take_out
    from people.models import PeopleImport, Unit

    agency = Unit.objects.create(kind="agency", agency="police", code="BENCH", name_my="ရုံး", name_en="Office")
    for n in range(50):
        Unit.objects.create(
            kind="region", agency="police", code=f"BENCH-{n}", name_my=f"ဒေသ {n}", name_en=f"Region {n}", parent=agency
        )
    took: dict[str, list[float]] = {}

    def timed(what: str, does: Callable[[], Any]) -> Any:
        started = time.monotonic()
        done = does()
        took.setdefault(what, []).append(time.monotonic() - started)
        return done

    table = [[f"B-{n:06d}", _name(n), f"Daw Officer {n}", f"BENCH-{n % 50}", "my"] for n in range(rows)]
    data = write_xlsx(["Service number", "Name in Burmese", "Name in Latin letters", "Unit", "Language"], table)

    def examined(what: str) -> PeopleImport:
        came = importing.receive("people", data, "bench.xlsx", by=None)
        return timed(what, lambda: importing.run(came))

    def stored() -> PeopleImport:
        came = importing.confirm(examined("examine"), whole=False, change_existing=False)
        came = timed("store", lambda: importing.run(came))
        if came.counts["made"]["people"] != rows:
            raise RuntimeError(f"not everybody came in: {came.counts}")
        return came

    for _round in range(rounds):
        came = stored()
        examined("examine again, all here")
        came = importing.undo(came)
        timed("undo", lambda came=came: importing.run(came))
    stored()  # once more: whom the trail names as taken out, nobody can undo
    for _round in range(rounds):
        for form in ("xlsx", "csv"):
            timed(f"take out as {form}", lambda form=form: take_out(PEOPLE, form, by=None, reason="bench"))
    for what, seconds in took.items():
        print(f"{what}, {rows} rows: {statistics.median(seconds):.1f} s")


def main() -> None:
    """In a data directory of its own."""
    rows, rounds = (int(one) for one in (*sys.argv[1:], *("10000", "3")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
        if not os.environ.get("DATABASE_URL"):
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
        import django

        django.setup()
        measure(rows, rounds)


if __name__ == "__main__":
    main()
