"""An item of any kind as tests meet it: authored, asked in an exam and in a lesson, written in the admin."""

import itertools
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from bs4 import BeautifulSoup
from django.test import Client, TestCase
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield

from assessments import kinds
from assessments.models import Attempt, Item, QuizSection
from assessments.starting import start_attempt
from courses.catalogue import catalogue
from courses.loading.keeping import with_ids
from courses.models import Enrolment
from tests.assessments import sitting

CHECK, LESSON = "MIG-M01.O1-101", "/en/courses/c1/m01/one/"
_numbers = itertools.count(201)  # behind the codes of tests/curriculum
FIELDS: dict[str, Any] = {
    "objective": "M01.O1", "competency": "MIG1", "bloom": "apply", "difficulty": 3, "facts": "", "sources": "S30",
    "stem": "What do you do?", "feedback": "Remember this.",
}  # fmt: skip


def key_of(kind: str, content: Any) -> Any:
    """The key of authored parts."""
    return kinds.KINDS[kind].key(kinds.KINDS[kind].block().to_python(content))


def texts_of(kind: str, content: Any) -> Any:
    """The texts of authored parts."""
    return kinds.KINDS[kind].texts(kinds.KINDS[kind].block().to_python(content))


def problems_of(kind: str, content: Any) -> list[str]:
    """What is wrong with authored parts, in English."""
    return kinds.authored_problems(SimpleNamespace(kind=kind, question=content, use="exam"))


def item(kind: str, content: Any, **fields: Any) -> Item:
    """A published item in English."""
    made = Item(
        code=f"MIG-M01.O1-{next(_numbers):03}", locale=Locale.objects.get(language_code="en"), **FIELDS | fields
    )
    raw = [{"type": kind, "id": "00000000-0000-4000-8000-000000000001", "value": with_ids(content, made.code)}]
    made.question = Item._meta.get_field("question").stream_block.to_python(raw)
    made.full_clean(validate_unique=False)
    made.live = False
    made.save()
    with TestCase.captureOnCommitCallbacks(execute=True):
        made.save_revision().publish()
    return made


def mend(made: Item, content: Any) -> None:
    """Publish an item anew with other parts."""
    raw = [{"type": made.kind, "id": "00000000-0000-4000-8000-000000000001", "value": with_ids(content, made.code)}]
    made.question = Item._meta.get_field("question").stream_block.to_python(raw)
    with TestCase.captureOnCommitCallbacks(execute=True):
        made.save_revision().publish()


def exam_of(enrolment: Enrolment, *items: Item) -> Attempt:
    """An open attempt of an exam that asks exactly these."""
    exam = sitting.the_exam()
    QuizSection.objects.filter(quiz=exam).delete()
    QuizSection.objects.create(quiz=exam, position=0, items=[str(one.translation_key) for one in items])
    exam.cut_score = 0
    exam.save()
    return start_attempt(exam, enrolment.person, scope=enrolment.public_id, at=timezone.now())


def ask_in_lesson(kind: str, content: Any) -> None:
    """Make the check of the first lesson ask this."""
    check = Item.objects.get(code=CHECK, locale__language_code="en").get_latest_revision_as_object()
    raw = [{"type": kind, "id": "00000000-0000-4000-8000-000000000002", "value": with_ids(content, "check")}]
    check.question = Item._meta.get_field("question").stream_block.to_python(raw)
    with TestCase.captureOnCommitCallbacks(execute=True):
        check.save_revision().publish()


def check_url() -> str:
    """Where the check of the first lesson is answered."""
    _module, lesson = catalogue("en").by_code["C1"].lessons[0]
    key: UUID = lesson.key
    return f"/learn/lessons/{key}/check/{CHECK}/"


class Form:
    """A page's form as a browser without script shows and sends it."""

    def __init__(self, client: Client, url: str, form: str = "form.questions") -> None:
        self.client, self.url = client, url
        self.text = client.get(url).content.decode()
        self.form = BeautifulSoup(self.text, "html.parser").select_one(form)
        assert self.form, self.text
        self.fields: dict[str, list[str]] = {}
        for field in self.form.select("input[name]"):
            if field["type"] not in ("radio", "checkbox") or field.has_attr("checked"):
                self.fields.setdefault(field["name"], []).append(field.get("value", "on"))
        for field in self.form.select("select"):
            chosen = field.select_one("option[selected]") or field.select_one("option")
            self.fields.setdefault(field["name"], []).append(chosen["value"])
        for field in self.form.select("textarea"):
            self.fields.setdefault(field["name"], []).append(field.text.removeprefix("\n"))

    def offered(self, name: str) -> list[str]:
        """The values that can be chosen under a name."""
        chosen = self.form.select(f'input[name="{name}"]:not([type=hidden]), select[name="{name}"] option')
        return [one["value"] for one in chosen if one["value"]]

    def add(self, name: str, *values: str) -> "Form":
        """Choose more."""
        self.fields[name] = [*self.fields.get(name, []), *values]
        return self

    def put(self, name: str, *values: str) -> "Form":
        """Choose exactly these."""
        self.fields[name] = list(values)
        return self

    def send(self, action: str = "save") -> str:
        """The page that comes after."""
        url = self.form.get("action") or self.url
        response = self.client.post(url, {**self.fields, "action": action}, follow=True)
        assert response.status_code == 200
        return response.content.decode()


def write_in_admin(editor: Client, kind: str, content: Any) -> Any:
    """Send the admin's form of a new item."""
    values = FIELDS | {"code": "MIG-M01.O1-099", "use": "exam", "question": streamfield([(kind, _sent(content))])}
    return editor.post(
        "/admin/snippets/assessments/item/add/?locale=en", {**nested_form_data(values), "action-publish": "1"}
    )


def _sent(part: Any) -> Any:
    """Authored parts as fields of the admin's form: a list is numbered entries, what is false is not sent."""
    if isinstance(part, dict):
        return {name: _sent(value) for name, value in part.items() if value is not False}
    if isinstance(part, list):
        entries = {
            str(n): {"deleted": "", "order": str(n), "id": "", "value": _sent(one)} for n, one in enumerate(part)
        }
        return {"count": str(len(part)), **entries}
    return "on" if part is True else str(part)
