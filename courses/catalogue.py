"""The published courses as plain objects, built once per change of content and day, and kept in the process.

Every page that shows progress asks here what there is, instead of walking the page tree.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from wagtail_localize.models import TranslationSource

from assessments.models import Item, Quiz
from content.models import ContentVersion, SourceText, TranslationPublication
from core.languages import Spoken
from courses.models import CoursePage, LessonPage, ModulePage
from myanmar.search import Prepared

SOURCE_LANGUAGE = "en"

# What a reader is told of a translation: nothing, that nobody reviewed it, or that its source was changed since.
Notice = Literal["", "draft", "outdated"]
RULES = frozenset(
    ["version", "minutes", "required", "audience", "prerequisites", "observed", "competencies", "valid_months"]
)

PROBE = "-PROBE"  # the end of the codes of quizzes that courses/probes.py keeps


@dataclass(frozen=True)
class Text:
    """A text and the language it is in: content that is not translated yet is shown in its source language."""

    text: str
    language: str

    def __str__(self) -> str:
        return Spoken(self.text, self.language)


@dataclass(frozen=True)
class ActivityInfo:
    """An activity of a lesson. key: id of its block; rule, seconds: when it is done (content/packages/blocks.py)."""

    key: UUID
    package_id: int
    title: Text
    rule: str
    seconds: int
    is_needed: bool


@dataclass(frozen=True, eq=False)
class LessonInfo:
    key: UUID
    page_id: int
    code: str
    slug: str
    title: Text
    minutes: int
    notice: Notice
    checks: int
    check: Quiz | None
    revision: int | None
    activities: tuple[ActivityInfo, ...] = ()
    facts: frozenset[str] = frozenset()  # the codes of those it quotes

    @property
    def language(self) -> str:
        """The language its text is in."""
        return self.title.language


@dataclass(frozen=True, eq=False)
class ModuleInfo:
    key: UUID
    page_id: int
    code: str
    slug: str
    title: Text
    summary: Text
    minutes: int
    required: bool
    audience: frozenset[str]
    prerequisites: tuple[str, ...]
    objectives: dict[str, Text]
    lessons: tuple[LessonInfo, ...]
    notice: Notice
    revision: int | None
    observed: str = ""  # code of the rubric by which practice has to be observed
    competencies: tuple[str, ...] = ()

    def is_required_of(self, agency: str) -> bool:
        """Whether a person of this agency needs it to complete the course; without an agency everything counts."""
        return self.required and (not agency or not self.audience or agency in self.audience)


@dataclass(frozen=True, eq=False)
class CourseInfo:
    key: UUID
    page_id: int
    code: str
    slug: str
    title: Text
    summary: Text
    minutes: int
    version: str
    audience: frozenset[str]
    prerequisites: tuple[str, ...]
    valid_months: int | None
    exam: Quiz | None
    modules: tuple[ModuleInfo, ...]
    notice: Notice
    revision: int | None
    tests: tuple[Quiz, ...] = ()

    def is_for(self, agency: str) -> bool:
        """Whether people of this agency may take it."""
        return not agency or not self.audience or agency in self.audience

    def required_modules(self, agency: str) -> list[ModuleInfo]:
        """The modules that a person of this agency has to complete."""
        return [module for module in self.modules if module.is_required_of(agency)]

    def objectives_of(self, agency: str) -> frozenset[str]:
        """The codes of the objectives that a person of this agency has to reach: those of the required modules."""
        return frozenset(code for module in self.required_modules(agency) for code in module.objectives)

    @cached_property
    def objectives(self) -> dict[str, Text]:
        """The text of every objective, by code."""
        return {code: text for module in self.modules for code, text in module.objectives.items()}

    @cached_property
    def lessons(self) -> list[tuple[ModuleInfo, LessonInfo]]:
        """Every lesson with its module, in order."""
        return [(module, lesson) for module in self.modules for lesson in module.lessons]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All published courses, as a reader of one language sees them."""

    language: str
    courses: tuple[CourseInfo, ...]
    bodies: dict[UUID, Any] = field(default_factory=dict)  # lesson key -> rendered text, filled as lessons are read
    searched: dict[int, tuple[Prepared, Prepared]] = field(default_factory=dict)  # page -> title and text, by finding

    @cached_property
    def by_key(self) -> dict[UUID, CourseInfo]:
        """Course by translation key."""
        return {course.key: course for course in self.courses}

    @cached_property
    def by_code(self) -> dict[str, CourseInfo]:
        """Course by code."""
        return {course.code: course for course in self.courses}

    @cached_property
    def lesson_places(self) -> dict[UUID, tuple[CourseInfo, ModuleInfo, LessonInfo]]:
        """Where each lesson stands."""
        return {lesson.key: (course, module, lesson) for course in self.courses for module, lesson in course.lessons}

    @cached_property
    def objectives(self) -> dict[str, Text]:
        """The text of every objective, by code."""
        return {code: text for course in self.courses for code, text in course.objectives.items()}

    @cached_property
    def titles(self) -> dict[str, Text]:
        """Title by code, of courses and modules."""
        titles = {course.code: course.title for course in self.courses}
        return titles | {module.code: module.title for course in self.courses for module in course.modules}


def languages_for(language: str) -> list[str]:
    """The languages in which a reader of `language` is shown a text, the best first: their own, Burmese, English."""
    return list(dict.fromkeys([language, settings.LANGUAGE_CODE, SOURCE_LANGUAGE]))


# By language, with the change of content and the day on which it was built: what lessons show of facts depends on the day.
_kept: dict[str, tuple[tuple[UUID, date], Catalogue]] = {}
_lock = threading.Lock()


def catalogue(language: str) -> Catalogue:
    """What is published now, in a language. One query when nothing changed since the last call on the same day."""
    token = (ContentVersion.current(), timezone.localdate())
    kept = _kept.get(language)
    if kept and kept[0] == token:
        return kept[1]
    with _lock:
        kept = _kept.get(language)
        if kept is None or kept[0] != token:  # else somebody built it while this one waited
            kept = _kept[language] = (token, _build(language))
    return kept[1]


def spoken() -> Catalogue:
    """What is published now, in the reader's language."""
    return catalogue(get_language() or settings.LANGUAGE_CODE)


def _pages(model: Any, language: str) -> Iterator[Any]:
    """The live pages of a kind in tree order: in the language, or in the first of the others that there is."""
    wanted = languages_for(language)
    rows = model.objects.live().filter(locale__language_code__in=wanted, alias_of=None).select_related("locale").order_by("path")  # fmt: skip
    best: dict[UUID, Any] = {}
    order: list[UUID] = []
    for row in rows:
        code = row.locale.language_code
        if code == SOURCE_LANGUAGE:
            order.append(row.translation_key)
        have = best.get(row.translation_key)
        if have is None or wanted.index(code) < wanted.index(have.locale.language_code):
            best[row.translation_key] = row
    # The source decides the rules: a change of them counts at once, also where its translation is not synchronised yet.
    for row in (one for one in rows if one.locale.language_code == SOURCE_LANGUAGE):
        for name in RULES & vars(row).keys():
            setattr(best[row.translation_key], name, getattr(row, name))
    # The source decides the order; a page that exists only in the other language comes after.
    order += [key for key in best if key not in set(order)]
    return (best[key] for key in order)


def _build(language: str) -> Catalogue:
    sources = dict(SourceText.objects.values_list("translation_key", "sha256"))
    published = {
        (key, locale): (source, reviewed)
        for key, locale, source, reviewed in TranslationPublication.objects.order_by("pk").values_list(
            "translation_key", "locale_id", "source_sha256", "is_reviewed"
        )
    }
    originals = set(TranslationSource.objects.values_list("object_id", "locale_id"))
    quizzes: dict[UUID, Quiz] = {}
    tests: dict[UUID, list[Quiz]] = {}
    for one in Quiz.objects.order_by("kind", "code"):
        if one.kind in (Quiz.Kind.CHECK, Quiz.Kind.EXAM):
            quizzes[one.subject_key] = one
        elif not one.code.endswith(PROBE):  # those are found in practice, on their days
            tests.setdefault(one.subject_key, []).append(one)
    asked = set(Item.objects.filter(live=True, use=Item.Use.CHECK).values_list("code", flat=True))

    def text(page: Any, value: str) -> Text:
        return Text(value, page.locale.language_code)

    def notice(page: Any) -> Notice:
        if (page.translation_key, page.locale_id) in originals:
            return ""
        source, reviewed = published.get((page.translation_key, page.locale_id), ("", False))
        if source and source != sources.get(page.translation_key, source):
            return "outdated"
        return "" if reviewed else "draft"

    keys: dict[str, UUID] = {}
    lessons: dict[UUID | None, list[LessonInfo]] = {}
    modules: dict[UUID | None, list[ModuleInfo]] = {}
    for model in (CoursePage, ModulePage):
        keys |= dict(model.objects.values_list("path", "translation_key"))
    for page in _pages(LessonPage, language):
        parent = keys.get(page.path[: -page.steplen])
        quiz = quizzes.get(page.translation_key)
        lessons.setdefault(parent, []).append(
            LessonInfo(
                page.translation_key, page.pk, page.code, page.slug, text(page, page.title), page.minutes,
                notice(page), sum(code in asked for code in page.check_codes()), quiz, page.live_revision_id,
                tuple(activity_info(block, page.locale.language_code) for block in page.activities()), frozenset(page.fact_codes()),
            )
        )  # fmt: skip
    for page in _pages(ModulePage, language):
        parent = keys.get(page.path[: -page.steplen])
        modules.setdefault(parent, []).append(
            ModuleInfo(
                page.translation_key, page.pk, page.code, page.slug, text(page, page.title), text(page, page.summary), page.minutes,
                page.required, frozenset(page.audience), tuple(page.prerequisites),
                {block.value["code"]: text(page, block.value["text"]) for block in page.objectives},
                tuple(lessons.get(page.translation_key, ())), notice(page), page.live_revision_id, page.observed,
                tuple(page.competencies),
            )
        )  # fmt: skip
    courses = [
        CourseInfo(
            page.translation_key, page.pk, page.code, page.slug, text(page, page.title), text(page, page.summary), page.minutes,
            page.version, frozenset(page.audience), tuple(page.prerequisites), page.valid_months,
            quizzes.get(page.translation_key), tuple(modules.get(page.translation_key, ())),
            notice(page), page.live_revision_id, tuple(tests.get(page.translation_key, ())),
        )
        for page in _pages(CoursePage, language)
    ]  # fmt: skip
    return Catalogue(language, tuple(courses))


def activity_info(block: Any, language: str) -> ActivityInfo:
    """What a block of a lesson says of its activity."""
    value = block.value
    return ActivityInfo(
        UUID(block.id),
        value["package"].pk,
        Text(value["title"], language),
        value["rule"],
        value["seconds"] or 0,
        value["needed"],
    )


def forget() -> None:
    """Drop what is kept; for tests, whose database is put back behind the counter's back."""
    _kept.clear()
