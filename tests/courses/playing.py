"""A course of its own with one lesson and one activity in it, for tests that play."""

import uuid
from typing import Any
from uuid import uuid4

from content.models import ContentVersion, PackageVersion
from content.packages.origins import iri_of
from courses.activities.recording import Event
from courses.catalogue import catalogue
from courses.models import CourseIndexPage, CoursePage, Enrolment, LessonPage, ModulePage
from courses.services import enrol
from people.models import Person

CODE = "C9"


def course_with(*versions: PackageVersion, code: str = CODE, **block: Any) -> tuple[Any, Any, Any]:
    """A published course in English whose one lesson plays the packages. Returns course, lesson and first activity."""
    index = CourseIndexPage.objects.get(locale__language_code="en")
    slug = code.lower()
    course = index.add_child(
        instance=CoursePage(
            title=f"Practice {code}", slug=slug, code=code, summary="Practice.", minutes=5, locale=index.locale
        )
    )
    module = course.add_child(
        instance=ModulePage(
            title="Practice", slug=f"{slug}-m", code=f"{code}M", summary="Practice.", minutes=5, locale=index.locale
        )
    )
    value = {"title": "Which passport?", "rule": "answered", "seconds": None, "needed": True} | block
    body: list[dict[str, Any]] = [{"type": "text", "value": "<p>Read.</p>"}]
    for version in versions:
        body.append({"type": "activity", "value": value | {"package": version.package_id}, "id": str(uuid.uuid4())})
    lesson = LessonPage(
        title="Practice lesson", slug=f"{slug}-1", code=f"{code}M-1", minutes=5, body=body, locale=index.locale
    )
    module.add_child(instance=lesson)
    for page in (course, module, lesson):
        page.save_revision().publish()
    ContentVersion.advance()
    info = catalogue("en").by_code[code]
    return info, info.modules[0].lessons[0], info.modules[0].lessons[0].activities[0]


def enrolled(person: Person, course: Any) -> Enrolment:
    """The person's place in the course."""
    enrol([person], course)
    return Enrolment.objects.get(person=person, course_code=course.code)


def answered(version, *, raw=1, top=1, verb="answered", response="1", part="") -> dict:
    """A statement as H5P writes it."""
    iri = iri_of(version) + (f"?subContentId={part}" if part else "")
    return {
        "actor": {"mbox": "mailto:somebody@else.example"},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": iri},
        "result": {
            "score": {"raw": raw, "max": top, "min": 0},
            "response": response,
            "duration": "PT3.2S",
            "completion": True,
        },
    }


def said(statement, **changes) -> Event:
    return Event(**({"id": uuid4(), "kind": "statement", "order": 1, "data": statement} | changes))
