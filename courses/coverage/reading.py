"""What there is of the curriculum, read from the database in as many queries for one objective as for a hundred."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from assessments import bank
from assessments.models import BlueprintLine, Quiz, QuizSection
from content.facts import FactInfo, read_facts
from content.models import FacilitatorGuide, PocketCard, Rubric
from courses.catalogue import SOURCE_LANGUAGE, Catalogue, CourseInfo, ModuleInfo, catalogue
from courses.coverage.grid import Around, Course, CourseCover, Lesson, Module, Sums, cover, total
from courses.coverage.holes import Hole, holes, strays
from courses.models import LessonPage

TESTS = (Quiz.Kind.PRE_TEST, Quiz.Kind.POST_TEST)
FORMS = ("A", "B")


class Kept(NamedTuple):
    """A guide or card in its source language."""

    key: UUID
    row_id: int
    rubric: str = ""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Every course with what it covers. facts: as those read them who confirm them; pages: of lessons, by translation key;
    guides, cards: by code of the module."""

    known: Catalogue
    around: Around
    courses: tuple[CourseCover, ...]
    facts: tuple[FactInfo, ...]
    pages: Mapping[UUID, LessonPage]
    guides: Mapping[str, Kept]
    cards: Mapping[str, Kept]

    @cached_property
    def holes(self) -> dict[str, list[Hole]]:
        """What is missing, by code of the course; "" for what belongs to none."""
        found = {one.course.code: holes(one, self.around) for one in self.courses}
        return {**found, "": strays(self.courses, self.around)}

    @property
    def total(self) -> Sums:
        """How much there is in all courses."""
        used = frozenset(code for one in self.courses for code in one.facts)
        return total((one.sums for one in self.courses), waiting=len(used & self.around.waiting))


def read(*, on: date) -> Coverage:
    """Everything, as its source says it, on a day. Nine queries, and one for the content's version."""
    known = catalogue(SOURCE_LANGUAGE)
    facts = tuple(read_facts(SOURCE_LANGUAGE, on=on, to_confirm=True))
    around = Around(
        items=bank.live_items(),
        lines={line.objective: line for line in BlueprintLine.objects.all()},
        facts={fact.code: fact.is_shown for fact in facts},
        waiting=frozenset(fact.code for fact in facts if not fact.is_withdrawn and (fact.waits_for or fact.is_past)),
        rubrics=frozenset(Rubric.objects.values_list("code", flat=True)),
    )
    guides = _kept(FacilitatorGuide, "rubric_code")
    cards = _kept(PocketCard)
    ids = [lesson.page_id for course in known.courses for _module, lesson in course.lessons]
    pages = {page.translation_key: page for page in LessonPage.objects.filter(pk__in=ids)}
    sections = _sections(known.courses)

    def module_of(info: ModuleInfo) -> Module:
        guide = guides.get(info.code)
        return Module(
            code=info.code,
            objectives=tuple(info.objectives),
            lessons=tuple(_lesson(pages[lesson.key]) for lesson in info.lessons if lesson.key in pages),
            competencies=info.competencies,
            observed=info.observed,
            has_guide=guide is not None,
            rubric=guide.rubric if guide else "",
            has_card=info.code in cards,
        )

    objectives = {str(item.key): item.objective for item in around.items}
    covers = []
    for info in known.courses:
        tests = [quiz for quiz in info.tests if quiz.kind in TESTS]
        named = {key for quiz in tests for section in sections[quiz.pk] for key in section.items if key in objectives}
        course = Course(
            code=info.code,
            modules=tuple(map(module_of, info.modules)),
            exam=_least(sections[info.exam.pk], objectives) if info.exam else None,
            drawn=_least([one for one in sections[info.exam.pk] if one.count], objectives) if info.exam else {},
            tests={(quiz.kind, form): _asks(sections[quiz.pk], form, objectives) for quiz in tests for form in FORMS},
        )
        covers.append(cover(course, around, in_forms=len(named)))
    return Coverage(known, around, tuple(covers), facts, pages, guides, cards)


def _kept(model: Any, *more: str) -> dict[str, Kept]:
    rows = model.objects.filter(locale__language_code=SOURCE_LANGUAGE)
    return {code: Kept(*rest) for code, *rest in rows.values_list("code", "translation_key", "pk", *more)}


def _lesson(page: LessonPage) -> Lesson:
    return Lesson(
        code=page.code,
        objectives=tuple(page.objectives),
        checks=tuple(page.check_codes()),
        facts=tuple(page.fact_codes()),
        figures=page.figures(),
    )


def _sections(courses: Iterable[CourseInfo]) -> dict[int, list[QuizSection]]:
    """The sections of exams and tests, by quiz."""
    quizzes = [quiz for info in courses for quiz in (info.exam, *info.tests) if quiz]
    found: dict[int, list[QuizSection]] = defaultdict(list)
    for section in QuizSection.objects.filter(quiz__in=quizzes):
        found[section.quiz_id].append(section)
    return found


def _asks(sections: Iterable[QuizSection], form: str, objectives: Mapping[str, str]) -> Counter[str]:
    """How many items a form asks of each objective. A draw by tags alone promises none of any."""
    asked: Counter[str] = Counter()
    for section in sections:
        if section.form in ("", form):
            asked[section.objective] += section.count
            asked.update(objectives[key] for key in section.items if key in objectives)
    return asked


def _least(sections: Sequence[QuizSection], objectives: Mapping[str, str]) -> Counter[str]:
    """How many items are asked of each objective whichever form one gets."""
    first, second = (_asks(sections, form, objectives) for form in FORMS)
    return first & second


def module_of_objective(covers: Iterable[CourseCover]) -> dict[str, Any]:
    """The module that has an objective, by the objective's code."""
    return {code: module for one in covers for module in one.course.modules for code in module.objectives}
