"""What a page costs: statements at two sizes, bytes and requests on the wire (shared/reference/budgets.md)."""

import gzip
import posixpath
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import polib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.ending import submit_attempt
from assessments.models import Attempt
from assessments.recording import Sent, record_steps
from assessments.refresher import keep_cards
from assessments.starting import start_attempt
from certificates.issuing import issue_certificate
from certificates.models import Certificate, CertificateRule
from certificates.rules import rule_of_course
from courses.catalogue import catalogue
from courses.models import Enrolment
from people.models import Person
from tests.content.test_content_shipped import TRANSLATED
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory
from training.services import assign

pytestmark = pytest.mark.django_db

CURRICULUM = settings.BASE_DIR / "content/curriculum"


def statements(client: Client, path: str) -> int:
    """How many statements a page takes that was asked for before: content is rendered, the session is in the cache."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@dataclass
class Learner:
    """An officer in the middle of C1 with an open attempt, and a certificate of an earlier time; addresses of pages."""

    person: Person
    attempt: Attempt
    certificate: Certificate
    paths: dict[str, str]


@pytest.fixture
def learner() -> Learner:
    now = timezone.now()
    person = PersonFactory()
    done = EnrolmentFactory(person=person, status=Enrolment.Status.COMPLETED, completed_at=now)
    enrolment = EnrolmentFactory(person=person)
    course = catalogue("my").by_code["C1"]
    module, lesson = course.lessons[0]
    keep_cards(person, course.objectives, exam_pool=(), at=now - timedelta(days=3))
    attempt = start_attempt(course.exam, person, scope=enrolment.public_id, at=now)
    certificate = issue_certificate(done, at=now)
    paths = {
        "login": "/account/login/",
        "learn": "/learn/",
        "practice": "/practice/",
        "lesson": f"/my/courses/{course.slug}/{module.slug}/{lesson.slug}/",
        "quiz": course.exam.get_absolute_url(),
        "attempt": attempt.get_absolute_url(),
        "verify": certificate.get_absolute_url(),
        "offline": "/verify/offline/",
    }
    return Learner(person, attempt, certificate, paths)


def client_for(name: str, learner: Learner) -> Client:
    """Who looks at a page: the officer, or anyone at the door and at verification."""
    client = Client(headers={"accept-language": "my"})
    if name not in ("login", "verify", "offline"):
        client.force_login(learner.person)
    return client


# --- Statements ----------------------------------------------------------------------------------------------------------

# Everybody signed in: viewer with unit. Who ever had a role: roles.
VIEWER, STAFF = 1, 2


@pytest.mark.parametrize("earlier", [0, 2])
def test_the_desk_of_an_officer_costs_the_same_for_any_number_of_enrolments(earlier, sign_in):
    person = PersonFactory()
    EnrolmentFactory.create_batch(
        earlier, person=person, status=Enrolment.Status.COMPLETED, completed_at=timezone.now()
    )
    EnrolmentFactory(person=person)
    # Content, enrolments, completions, cards, what ends, what is to be signed, tests, sessions, what is asked after them, what is given.
    assert statements(sign_in(person), "/learn/") == VIEWER + 9


@pytest.mark.parametrize("officers", [1, 5, 60])
def test_the_grid_of_a_cohort_costs_the_same_for_any_number_of_officers(officers, sign_in):
    trainer = PersonFactory(trainer=True)
    cohort = CohortFactory(trainer=trainer, officers=officers)
    course, now = catalogue("en").by_code["C1"], timezone.now()
    assign(cohort, course, by=trainer, due_on=None, message="", at=now)
    for enrolment in cohort.enrolments.select_related("person")[:5]:
        submit_attempt(start_attempt(course.exam, enrolment.person, scope=enrolment.public_id, at=now), at=now)
    # cohort, content, assignments, people, enrolments, exams passed, grades, allowances, what was met, units, may assign
    assert statements(sign_in(trainer), f"/teach/cohorts/{cohort.public_id}/") == STAFF + 11


@pytest.mark.parametrize("cohorts", [1, 5])
def test_the_desk_of_a_trainer_costs_the_same_for_any_number_of_cohorts(cohorts, sign_in):
    trainer = PersonFactory(trainer=True)
    for cohort in CohortFactory.create_batch(cohorts, trainer=trainer, officers=2):
        assign(cohort, catalogue("en").by_code["C1"], by=trainer, due_on=None, message="", at=timezone.now())
    # cohorts, content, learners, enrolments, assignments, reports that are asked for
    assert statements(sign_in(trainer), "/teach/") == STAFF + 6


@pytest.mark.parametrize("agencies", [1, 3])
def test_the_office_costs_the_same_for_any_number_of_people(agencies, sign_in):
    for agency in ("immigration", "police", "social_welfare")[:agencies]:
        PersonFactory.create_batch(5, unit=UnitFactory(agency=agency))
    # people, units, content, what was shown
    assert statements(sign_in(PersonFactory(lead=True)), "/office/") == STAFF + 4


def issue_some(count: int, person: Person) -> None:
    """Certificates of C1 with an end, which can be renewed."""
    rule_of_course(catalogue("en").by_code["C1"])
    CertificateRule.objects.update(valid_months=1, renewal="exam")
    now = timezone.now()
    for _ in range(count):
        issue_certificate(EnrolmentFactory(person=person, status="completed", completed_at=now), at=now)


@pytest.mark.parametrize("certificates", [1, 4])
def test_the_list_of_certificates_costs_the_same_for_any_number(certificates, sign_in):
    person = PersonFactory()
    issue_some(certificates, person)
    # certificates, events, ends, places in courses, content, what is being made
    assert statements(sign_in(person), "/certificates/") == VIEWER + 6


@pytest.mark.parametrize("holders", [1, 6])
def test_the_certificates_of_the_office_cost_the_same_for_any_number(holders, sign_in):
    for _ in range(holders):
        issue_some(2, PersonFactory())
    # count, certificates, events, rules, content, requests, groups
    assert statements(sign_in(PersonFactory(registrar=True)), "/office/certificates/") == STAFF + 7


@pytest.mark.parametrize("answers", [0, 4])
def test_the_paper_costs_the_same_for_any_number_of_answers(answers, learner):
    sent = [Sent(uuid4(), "flag", place, [], "a", place, 0) for place in range(answers)]
    record_steps(learner.attempt, sent, at=timezone.now())
    client = client_for("attempt", learner)
    assert statements(client, learner.paths["attempt"]) == VIEWER + 2  # attempt with quiz, steps


@pytest.mark.parametrize(("name", "most"), [("login", 0), ("lesson", 5), ("quiz", 10), ("verify", 3)])
def test_a_page_takes_no_more_statements_than_its_budget(name, most, learner):
    assert statements(client_for(name, learner), learner.paths[name]) <= most


def test_a_second_reader_of_a_lesson_pays_no_more_than_the_first_did_afterwards(learner):
    statements(client_for("lesson", learner), learner.paths["lesson"])
    other = Client()
    other.force_login(EnrolmentFactory().person)
    with CaptureQueriesContext(connection) as captured:
        other.get(learner.paths["lesson"])
    assert len(captured) <= 5


# --- Bytes and requests ----------------------------------------------------------------------------------------------------

TAGS = re.compile(r"<(link|script|img|source|video|audio|iframe|object|embed)\b([^>]*)>")
ADDRESS = re.compile(r"""\b(?:src|href|data)=["']([^"']+)["']""")
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?["'](\.{1,2}/[^"']+)["']""")


@dataclass
class Visit:
    """A page and what it asks for: address -> bytes, compressed where a server compresses."""

    html: bytes
    files: dict[str, int]

    def weight(self, *suffixes: str) -> int:
        """Bytes of the page and of the files with these endings."""
        return len(gzip.compress(self.html)) + sum(n for name, n in self.files.items() if name.endswith(suffixes))


def visit(response: Any) -> Visit:
    """A first visit, with nothing in the browser's cache."""
    files: dict[str, int] = {}
    waiting = [
        match[1]
        for _tag, attributes in TAGS.findall(response.content.decode())
        if (match := ADDRESS.search(attributes)) and not match[1].startswith("data:")
    ]
    while waiting:
        address = waiting.pop()
        if address in files:
            continue
        path = finders.find(address.removeprefix(settings.STATIC_URL))
        assert path, f"{address} is none of our files"
        content = Path(path).read_bytes()
        files[address] = len(content if address.endswith(".woff2") else gzip.compress(content))
        if address.endswith(".js"):
            found = IMPORT.findall(content.decode())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(address), one)) for one in found]
    return Visit(response.content, files)


def first_visit(name: str, learner: Learner) -> Visit:
    """A first visit to one of the pages."""
    response = client_for(name, learner).get(learner.paths[name])
    assert response.status_code == 200
    return visit(response)


# In bytes of page, style and script, compressed; font and images apart.
BUDGET = {
    "login": 12_000,
    "learn": 17_000,  # 5,000 of them are what sends, which every lesson needs as well
    "practice": 20_000,
    "lesson": 25_000,
    "quiz": 15_000,
    "attempt": 20_000,
    "verify": 12_000,
    "offline": 28_000,
}


@pytest.mark.parametrize("name", BUDGET)
def test_a_first_visit_stays_within_its_bytes(name, learner):
    assert first_visit(name, learner).weight(".css", ".js") <= BUDGET[name]


@pytest.mark.parametrize("name", BUDGET)
def test_a_first_visit_with_font_and_images_stays_within_its_bytes(name, learner):
    visited = first_visit(name, learner)
    assert visited.weight(".css", ".js", ".woff2", ".svg", ".png", ".webp", ".avif") <= 80_000


@pytest.mark.parametrize("name", BUDGET)
def test_a_first_visit_takes_at_most_eight_requests(name, learner):
    assert 1 + len(first_visit(name, learner).files) <= 8


@cache
def words_of(lesson: Path) -> str:
    """What an officer reads of an authored lesson, in Burmese."""
    return "\n".join(
        entry.msgstr
        for entry in polib.pofile(str(lesson.parent / "my.po"))
        if any(file == lesson.name for file, _line in entry.occurrences)
    )


LESSONS = sorted(CURRICULUM.glob("C*/M*/[0-9]*.md"))


def test_the_authored_lessons_are_found():
    assert len(LESSONS) == 96
    translated = [lesson for lesson in LESSONS if lesson.parent.name in TRANSLATED]
    assert min(len(words_of(lesson)) for lesson in translated) > 2_000


def test_a_lesson_with_as_many_words_as_the_longest_stays_within_its_bytes(learner):
    visited = first_visit("lesson", learner)
    longest = max((words_of(lesson) for lesson in LESSONS), key=lambda text: len(gzip.compress(text.encode())))
    visited.html += longest.encode()
    assert visited.weight(".css", ".js") <= BUDGET["lesson"]


def test_the_next_lesson_costs_its_words_only(learner):
    longest = max((words_of(lesson) for lesson in LESSONS), key=lambda text: len(gzip.compress(text.encode())))
    html = first_visit("lesson", learner).html + longest.encode()
    assert len(gzip.compress(html)) <= 8_000


def test_the_weight_counts_modules_that_modules_import(learner):
    files = first_visit("attempt", learner).files
    assert {posixpath.basename(one) for one in files if one.endswith(".js")} >= {"attempt-sheet.js", "outbox.js"}


@pytest.mark.parametrize("figure", sorted(CURRICULUM.rglob("*.svg")), ids=lambda path: path.name)
def test_a_drawing_weighs_less_than_15_kilobytes(figure):
    assert figure.stat().st_size < 15_000


# --- Elsewhere ---------------------------------------------------------------------------------------------------------------

# Names of formats, and where a formula is from: nobody asks for them over the network.
FORMATS = (
    "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml", "https://hyperelliptic.org/EFD/"
)  # fmt: skip


@pytest.mark.parametrize("name", BUDGET)
def test_a_page_and_its_files_name_no_other_origin(name, learner):
    visited = first_visit(name, learner)
    sources = [visited.html.decode()] + [
        Path(finders.find(one.removeprefix(settings.STATIC_URL))).read_text()
        for one in visited.files
        if not one.endswith((".woff2", ".png", ".webp", ".avif"))
    ]
    named = {one for text in sources for one in re.findall(r"""(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s"'<>)]*""", text)}
    assert {one for one in named if not one.startswith(FORMATS)} == set()
