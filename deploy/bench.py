"""What the product costs on this machine, with production settings: `make bench` prints a table and takes some minutes.

The server is the one of deploy/run.py with data of its own that is removed afterwards, on SQLite and, where one answers
(TEST_DATABASE_URL, or 127.0.0.1:5432), on PostgreSQL. Nobody signs in while it is timed: sessions are put into the
database. Requests come from a process of their own, which shares the cores with the server. CPU is that of the server's
processes and PostgreSQL's for it. SQL leaves out BEGIN, COMMIT and savepoints. Look at ratios; milliseconds do not travel.
"""

import http.client
import json
import os
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
# What would change the server and is not part of what is measured.
OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "WEB_CONCURRENCY", "DEMONSTRATION", "HOST")
TICK = os.sysconf("SC_CLK_TCK")
SMALL, LARGE = 200, 2_000
QUESTIONS, READERS, ROOM = 20, 16, 50


# --- The server --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Site:
    """Where a server answers. name: the host it is called by; https: as if a proxy in front of it spoke HTTPS."""

    port: int
    name: str
    https: bool = False

    @property
    def url(self) -> str:
        """Its address for browsers."""
        return f"{'https' if self.https else 'http'}://{self.name}"


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


# --- A browser -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What came back. seconds: from the first byte sent to the last one received. size: of the body as it came."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The body, unpacked."""
        if self.headers.get("Content-Encoding") == "gzip":
            import gzip

            return gzip.decompress(self.body).decode()
        return self.body.decode()


class Browser:
    """One kept-alive connection with a session; the token against forged requests is sent with everything."""

    def __init__(self, site: Site, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        self.used = 0.0
        token, prefix = secrets.token_hex(16), "__Host-" if site.https else ""
        self.headers = {
            "Host": site.name,
            "Accept-Encoding": "gzip",
            "Cookie": f"{prefix}sid={session}; {prefix}csrf={token}; lang=my",
            "X-CSRFToken": token,
            "Origin": site.url,
            "X-Forwarded-Proto": "https" if site.https else "http",
        }

    def ask(self, method: str, path: str, *, steps: Any = None, accept: str = "gzip") -> Answer:
        """Send a request. Raises OSError where no answer comes."""
        if time.monotonic() - self.used > 1:  # the server hangs up on a silent line after two seconds
            self.connection.close()
        headers = self.headers | {"Accept-Encoding": accept}
        body = None
        if steps is not None:
            headers |= {"Content-Type": "application/json", "Accept": "application/json"}
            body = json.dumps({"steps": steps})
        begun = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            content = response.read()
        except http.client.HTTPException as error:
            self.connection.close()
            raise ConnectionError(str(error)) from error
        self.used = time.monotonic()
        return Answer(response.status, response.headers, content, time.perf_counter() - begun)


class Paper:
    """An attempt as the page's script sits it."""

    def __init__(self, browser: Browser, path: str) -> None:
        self.browser, self.path, self.device, self.head, self.sent = browser, path, str(uuid4()), 0, 0
        shown = browser.ask("GET", path)
        if shown.status != 200:
            raise RuntimeError(f"the paper: {shown.status}")
        self.options: dict[int, list[str]] = {}
        for place, option in re.findall(r'name="item-(\d+)" value="([^"]+)"', shown.text):
            self.options.setdefault(int(place), []).append(option)

    def step(self, place: int, *options: str) -> dict[str, Any]:
        """A choice that was not sent yet."""
        self.sent += 1
        return {
            "id": str(uuid4()), "kind": "answer", "place": place, "value": list(options), "device": self.device,
            "client_seq": self.sent, "base_seq": self.head,
        }  # fmt: skip

    def save(self, *steps: dict[str, Any]) -> tuple[Answer, list[str]]:
        """Send steps; the answer, and what became of each."""
        answer = self.browser.ask("POST", f"{self.path}steps/", steps=steps)
        if answer.status != 200:
            return answer, []
        said = json.loads(answer.text)
        self.head = said["head"]
        return answer, [step["verdict"] for step in said["steps"]]

    def hand_in(self) -> Answer:
        """The last word."""
        return self.browser.ask("POST", f"{self.path}submit/")


def begin(browser: Browser, quiz: str) -> Paper:
    """Start an attempt, or go on with the open one."""
    answer = browser.ask("POST", quiz)
    if answer.status != 302 or "/attempt/" not in answer.headers["Location"]:
        raise RuntimeError(f"no attempt began: {answer.status} {answer.headers.get('Location')}")
    return Paper(browser, answer.headers["Location"])


# --- Load: each runs in a process of its own -----------------------------------------------------------------------------


def at_once(work: list[Callable[[], Any]]) -> list[Any]:
    """Do all at the same moment, each in a thread; what each returned, or the error it ended with."""
    results: list[Any] = [None] * len(work)
    gate = threading.Barrier(len(work))

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = work[number]()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def load_one(site: Site, session: str, path: str, times: int) -> dict[str, Any]:
    """One reader, one page after the other."""
    browser = Browser(site, session)
    answers = [browser.ask("GET", path) for _ in range(times)]
    wrong = [answer.status for answer in answers if answer.status != 200]
    return {"seconds": [answer.seconds for answer in answers], "wrong": wrong, "size": len(answers[-1].body)}


def load_many(site: Site, sessions: list[str], path: str, seconds: float) -> dict[str, Any]:
    """Many readers for some seconds."""
    end = time.monotonic() + seconds

    def read(session: str) -> list[float]:
        browser, taken = Browser(site, session), []
        while time.monotonic() < end:
            answer = browser.ask("GET", path)
            if answer.status != 200:
                raise RuntimeError(answer.status)
            taken.append(answer.seconds)
        return taken

    begun = time.monotonic()
    results = at_once([lambda session=session: read(session) for session in sessions])  # type: ignore[misc]
    return _sum(results, time.monotonic() - begun)


def load_sit(site: Site, sessions: list[str], quiz: str) -> dict[str, Any]:
    """Each sits the quiz at the same time, every answer saved by its own request. seconds: of the saves."""

    def sit(session: str) -> list[float]:
        browser = Browser(site, session)
        paper, taken = begin(browser, quiz), []
        for place, options in paper.options.items():
            answer, verdicts = paper.save(paper.step(place, options[0]))
            if verdicts != ["accepted"]:
                raise RuntimeError(f"a save: {answer.status} {verdicts}")
            taken.append(answer.seconds)
        # The page before the last word, the last word, the result.
        found = [browser.ask("GET", f"{paper.path}submit/"), paper.hand_in(), browser.ask("GET", paper.path)]
        if [one.status for one in found] != [200, 302, 200]:
            raise RuntimeError([one.status for one in found])
        return taken

    begun = time.monotonic()
    results = at_once([lambda session=session: sit(session) for session in sessions])  # type: ignore[misc]
    return _sum(results, time.monotonic() - begun)


def _sum(results: list[Any], wall: float) -> dict[str, Any]:
    errors = [repr(one) for one in results if isinstance(one, Exception)]
    return {"seconds": [s for one in results if isinstance(one, list) for s in one], "wall": wall, "wrong": errors}


ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
IMPORT = re.compile(r"""(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")
FONT = re.compile(r'url\("?([^")]+core-\d00[^")]*\.woff2)"?\)')


def load_weigh(site: Site, session: str, path: str) -> dict[str, Any]:
    """Bytes of a first visit as they come over the line, with the two core fonts, and its requests."""
    browser = Browser(site, session)
    page = browser.ask("GET", path)
    sizes, todo = {path: len(page.body)}, ASSET.findall(page.text)
    while todo:
        url = todo.pop()
        if url in sizes:
            continue
        answer = browser.ask("GET", url, accept="gzip, br")
        if answer.status != 200:
            raise RuntimeError(f"{url}: {answer.status}")
        sizes[url] = len(answer.body)
        pattern = {"css": FONT, "js": IMPORT}.get(url.rsplit(".", 1)[-1])
        if pattern:
            plain = browser.ask("GET", url, accept="identity").text
            todo += [os.path.normpath(os.path.join(os.path.dirname(url), found)) for found in pattern.findall(plain)]
    fonts = sum(size for url, size in sizes.items() if url.endswith(".woff2"))
    return {"page": sizes[path], "light": sum(sizes.values()) - fonts, "fonts": fonts, "requests": len(sizes)}


# --- Inside the product: each runs in a process of its own, with the server's settings -----------------------------------


def inside_people(small: int, large: int, questions: int, takers: int) -> dict[str, Any]:
    """Two groups whose officers learned everything; half of those on the first page of the grid sat the exam.

    `questions` is how many the exam asks from now on. Returns sessions and addresses.
    """
    from django.db import transaction
    from django.utils import timezone

    from assessments.models import Item
    from courses.catalogue import catalogue
    from courses.models import Completion, Enrolment
    from courses.progress import derived
    from people.models import Cohort, CohortMembership, Person, RoleGrant, Unit
    from people.services import grant_role
    from training.services import assign

    now = timezone.now()
    course = catalogue("en").by_code["C1"]
    if course.exam is None:
        raise RuntimeError("C1 has no exam")
    sections = list(course.exam.sections.all())
    bank = Item.objects.filter(live=True, use=Item.Use.EXAM, locale__language_code="en")
    room = {section.pk: bank.filter(objective=section.objective).count() - section.count for section in sections}
    for section in sections * 9:
        if sum(one.count for one in sections) < questions and room[section.pk] > 0:
            section.count, room[section.pk] = section.count + 1, room[section.pk] - 1
            section.save()
    unit = Unit.objects.create(kind="agency", agency="immigration", code="BENCH", name_my="ရုံး", name_en="Office")
    met: list[tuple[str, Any, str, int | None]] = [
        (requirement, lesson.key, lesson.code, lesson.revision)
        for _module, lesson in course.lessons
        for requirement in (Completion.Requirement.READ, Completion.Requirement.CHECKS)
    ]
    met += derived(course, {(one[0], one[1]) for one in met}, unit.agency)
    grids, people = [], []
    with transaction.atomic():
        trainer = Person(service_number="TRN-1", name_my="ဦးမြင့်သူရ", name_latin="U Myint Thura", unit=unit)
        trainer.set_unusable_password()
        trainer.save()
        grant_role(trainer, RoleGrant.Role.TRAINER, by=None, reason="bench", starts_on=timezone.localdate())
        for size in filter(None, (small, large)):
            cohort = Cohort.objects.create(name_en=f"Group of {size}", name_my=f"အုပ်စု {size}")
            officers = [
                Person(service_number=f"IMM-{size}-{n}", name_my=f"ဒေါ်နီလာ {n:04d}", name_latin=f"Daw Nilar {n}", unit=unit)
                for n in range(size)
            ]  # fmt: skip
            for person in officers:
                person.set_unusable_password()
                person.save()
            part_of = CohortMembership.Part
            CohortMembership.objects.bulk_create(
                CohortMembership(cohort=cohort, person=person, joined_at=now, part=part)
                for person, part in [(trainer, part_of.TRAINER), *((one, part_of.LEARNER) for one in officers)]
            )
            assign(cohort, course, by=trainer, due_on=timezone.localdate(), message="", at=now)
            Completion.objects.bulk_create(
                (
                    Completion(enrolment_id=pk, requirement=what, key=key, code=code, version=f"1.0/{revision}", met_at=now)
                    for pk in Enrolment.objects.filter(cohort=cohort).values_list("pk", flat=True)
                    for what, key, code, revision in met
                ),
                batch_size=2_000,
            )  # fmt: skip
            grids.append(f"/teach/cohorts/{cohort.public_id}/")
            people.append(officers)
    sat = [person for officers in people for person in officers[:50:2]] if large else []
    for number, person in enumerate(sat):
        _sat(course.exam, person, right=number == 0)
    module, lesson = course.lessons[0]
    rest = people[-1][50:] if large else people[-1]
    found = {
        "grids": grids,
        "lesson": f"/my/courses/{course.slug}/{module.slug}/{lesson.slug}/",
        "quiz": course.exam.get_absolute_url(),
        "trainer": _session(trainer, second_factor=True),
        "takers": [_session(person) for person in rest[:takers]],
        "readers": [_session(person) for person in people[0][-READERS:]],
    }
    if sat:
        from certificates.models import Certificate

        found |= {"certified": _session(sat[0]), "certificate": str(Certificate.objects.get().public_id)}
    return found


def _sat(quiz: Any, person: Any, *, right: bool) -> None:
    """A whole sitting, handed in."""
    from django.utils import timezone

    from assessments import bank, services

    scope = person.enrolments.get().public_id
    attempt = services.start_attempt(quiz, person, scope=scope, at=timezone.now())
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    sent = []
    for place, item in enumerate(attempt.paper["items"]):
        key = versions[item["version"]].key
        chosen = [option for option in key if key[option]] if right else [next(o for o in key if not key[o])]
        sent.append(services.Sent(uuid4(), "answer", place, chosen, str(uuid4()), place + 1, 0))
    services.record_steps(attempt, sent, at=timezone.now())
    services.submit_attempt(attempt, at=timezone.now())


def _session(person: Any, *, second_factor: bool = False) -> str:
    """The key of a session in which a person is signed in."""
    from allauth.account.internal.flows import login
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore
    from django.utils import timezone

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    if second_factor:
        session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": timezone.now().timestamp()}]
        session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()
    return str(session.session_key)


def inside_statements(session: str, trainer: str, lesson: str, quiz: str, grid: str) -> dict[str, Any]:
    """Statements to the database for a lesson, the grid, and a whole attempt, once the texts are in memory."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    host = settings.SITE_URL.partition("://")[2]

    def client_of(key: str) -> Client:
        client = Client(HTTP_HOST=host, HTTP_X_FORWARDED_PROTO="https")
        client.cookies[settings.SESSION_COOKIE_NAME], client.cookies["lang"] = key, "my"
        return client

    client, teaching = client_of(session), client_of(trainer)

    def counted(work: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as asked:
            work()
        control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
        return len([one for one in asked.captured_queries if not one["sql"].startswith(control)])

    def get(client: Client, path: str, status: int = 200) -> Any:
        answer = client.get(path)
        if answer.status_code != status:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer

    def sit() -> None:
        path = client.post(quiz).headers["Location"]
        shown = get(client, path).content.decode()
        options = dict(reversed(re.findall(r'name="item-(\d+)" value="([^"]+)"', shown)))
        device = str(uuid4())
        for number, (place, option) in enumerate(options.items(), 1):
            step = {"id": str(uuid4()), "kind": "answer", "place": int(place), "value": [option], "device": device,
                    "client_seq": number, "base_seq": number - 1}  # fmt: skip
            client.post(f"{path}steps/", json.dumps({"steps": [step]}), content_type="application/json")
        get(client, f"{path}submit/")
        client.post(f"{path}submit/")
        get(client, path)

    get(client, lesson)
    get(teaching, grid)
    get(client, quiz)
    return {
        "lesson": counted(lambda: get(client, lesson)),
        "grid": counted(lambda: get(teaching, grid)),
        "attempt": counted(sit),
    }


def apart(name: str, settings: Mapping[str, str] | None = None, **arguments: Any) -> Any:
    """Call one of the functions `load_…` or `inside_…` in a process of its own."""
    command = [sys.executable, str(ROOT / "deploy/bench.py"), name]
    env = dict(settings) if settings is not None else None
    done = subprocess.run(command, cwd=ROOT, env=env, input=json.dumps(arguments), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def called(name: str) -> None:
    """The other side of `apart`."""
    arguments = json.loads(sys.stdin.read())
    if name.startswith("inside_"):
        sys.path.insert(0, str(ROOT))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
    else:
        arguments["site"] = Site(**arguments["site"])
    print(json.dumps(globals()[name](**arguments)))


# --- Measuring -----------------------------------------------------------------------------------------------------------


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


def p95(seconds: list[float]) -> float:
    """The time within which 95 of 100 are done, in milliseconds."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000


def median_ms(seconds: list[float]) -> float:
    """Milliseconds."""
    return statistics.median(seconds) * 1000


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


Table = dict[str, str]


def measure(site: Site, settings: Mapping[str, str], data: Path) -> Table:
    """All rows of the table for one prepared database."""
    run = [sys.executable, "deploy/run.py"]
    who = apart("inside_people", settings, small=SMALL, large=LARGE, questions=QUESTIONS, takers=5 + 3 * ROOM + 2)
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
            return costs("load_sit", strict=count == 1, sessions=sessions, quiz=who["quiz"])

        sit(1)
        alone = [sit(1)[1] for _ in range(4)]
        table[f"Attempt of {QUESTIONS} questions, each answer saved: server CPU"] = f"{statistics.mean(alone):.2f} s"
        table["  HTTP requests"] = str(2 + QUESTIONS + 3)
        table["  SQL of an attempt"] = str(sql["attempt"])
        rooms = [sit(ROOM)[0] for _ in range(3)]
        table[f"{ROOM} sitting it at once: attempts a second"] = (
            f"{statistics.median(ROOM / one['wall'] for one in rooms):.1f}"
        )
        table["  p95 of one save"] = f"{statistics.median(p95(one['seconds']) for one in rooms):.0f} ms"
        table["  errors"] = str(sum(len(one["wrong"]) for one in rooms))

        grids: list[list[float]] = [[], []]
        for _ in range(4):
            for taken, path in zip(grids, who["grids"], strict=True):
                taken += costs("load_one", session=who["trainer"], path=path, times=12)[0]["seconds"][2:]
        small, large = map(median_ms, grids)
        table[f"Trainer's grid: {SMALL}, {LARGE} learners"] = f"{small:.0f}, {large:.0f} ms"
        table["  growth, SQL"] = f"{large / small:.2f}×, {sql['grid']}"

        paper = {"session": who["certified"], "path": f"/certificates/{who['certificate']}/pdf/"}
        costs("load_one", **paper, times=2)
        table["Certificate (PDF): server CPU"] = f"{costs('load_one', **paper, times=12)[1] / 12 * 1000:.0f} ms"

        attempt = Browser(site, session := next(takers)).ask("POST", who["quiz"]).headers["Location"]
        for name, key, path in (("lesson", who["readers"][1], who["lesson"]), ("quiz", session, attempt)):
            found = apart("load_weigh", **where, session=key, path=path)
            table[f"First visit to a {name}: without, with font; requests"] = (
                f"{found['light'] / 1000:.1f}, {(found['light'] + found['fonts']) / 1000:.1f} KB; {found['requests']}"
            )
            if name == "lesson":
                table["  the page alone"] = f"{found['page'] / 1000:.1f} KB"

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
    f"{ROOM} sitting it at once: attempts a second": "≥ 10",
    "  p95 of one save": "≤ 300 ms",
    "  errors": "0",
    f"Trainer's grid: {SMALL}, {LARGE} learners": "≤ 80 ms",
    "  growth, SQL": "≤ 1.10×",
    "Certificate (PDF): server CPU": "≤ 100 ms",
    "First visit to a lesson: without, with font; requests": "≤ 25, ≤ 90 KB; ≤ 8",
    "  the page alone": "≤ 8 KB",
    "First visit to a quiz: without, with font; requests": "≤ 80 KB; ≤ 9",
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
            tables[kind] = measure(site, settings, folder / kind)
    width = max(map(len, GOALS))
    print(f"\n{'':<{width}}  " + "".join(f"{kind:<20}" for kind in kinds) + "to reach")
    for name in tables[kinds[0]]:
        print(f"{name:<{width}}  " + "".join(f"{tables[kind][name]:<20}" for kind in kinds) + GOALS.get(name, ""))
    cores, load = os.cpu_count(), os.getloadavg()[2]
    print(f"\n{cores} cores, load average of 15 minutes {load:.1f}; took {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        called(sys.argv[1])
        sys.exit()
    sys.exit(main())
