"""The whole way of an officer over the pages alone: read, answer, pass, and hold one certificate that a superior verifies."""

import re

import pytest
from django.test import Client, TestCase

from assessments.models import Attempt
from certificates.models import Certificate
from courses.catalogue import CourseInfo, catalogue
from courses.models import Enrolment
from people.models import Person
from tests.assessments import sitting
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Person:
    return PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")


@pytest.fixture
def course() -> CourseInfo:
    return catalogue("en").by_code["C1"]


@pytest.fixture
def browser(officer) -> Client:
    """An officer who came in through the door."""
    client = Client(headers={"accept-language": "en"})
    client.post("/account/login/", {"login": officer.service_number, "password": PASSWORD})
    return client


def go_on(browser: Client) -> str:
    """Where the desk says to go on."""
    found = browser.get("/learn/").context["continue"]
    return found["url"] if found else ""


def learn(browser: Client, course: CourseInfo) -> list[str]:
    """Follow the desk from lesson to lesson, answering every check; the lessons in the order walked."""
    walked: list[str] = []
    while "/courses/" in (place := go_on(browser)) and len(walked) < 10:
        page = browser.get(place).content.decode()
        for action in re.findall(r'action="(/learn/lessons/[^"]+/check/[^"]+)"', page):
            assert browser.post(action, {"option": "a"}).status_code == 302
        (read,) = re.findall(r'action="(/learn/lessons/[^"]+/read/)"', page)
        assert browser.post(read).status_code == 302
        walked.append(place.rstrip("/").rsplit("/", 1)[1])
    return walked


def sit(browser: Client, *, right: bool) -> str:
    """Begin the exam, fill the plain form and hand in; the address of the result."""
    attempt_url = browser.post(go_on(browser) or sitting.the_exam().get_absolute_url()).headers["Location"]
    attempt = Attempt.objects.get(public_id=attempt_url.strip("/").split("/")[-1])
    page = browser.get(attempt_url).content.decode()
    form = {
        name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("token", "base")
    }  # what the page sends back with the answers
    answers = sitting.right_answers(attempt) if right else sitting.wrong_answers(attempt)
    form |= {f"item-{place}": value for place, value in answers.items()}
    form |= {f"had-{place}": "" for place in answers}
    handed = browser.post(attempt_url, form | {"action": "finish"}).headers["Location"]
    with TestCase.captureOnCommitCallbacks(execute=True):  # a test never ends its own transaction
        return browser.post(handed).headers["Location"]


def test_an_officer_reads_answers_passes_and_holds_one_certificate(browser, officer, course):
    assert browser.post(f"/learn/courses/{course.key}/enrol/").headers["Location"] == f"/en/courses/{course.slug}/"
    assert learn(browser, course) == [lesson.slug for _module, lesson in course.lessons]
    assert go_on(browser) == sitting.the_exam().get_absolute_url()
    result = sit(browser, right=True)
    assert browser.get(result).status_code == 200

    enrolment = Enrolment.objects.get(person=officer)
    certificate = Certificate.objects.get()
    assert (enrolment.status, certificate.enrolment, certificate.person) == ("completed", enrolment, officer)
    assert go_on(browser) == ""

    rows = browser.get("/certificates/").context["rows"]
    assert [(row["certificate"], row["status"]) for row in rows] == [(certificate, "valid")]
    page = Client(headers={"accept-language": "en"}).get(f"/verify/{certificate.code}/").content.decode()
    assert "This certificate is valid" in page
    assert "Daw Thida Lwin" in page


def test_handing_in_and_answering_again_afterwards_issues_no_second(browser, officer, course):
    browser.post(f"/learn/courses/{course.key}/enrol/")
    learn(browser, course)
    result = sit(browser, right=True)
    browser.post(f"{result}submit/")
    browser.post(result, {"had-0": "", "item-0": "b", "action": "finish"})
    for _module, lesson in course.lessons:
        browser.post(f"/learn/lessons/{lesson.key}/read/")
    browser.post(f"/learn/courses/{course.key}/enrol/")
    assert Certificate.objects.count() == 1
    assert Enrolment.objects.filter(person=officer).count() == 1


def test_who_fails_holds_none(browser, course):
    browser.post(f"/learn/courses/{course.key}/enrol/")
    learn(browser, course)
    sit(browser, right=False)
    assert Certificate.objects.count() == 0
    assert browser.get("/certificates/").context["rows"] == []


def test_the_exam_is_closed_until_every_module_is_complete(browser, course):
    browser.post(f"/learn/courses/{course.key}/enrol/")
    place = sitting.the_exam().get_absolute_url()
    assert browser.post(place).headers["Location"] == place
    assert Attempt.objects.filter(quiz=sitting.the_exam()).count() == 0


def test_a_certificate_is_downloaded_by_its_holder_only(browser, officer, course, sign_in):
    browser.post(f"/learn/courses/{course.key}/enrol/")
    learn(browser, course)
    sit(browser, right=True)
    place = f"/certificates/{Certificate.objects.get().public_id}/pdf/"
    assert sign_in(PersonFactory()).get(place).status_code == 404
    assert Client().get(place).headers["Location"].startswith("/account/login/")
