"""How far somebody is in a course. Pure functions on the catalogue and the completions met."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from courses.catalogue import CourseInfo, LessonInfo, ModuleInfo
from courses.models import Completion

Met = Set[tuple[str, UUID]]  # (requirement, key)
Requirement = Completion.Requirement


def derived(
    course: CourseInfo, met: Met, agency: str, *, exam_only: bool = False
) -> list[tuple[str, UUID, str, int | None]]:
    """What follows from the completions met and is not among them yet, as (requirement, key, code, revision).

    A lesson is complete when it was read, its checks are answered and the activities that it needs are done; a module when its lessons are,
    and practice was observed where it asks for that; a course when the
    modules required of the agency are and its exam is passed; with exam_only the exam is enough. What was met once stays
    met, whatever is published later.
    """
    new: list[tuple[str, UUID, str, int | None]] = []
    have = set(met)

    def meet(requirement: Requirement, what: CourseInfo | ModuleInfo | LessonInfo) -> None:
        if (requirement, what.key) not in have:
            have.add((requirement, what.key))
            new.append((requirement, what.key, what.code, what.revision))

    for module in course.modules:
        for lesson in module.lessons:
            checked = not lesson.checks or (Requirement.CHECKS, lesson.key) in have
            done = all((Requirement.ACTIVITY, one.key) in have for one in lesson.activities if one.is_needed)
            if (Requirement.READ, lesson.key) in have and checked and done:
                meet(Requirement.LESSON, lesson)
        read = all((Requirement.LESSON, lesson.key) in have for lesson in module.lessons)
        if module.lessons and read and (not module.observed or (Requirement.OBSERVED, module.key) in have):
            meet(Requirement.MODULE, module)
    examined = course.exam is None or (Requirement.EXAM, course.key) in have
    if course.modules and examined and (modules_done(course, have, agency) or (exam_only and course.exam)):
        meet(Requirement.COURSE, course)
    return new


def modules_done(course: CourseInfo, met: Met, agency: str) -> bool:
    """Whether every module required of the agency is complete: the exam opens."""
    return all((Requirement.MODULE, module.key) in met for module in course.required_modules(agency))


ExamState = Literal["none", "locked", "ready", "passed"]


@dataclass(frozen=True)
class LessonProgress:
    info: LessonInfo
    is_done: bool
    is_read: bool


@dataclass(frozen=True)
class ModuleProgress:
    """missing: codes of what has to be completed before, besides what its course asks for; the module is locked while there is any of either."""

    info: ModuleInfo
    lessons: list[LessonProgress]
    is_done: bool
    is_required: bool
    missing: list[str]
    is_observed: bool = False

    @property
    def done_count(self) -> int:
        """How many lessons are complete."""
        return sum(lesson.is_done for lesson in self.lessons)


@dataclass(frozen=True)
class CourseProgress:
    """Everything a page shows of one person's way through one course."""

    info: CourseInfo
    modules: list[ModuleProgress]
    missing: list[str]
    exam: ExamState
    is_done: bool
    exam_only: bool = False
    activities_done: frozenset[UUID] = frozenset()

    @property
    def done_count(self) -> int:
        """Lessons complete in required modules."""
        return sum(m.done_count for m in self.modules if m.is_required)

    @property
    def lesson_count(self) -> int:
        """Lessons in required modules."""
        return sum(len(m.lessons) for m in self.modules if m.is_required)

    @property
    def next_lesson(self) -> tuple[ModuleProgress, LessonProgress] | None:
        """The first lesson not complete, required modules first."""
        for required in (True, False):
            for module in self.modules:
                if module.is_required is required and not module.missing and not self.missing:
                    for lesson in module.lessons:
                        if not lesson.is_done:
                            return module, lesson
        return None


def course_progress(
    course: CourseInfo, met: Met, agency: str, codes_done: Set[str], *, exam_only: bool = False
) -> CourseProgress:
    """Progress of one person. codes_done: codes of courses and modules complete in any enrolment, for prerequisites.
    exam_only: a certificate is renewed, and the exam is open at once.
    """
    lacking = missing(course.prerequisites, codes_done)
    modules = [
        ModuleProgress(
            module,
            [
                LessonProgress(lesson, (Requirement.LESSON, lesson.key) in met, (Requirement.READ, lesson.key) in met)
                for lesson in module.lessons
            ],
            (Requirement.MODULE, module.key) in met,
            module.is_required_of(agency),
            missing(module.prerequisites, codes_done | set(lacking)),
            (Requirement.OBSERVED, module.key) in met,
        )
        for module in course.modules
    ]
    exam: ExamState = "none"
    if course.exam:
        learned = exam_only or modules_done(course, met, agency)
        exam = "ready" if learned and not lacking else "locked"
        if (Requirement.EXAM, course.key) in met:
            exam = "passed"
    done = (Requirement.COURSE, course.key) in met
    activities = frozenset(key for requirement, key in met if requirement == Requirement.ACTIVITY)
    return CourseProgress(course, modules, lacking, exam, done, exam_only, activities)


def missing(prerequisites: Iterable[str], codes_done: Set[str]) -> list[str]:
    """The prerequisites not met."""
    return [code for code in prerequisites if code not in codes_done]
