"""Lessons as tests meet them: loaded again from an edited copy, changed by an editor, read by an officer."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import translation

from courses.catalogue import CourseInfo, LessonInfo, ModuleInfo, catalogue
from courses.models import LessonPage, ModulePage

COUNTS = ("created", "updated", "unchanged", "left alone")


def load(root: Path, *, force: bool = False) -> dict[str, Any]:
    """What a load says that it did: the counts, and the records it left alone or left in English."""
    out = StringIO()
    with TestCase.captureOnCommitCallbacks(execute=True):  # wagtail-localize publishes on commit
        call_command("load_curriculum", str(root), force=force, stdout=out)
    *told, last = out.getvalue().splitlines()
    numbers = [int(part.split()[0]) for part in last.rpartition(": ")[2].split(", ")]
    said: dict[str, Any] = {what: number for what, number in zip(COUNTS, numbers, strict=True) if number}
    for line in told:
        what, _, key = line.rpartition(": ")
        if key != "fact:R5:my":  # it waits for a lawyer and is not translated in the small curriculum
            said.setdefault(what, []).append(key)
    return said


def page(code: str, language: str = "en") -> LessonPage:
    """A lesson's page."""
    found: LessonPage = LessonPage.objects.get(code=code, locale__language_code=language)
    return found


def module_page(code: str) -> ModulePage:
    """A module's page in English."""
    found: ModulePage = ModulePage.objects.get(code=code, locale__language_code="en")
    return found


def course() -> CourseInfo:
    """C1 as it is published now."""
    return catalogue("en").by_code["C1"]


def places() -> dict[str, tuple[ModuleInfo, LessonInfo]]:
    """Module and lesson by the lesson's code."""
    return {lesson.code: (module, lesson) for module, lesson in course().lessons}


def address(code: str, language: str = "en") -> str:
    """Where a lesson is read."""
    module, lesson = places()[code]
    with translation.override(language):
        return reverse("lesson", args=["c1", module.slug, lesson.slug])


def course_address(language: str = "en") -> str:
    """Where the course is shown."""
    with translation.override(language):
        return reverse("course", args=["c1"])


def read(client: Client, code: str) -> HttpResponse:
    """Mark a lesson as read to its end."""
    return client.post(reverse("courses:read", args=[places()[code][1].key]))


def answer(client: Client, lesson: str, item: str, *options: str) -> HttpResponse:
    """Answer a check."""
    return client.post(reverse("courses:check", args=[places()[lesson][1].key, item]), {"option": list(options)})


def complete(client: Client, *codes: str) -> None:
    """Read lessons, and answer the check in them."""
    checks = {"M01.L1": "MIG-M01.O1-101", "M03.L1": "HRP-M03.O1-101"}
    for code in codes:
        read(client, code)
        if code in checks:
            answer(client, code, checks[code], "a")


THIRD = "C1/M01/3-three.md"


def add_lesson(root: Path, *, translated: bool = True) -> None:
    """A third lesson for M01, as the second but for its words; one text of it without Burmese if not `translated`."""
    folder = root / "C1/M01"
    text = (folder / "2-two.md").read_text(encoding="utf-8").replace("two", "three").replace("L2", "L3")
    (root / THIRD).write_text(text, encoding="utf-8")
    listing = (folder / "module.yaml").read_text(encoding="utf-8")
    (folder / "module.yaml").write_text(listing.replace("2-two.md]", "2-two.md, 3-three.md]"), encoding="utf-8")
    po = (folder / "my.po").read_text(encoding="utf-8")
    new = [entry for entry in po.split("\n\n") if "two" in entry.partition("msgid")[2]]
    new += [entry for entry in po.split("\n\n") if "Lesson two" in entry and entry not in new]
    added = "\n\n".join(new).replace("two", "three")
    if not translated:
        added = added.replace('msgstr "မြန်မာ A rule of M01 three."', 'msgstr ""')
    (folder / "my.po").write_text(f"{po}\n{added}\n", encoding="utf-8")
