"""Short words for practice after a module: time that passes, what the page asks, answering it."""

import re
from datetime import timedelta
from uuid import uuid4

from django.db.models import F

from assessments import bank
from assessments.models import ItemVersion, RefresherCard
from courses.models import Enrolment
from tests.assessments import responding
from tests.assessments.sitting import sit

PAGE = "/practice/"
ANSWER = "/practice/answer/"


def days_pass(days: int = 3) -> None:
    """So long after what happened to the cards."""
    gone = timedelta(days=days)
    RefresherCard.objects.update(reviewed_at=F("reviewed_at") - gone, due_at=F("due_at") - gone)


def complete(enrolment: Enrolment) -> Enrolment:
    """The exam passed: the course is complete."""
    sit(enrolment, right=True)
    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.COMPLETED
    return enrolment


def text_of(response):
    """A page's source."""
    assert response.status_code == 200
    return response.content.decode()


def asked(client):
    """The forms of the page, in order: what each sends back besides the choice."""
    page = text_of(client.get(PAGE))
    forms = re.findall(r'<section class="question".*?</section>', page, re.DOTALL)
    return [
        dict(re.findall(r'<input type="hidden" name="(token|card|version)" value="([^"]+)">', one)) for one in forms
    ]


def version_of(form) -> ItemVersion:
    """The item that a form asks."""
    return bank.versions([form["version"]])[form["version"]]


def choice(form, *, right: bool = True):
    """What earns everything for what a form asks, or nothing."""
    return responding.right(version_of(form)) if right else responding.wrong(version_of(form))


def give(client, form, *, right: bool = True, script: bool = False, **changed):
    """Send a form back with an answer."""
    headers = {"accept": "application/json"} if script else {}
    return client.post(ANSWER, form | {"option": choice(form, right=right)} | changed, headers=headers)


def some_id() -> str:
    """An id of nothing."""
    return str(uuid4())
