"""What was answered in the checks, tests and the exam of a course: by one person, and by a group.

A question of an exam or test is shown by its objective alone, to trainers too: somebody in the group may still be asked it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache

from assessments import bank
from assessments.models import Attempt, GradeRecord, Item, ItemVersion, Quiz
from assessments.scoring import telling
from core.languages import Spoken
from core.privacy import SMALLEST_CELL
from courses.catalogue import CourseInfo, LessonInfo, ModuleInfo
from courses.models import Completion, Enrolment
from people.models import Cohort
from training.queries import Cell

KEPT_SECONDS = 600


@dataclass(frozen=True)
class Answer:
    """points: a share of what the question gives, in [0, 1]."""

    person: int
    version: str
    points: float


def answers(course: CourseInfo, scopes: Collection[UUID], *, first_only: bool) -> list[Answer]:
    """Every answer in what was handed in and graded, by the grades that stand, in one query. scopes: of places in the course. first_only:
    of first attempts, for who sits again has seen the questions."""
    quizzes = [lesson.check for _module, lesson in course.lessons if lesson.check]
    quizzes += [*([course.exam] if course.exam else []), *course.tests]
    rows = GradeRecord.objects.filter(
        attempt__quiz__in=quizzes, attempt__scope__in=scopes, attempt__status=Attempt.Status.SUBMITTED
    )
    if first_only:
        rows = rows.filter(attempt__number=1)
    found = []
    for person, paper, details in rows.standing().values_list("attempt__person_id", "attempt__paper", "details"):
        found += [Answer(person, paper["items"][place]["version"], points) for place, points in telling(details)]
    return found


# --- A group ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ItemRow:
    """A question. people: who answered it; right: who had it wholly right. stem: of a check, in its language; "" for others. lesson: where
    the check stands."""

    code: str
    objective: str
    people: int
    right: int
    stem: str
    lesson: LessonInfo | None
    module: ModuleInfo | None

    @property
    def percent(self) -> int:
        """Who had it right, in whole per cent."""
        return self.right * 100 // self.people

    @property
    def is_failed(self) -> bool:
        """Whether most had it wrong."""
        return self.right * 2 < self.people


def counts(course: CourseInfo, places: Sequence[Enrolment]) -> list[tuple[str, int, int]]:
    """Of each question that five of these people or more have answered: its newest version, how many answered, how many had it wholly
    right. Versions of one question are counted together.
    """
    right: dict[UUID, dict[int, bool]] = defaultdict(dict)
    newest: dict[UUID, ItemVersion] = {}
    given = answers(course, [place.public_id for place in places], first_only=True)
    versions = bank.versions({one.version for one in given})
    for one in given:
        version = versions[one.version]
        right[version.item_key].setdefault(one.person, one.points >= 1)
        if version.number >= newest.setdefault(version.item_key, version).number:
            newest[version.item_key] = version
    return [
        (str(newest[key].pk), len(by_person), sum(by_person.values()))
        for key, by_person in right.items()
        if len(by_person) >= SMALLEST_CELL
    ]


def kept_counts(cohort: Cohort, course: CourseInfo, places: Sequence[Enrolment]) -> list[tuple[str, int, int]]:
    """The same for a group, counted at most every ten minutes."""
    name = f"items:{cohort.public_id}:{course.key}"
    found: list[tuple[str, int, int]] | None = cache.get(name)
    if found is None:
        found = counts(course, places)
        cache.set(name, found, KEPT_SECONDS)
    return found


def item_rows(course: CourseInfo, counted: Sequence[tuple[str, int, int]], *, language: str) -> list[ItemRow]:
    """The questions for a page, the hardest first. counted: as `counts` gives it."""
    versions = bank.versions({version for version, _people, _right in counted})
    lessons = _lessons_of({lesson.check.pk: (module, lesson) for module, lesson in course.lessons if lesson.check})
    rows = []
    for pk, people, right in counted:
        version = versions[pk]
        module, lesson = lessons.get(version.item_key, (None, None))
        stem = _stem(version, language)
        rows.append(ItemRow(version.code, version.objective, people, right, stem, lesson, module))
    return sorted(rows, key=lambda row: (row.right / row.people, row.code))


def _lessons_of(checks: dict[int, tuple[ModuleInfo, LessonInfo]]) -> dict[UUID, tuple[ModuleInfo, LessonInfo]]:
    """The lesson of each question of a check."""
    found = {}
    for quiz in Quiz.objects.filter(pk__in=checks).prefetch_related("sections"):
        for section in quiz.sections.all():
            found.update({UUID(item): checks[quiz.pk] for item in section.items})
    return found


def _stem(version: ItemVersion, language: str) -> str:
    if version.use != Item.Use.CHECK:
        return ""
    texts = version.text_in(language)
    return Spoken(texts["stem"], texts["language"])


# --- One person ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective of a module and what one person answered on it. wrong: how many were not wholly right; stems: of the checks among them."""

    code: str
    text: object
    asked: int
    points: float
    wrong: int
    stems: list[str]

    @property
    def percent(self) -> int | None:
        """The share of points in whole per cent; None where nothing was asked."""
        return int(self.points * 100 / self.asked) if self.asked else None


@dataclass(frozen=True)
class AttemptRow:
    """One sitting. grade: the one that stands; None while it is open."""

    quiz: Quiz
    number: int
    started_at: datetime
    submitted_at: datetime | None
    grade: GradeRecord | None


@dataclass(frozen=True)
class ModuleRow:
    """A module of one person's way: its cell, its lessons with whether each is complete, and its objectives."""

    cell: Cell
    lessons: list[tuple[LessonInfo, bool]]
    objectives: list[ObjectiveRow]


def module_rows(
    course: CourseInfo, place: Enrolment | None, cells: Iterable[Cell], *, language: str
) -> list[ModuleRow]:
    """One person's way through a course, module by module."""
    if place is None:
        done: set[UUID] = set()
        given: list[Answer] = []
    else:
        lessons = Completion.objects.filter(enrolment=place, requirement=Completion.Requirement.LESSON)
        done = set(lessons.values_list("key", flat=True))
        given = answers(course, [place.public_id], first_only=False)
    versions = bank.versions({one.version for one in given})
    by_objective: dict[str, list[Answer]] = defaultdict(list)
    for one in given:
        by_objective[versions[one.version].objective].append(one)
    found = []
    for cell in cells:
        objectives = [
            _objective(code, text, by_objective[code], versions, language)
            for code, text in cell.module.objectives.items()
        ]
        found.append(ModuleRow(cell, [(one, one.key in done) for one in cell.module.lessons], objectives))
    return found


def _objective(code: str, text: object, given: Sequence[Answer], versions: Any, language: str) -> ObjectiveRow:
    wrong = [one for one in given if one.points < 1]
    stems = dict.fromkeys(stem for one in wrong if (stem := _stem(versions[one.version], language)))
    return ObjectiveRow(code, text, len(given), sum(one.points for one in given), len(wrong), list(stems))


def attempt_rows(course: CourseInfo, place: Enrolment | None) -> list[AttemptRow]:
    """One person's sittings of the exam and the tests, in order, in two queries."""
    quizzes = {one.pk: one for one in (*([course.exam] if course.exam else []), *course.tests)}
    if place is None or not quizzes:
        return []
    sat = Attempt.objects.filter(quiz__in=quizzes, scope=place.public_id).defer("paper", "rules").order_by("started_at")
    attempts = list(sat)
    grades = {one.attempt_id: one for one in GradeRecord.objects.filter(attempt__in=attempts).standing()}
    return [
        AttemptRow(quizzes[one.quiz_id], one.number, one.started_at, one.submitted_at, grades.get(one.pk))
        for one in attempts
    ]
