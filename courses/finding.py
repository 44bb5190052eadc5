"""Who finds courses, modules and lessons."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.finding import page_text
from core.finding import Hit, register
from core.search import matching
from courses import access
from courses.catalogue import Catalogue, CourseInfo, Text, catalogue
from courses.models import CoursePage, Enrolment, LessonPage, ModulePage
from myanmar.search import Grade, Prepared, Query
from people.models import Person

Place = tuple[Text, str, Text]
"""Of a page: its title, its address, and a line that says where it stands."""
Written = dict[UUID, dict[str, tuple[Prepared, Prepared]]]
"""By page, then by language: its title and its text."""


@register("courses", _("Courses and modules"), place=10)
def find_courses(viewer: Person, query: Query, language: str) -> Iterator[Hit]:
    """The courses that the viewer may take or takes, with their modules."""
    known = catalogue(language)
    places: dict[UUID, Place] = {}
    for course in _open_to(viewer, known):
        places[course.key] = (course.title, reverse("course", args=[course.slug]), Text(course.code, ""))
        for module in course.modules:
            url = reverse("module", args=[course.slug, module.slug])
            places[module.key] = (module.title, url, Text(f"{course.code} · {module.code}", ""))
    texts = _texts(known, CoursePage, query, places, "summary", "code")
    texts |= _texts(known, ModulePage, query, places, "summary", "objectives", "code")
    yield from _hits(query, language, places, texts)


@register("lessons", _("Lessons"), place=20)
def find_lessons(viewer: Person, query: Query, language: str) -> Iterator[Hit]:
    """The lessons of the courses that the viewer may take or takes."""
    known = catalogue(language)
    places = {
        lesson.key: (
            lesson.title,
            reverse("lesson", args=[course.slug, module.slug, lesson.slug]),
            Text(f"{course.code} · {module.title}", module.title.language),
        )
        for course in _open_to(viewer, known)
        for module, lesson in course.lessons
    }
    yield from _hits(query, language, places, _texts(known, LessonPage, query, places, "body", "code"))


def _open_to(viewer: Person, known: Catalogue) -> list[CourseInfo]:
    """The courses whose pages answer the viewer, as `access.course_or_404` decides, in one statement for all."""
    taken = set(Enrolment.objects.filter(person=viewer).active().values_list("course_key", flat=True))
    return [course for course in known.courses if course.key in taken or access.can_take(viewer, course)]


def _texts(known: Catalogue, model: Any, query: Query, places: dict[UUID, Place], *names: str) -> Written:
    """The published pages that may answer, in every language. Their texts are kept with the catalogue."""
    live = model.objects.live().filter(translation_key__in=places)
    found = list(
        matching(live, query.text).values_list("pk", "translation_key", "locale__language_code").order_by("path")
    )
    missing = [pk for pk, _key, _language in found if pk not in known.searched]
    for page in model.objects.filter(pk__in=missing) if missing else ():
        known.searched[page.pk] = (Prepared(page.title), Prepared(page_text(page, *names)))
    written: Written = {}
    for pk, key, language in found:
        written.setdefault(key, {})[language] = known.searched[pk]
    return written


def _hits(query: Query, language: str, places: dict[UUID, Place], written: Written) -> Iterator[Hit]:
    """A hit for each page that answers, in the order of the courses."""
    for key, (shown, url, note) in places.items():
        graded: list[tuple[Grade, bool, str]] = []
        for code, (title, text) in written.get(key, {}).items():
            if (grade := query.grade(title, text)) is not None:
                graded.append((grade, code != language, code))
        if graded:
            grade, _other, code = min(graded)
            title, text = Prepared(shown.text), written[key][code][1]
            yield Hit(query, grade, title, shown.language, url, text, code, note.text, note.language)
