"""What the product costs on this machine, with production settings: `make bench` prints a table and takes some minutes;
`python -m deploy.bench sign-ins` measures the door alone.

The server is the one of deploy/run.py with data of its own that is removed afterwards, on SQLite and, where one answers
(TEST_DATABASE_URL, or 127.0.0.1:5432), on PostgreSQL. Nobody signs in while other things are timed: sessions are put into
the database. Requests come from a process of their own, which shares the cores with the server. CPU is that of the server's
processes and PostgreSQL's for it. SQL leaves out BEGIN, COMMIT and savepoints. Look at ratios; milliseconds do not travel.
"""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from deploy.bench.apart import apart
from deploy.bench.browser import Browser, Site
from deploy.bench.inside import READERS
from deploy.bench.server import (
    ROOT,
    backends,
    cpu,
    database,
    environment,
    free_port,
    postgresql_answers,
    pss,
    settle,
    start,
    stop,
    tree,
)

Table = dict[str, str]

SMALL, LARGE = 200, 2_000
QUESTIONS, ROOMS = 20, (50, 200)
CERTIFICATES = 500
SPECIMENS = 300


def p95(seconds: list[float]) -> float:
    """The time within which 95 of 100 are done, in milliseconds."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000


def median_ms(seconds: list[float]) -> float:
    """Milliseconds."""
    return statistics.median(seconds) * 1000


SIGN_INS, MINUTE = 200, 60.0


def sign_ins(site: Site, settings: Mapping[str, str], pids: Callable[[], list[int]]) -> Table:
    """200 officers at the bell: what signing in costs, and how long it takes."""
    who = apart("inside_sign_ins", settings, count=SIGN_INS)
    known = pids()
    before = cpu(known)
    said = apart("load_sign_in", site=vars(site), **who, seconds=MINUTE)
    used = cpu(sorted({*known, *pids()})) - before
    return {
        f"{SIGN_INS} sign-ins in a minute: server CPU of one": f"{used / SIGN_INS * 1000:.0f} ms",
        "  p95 of the page and the sign-in": f"{p95(said['seconds']):.0f} ms",
        "  errors of signing in": str(len(said["wrong"])),
    }


def only_sign_ins(site: Site, settings: Mapping[str, str], data: Path) -> Table:
    """Nothing but that."""
    process = start([sys.executable, "deploy/run.py"], site, settings, data / "server.log")
    try:
        settle(process.pid)
        return sign_ins(site, settings, lambda: tree(process.pid) + backends(settings.get("DATABASE_URL", "")))
    finally:
        stop(process)


def measure(site: Site, settings: Mapping[str, str], data: Path) -> Table:
    """All rows of the table for one prepared database."""
    run = [sys.executable, "deploy/run.py"]
    who = apart("inside_people", settings, small=SMALL, large=LARGE, questions=QUESTIONS, takers=5 + 3 * sum(ROOMS) + 2)
    sql = apart("inside_statements", settings, session=who["takers"].pop(), trainer=who["trainer"], lesson=who["lesson"],
                quiz=who["quiz"], grid=who["grids"][-1])  # fmt: skip
    table: Table = {}
    log = data / "server.log"
    starts = []
    for last in (False, False, True):
        begun = time.monotonic()
        process = start(run, site, settings, log)
        starts.append(time.monotonic() - begun)
        if not last:
            stop(process)
    try:
        pids = lambda: tree(process.pid) + backends(settings.get("DATABASE_URL", ""))  # noqa: E731
        where = {"site": vars(site)}
        settle(process.pid)

        def costs(name: str, *, strict: bool = True, **arguments: Any) -> tuple[Any, float]:
            """What a load says, and the CPU that it took."""
            known = pids()
            before = cpu(known)
            said = apart(name, **where, **arguments)
            after = cpu(sorted({*known, *pids()}))
            if strict and said["wrong"]:
                raise RuntimeError(f"{name}: {said['wrong'][:3]}")
            return said, after - before

        lesson = {"session": who["readers"][0], "path": who["lesson"]}
        costs("load_one", **lesson, times=100)
        rounds = [costs("load_one", **lesson, times=150) for _ in range(3)]
        table["Lesson page, one reader: median"] = f"{median_ms([s for r, _c in rounds for s in r['seconds']]):.1f} ms"
        table["  server CPU"] = f"{statistics.median(c for _r, c in rounds) / 150 * 1000:.1f} ms"
        table["  SQL of a page"] = str(sql["lesson"])
        readers = [costs("load_many", sessions=who["readers"], path=who["lesson"], seconds=4)[0] for _ in range(3)]
        table[f"Lesson pages a second, {READERS} readers"] = (
            f"{statistics.median(len(r['seconds']) / r['wall'] for r in readers):.0f}"
        )
        table["  p95"] = f"{statistics.median(p95(r['seconds']) for r in readers):.0f} ms"

        takers = iter(who["takers"])

        def sit(count: int) -> tuple[Any, float]:
            sessions = [next(takers) for _ in range(count)]
            return costs("load_sit", strict=count == 1, sessions=sessions, quiz=who["quiz"], questions=QUESTIONS)

        sit(1)
        alone = [sit(1)[1] for _ in range(4)]
        table[f"Attempt of {QUESTIONS} questions, each answer saved: server CPU"] = f"{statistics.mean(alone):.2f} s"
        table["  HTTP requests"] = str(2 + QUESTIONS + 3)
        table["  SQL of an attempt"] = str(sql["attempt"])
        table["  SQL of a start, a save, the last word"] = f"{sql['start']}, {sql['save']}, {sql['submit']}"
        for size in ROOMS:
            rooms = [sit(size) for _ in range(3)]
            of = f" ({size})"
            middle = lambda figures: statistics.median(list(figures))  # noqa: E731
            table[f"{size} sitting it at once: attempts a second"] = (
                f"{middle(size / r['wall'] for r, _c in rooms):.1f}"
            )
            table[f"  server CPU of one{of}"] = f"{middle(c / size for _r, c in rooms):.2f} s"
            table[f"  p95 of one save{of}"] = f"{middle(p95(r['saves']) for r, _c in rooms):.0f} ms"
            table[f"  p95 of a start with its paper{of}"] = f"{middle(p95(r['starts']) for r, _c in rooms):.0f} ms"
            table[f"  p95 of the last word with the result{of}"] = f"{middle(p95(r['ends']) for r, _c in rooms):.0f} ms"
            audits = [apart("inside_audit", settings, sent=r["sent"]) for r, _c in rooms]
            lost, doubled = (sum(len(audit[what]) for audit in audits) for what in ("lost", "doubled"))
            errors = sum(len(r["wrong"]) for r, _c in rooms)
            table[f"  errors, lost, doubled{of}"] = f"{errors}, {lost}, {doubled}"

        grids: list[list[float]] = [[], []]
        for _ in range(4):
            for taken, path in zip(grids, who["grids"], strict=True):
                taken += costs("load_one", session=who["trainer"], path=path, times=12)[0]["seconds"][2:]
        small, large = map(median_ms, grids)
        table[f"Trainer's grid: {SMALL}, {LARGE} learners"] = f"{small:.0f}, {large:.0f} ms"
        table["  growth, SQL"] = f"{large / small:.2f}×, {sql['grid']}"

        paper = {"session": who["certified"], "path": f"/certificates/{who['certificate']}/pdf/"}
        costs("load_one", **paper, times=2)
        made = apart("inside_certificates", settings, count=CERTIFICATES)
        table[f"{CERTIFICATES} certificates, signed: issuing, printing one (CPU)"] = (
            f"{made['issue_ms']:.0f}, {made['print_ms']:.0f} ms; {made['a_second']:.1f} a second; {made['kilobytes']:.0f} KB"
        )
        table["  memory: after one, after all"] = f"{made['memory_before']:.0f}, {made['memory_after']:.0f} MB"
        table["  as one file for a group: CPU of one, memory"] = (
            f"{made['group_ms']:.0f} ms, {made['group_memory']:.0f} MB"
        )
        table["Certificate (PDF): server CPU"] = f"{costs('load_one', **paper, times=12)[1] / 12 * 1000:.0f} ms"

        drawing = apart("inside_specimens", settings, count=SPECIMENS)
        table["Specimen of a document: drawing one, its first sheet"] = (
            f"{drawing['ms']:.1f} ms, {drawing['kilobytes']:.1f} KB"
        )

        attempt = Browser(site, session := next(takers)).ask("POST", who["quiz"]).headers["Location"]
        for name, key, path in (("lesson", who["readers"][1], who["lesson"]), ("quiz", session, attempt)):
            found = apart("load_weigh", **where, session=key, path=path)
            table[f"First visit to a {name}: without, with font; requests"] = (
                f"{found['light'] / 1000:.1f}, {(found['light'] + found['fonts']) / 1000:.1f} KB; {found['requests']}"
            )
            if name == "lesson":
                table["  the page alone"] = f"{found['page'] / 1000:.1f} KB"

        table |= sign_ins(site, settings, pids)
        worker = [pid for pid in tree(process.pid) if b"db_worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        web = [pid for pid in tree(process.pid) if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        table["Memory (PSS): web, worker, all"] = f"{pss(web):.0f}, {pss(worker):.0f}, {pss(tree(process.pid)):.0f} MB"
    finally:
        stop(process)
    table["Start to first page"] = f"{statistics.median(starts):.1f} s"
    return table


GOALS = {
    "Lesson page, one reader: median": "",
    "  server CPU": "≤ 8 ms",
    "  SQL of a page": "≤ 6",
    f"Lesson pages a second, {READERS} readers": "≥ 175",
    "  p95": "≤ 150 ms",
    f"Attempt of {QUESTIONS} questions, each answer saved: server CPU": "≤ 0.16 s",
    "  HTTP requests": "≤ 24",
    "  SQL of an attempt": "≤ 200",
    f"{ROOMS[0]} sitting it at once: attempts a second": "≥ 10",
    f"  p95 of one save ({ROOMS[0]})": "≤ 300 ms",
    **{f"  errors, lost, doubled ({size})": "0, 0, 0" for size in ROOMS},
    f"Trainer's grid: {SMALL}, {LARGE} learners": "≤ 80 ms",
    "  growth, SQL": "≤ 1.10×",
    f"{CERTIFICATES} certificates, signed: issuing, printing one (CPU)": "≤ 100 ms; ≥ 10 a second",
    "  memory: after one, after all": "flat",
    "Certificate (PDF): server CPU": "≤ 100 ms",
    "Specimen of a document: drawing one, its first sheet": "≤ 10 ms, ≤ 40 KB",
    "First visit to a lesson: without, with font; requests": "≤ 25, ≤ 90 KB; ≤ 8",
    "  the page alone": "≤ 8 KB",
    "First visit to a quiz: without, with font; requests": "≤ 80 KB; ≤ 9",
    f"{SIGN_INS} sign-ins in a minute: server CPU of one": "≤ 100 ms",
    "  p95 of the page and the sign-in": "≤ 500 ms",
    "  errors of signing in": "0",
    "Memory (PSS): web, worker, all": "≤ 250 MB",
    "Start to first page": "≤ 2 s",
}


def prepare(kind: str, data: Path, made: ExitStack) -> tuple[Site, dict[str, str], subprocess.Popen[bytes]]:
    """Begin to set up a database, static files and the curriculum as deploy/run.py does."""
    site = Site(free_port(), "thindan.example", https=True)
    settings = environment(
        data, SITE_URL=site.url, SECRET_KEY=secrets.token_hex(32), BEHIND_PROXY="1", PORT=str(site.port),
        DATABASE_URL=made.enter_context(database(kind)),
    )  # fmt: skip
    command = [sys.executable, "-c", "from deploy import run; run.prepare()"]
    data.mkdir()
    with (data / "server.log").open("wb") as out:
        return site, settings, subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out, stderr=out)


def main() -> int:
    """Measure on what there is and print the table."""
    begun = time.monotonic()
    kinds = ["SQLite", *(["PostgreSQL"] if postgresql_answers() else [])]
    tables: dict[str, Table] = {}
    with ExitStack() as made:
        folder = Path(made.enter_context(tempfile.TemporaryDirectory(prefix="thindan-bench-")))
        print(f"Preparing {' and '.join(kinds)} …", flush=True)
        ready = {kind: prepare(kind, folder / kind, made) for kind in kinds}
        for kind, (_site, _settings, process) in ready.items():
            if process.wait():
                raise RuntimeError(f"{kind}: {(folder / kind / 'server.log').read_text()[-3000:]}")
        for kind, (site, settings, _process) in ready.items():
            print(f"Measuring on {kind} …", flush=True)
            take = only_sign_ins if sys.argv[1:] == ["sign-ins"] else measure
            tables[kind] = take(site, settings, folder / kind)
    width = max(map(len, GOALS))
    print(f"\n{'':<{width}}  " + "".join(f"{kind:<20}" for kind in kinds) + "to reach")
    for name in tables[kinds[0]]:
        print(f"{name:<{width}}  " + "".join(f"{tables[kind][name]:<20}" for kind in kinds) + GOALS.get(name, ""))
    cores, load = os.cpu_count(), os.getloadavg()[2]
    print(f"\n{cores} cores, load average of 15 minutes {load:.1f}; took {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
