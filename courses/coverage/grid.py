"""Objectives beside what teaches, asks and observes them. Pure: `reading` brings it from the database, a test from the files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.bank import LiveItem
from assessments.kinds import judges_itself
from assessments.models import Item

# Of a test and a form of it ("pre_test", "A"): how many items it asks of each objective.
Tests = Mapping[tuple[str, str], Mapping[str, int]]


@dataclass(frozen=True)
class Lesson:
    """A lesson. checks, facts: codes of the items that it asks and of the facts that it shows."""

    code: str
    objectives: tuple[str, ...]
    checks: tuple[str, ...]
    facts: tuple[str, ...]
    figures: int


@dataclass(frozen=True)
class Module:
    """A module. observed: the rubric by which practice has to be observed; rubric: the one that its guide uses."""

    code: str
    objectives: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    competencies: tuple[str, ...]
    observed: str
    has_guide: bool
    rubric: str
    has_card: bool

    @property
    def rubrics(self) -> list[str]:
        """The rubrics that it names, each once."""
        return list(dict.fromkeys(filter(None, (self.observed, self.rubric))))


@dataclass(frozen=True)
class Course:
    """A course. exam: how many items it asks of each objective by name or by draw, whichever form one gets; None where there is no
    exam; drawn: how many of them by draw."""

    code: str
    modules: tuple[Module, ...]
    exam: Mapping[str, int] | None
    drawn: Mapping[str, int]
    tests: Tests


@dataclass(frozen=True)
class Around:
    """What courses rest on. lines: of the blueprint by objective, each with bank, form, competency and kinds; facts: whether each
    is shown; waiting: those that a reviewer has to confirm or that are past their day."""

    items: Sequence[LiveItem]
    lines: Mapping[str, Any]
    facts: Mapping[str, bool]
    waiting: frozenset[str]
    rubrics: frozenset[str]


@dataclass(frozen=True)
class ObjectiveCover:
    """An objective. lessons: codes of those that teach it; checks: of the items that they ask of it; exam: codes of live exam items
    by kind; asked, drawn: by the exam; tests: as of a course, of this one; facts: those that its lessons and items use; hidden: those of
    them that are not shown."""

    code: str
    lessons: tuple[str, ...]
    checks: tuple[str, ...]
    exam: Mapping[str, tuple[str, ...]]
    asked: int
    drawn: int
    tests: Mapping[tuple[str, str], int]
    line: Any
    facts: tuple[str, ...]
    hidden: tuple[str, ...]

    @property
    def have(self) -> int:
        """How many exam items are live."""
        return sum(map(len, self.exam.values()))

    @property
    def drawable(self) -> int:
        """How many of them an exam can draw: what people mark is only asked where it is named."""
        return sum(len(codes) for kind, codes in self.exam.items() if judges_itself(kind))


@dataclass(frozen=True)
class ModuleCover:
    """A module with its objectives."""

    module: Module
    objectives: tuple[ObjectiveCover, ...]


@dataclass(frozen=True)
class Sums:
    """How much there is of everything. in_forms: items that the tests before and after ask, each once; waiting: facts."""

    modules: int = 0
    lessons: int = 0
    objectives: int = 0
    exam: int = 0
    checks: int = 0
    in_forms: int = 0
    figures: int = 0
    guides: int = 0
    cards: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class CourseCover:
    """A course with its modules. facts: those that its lessons and items use."""

    course: Course
    modules: tuple[ModuleCover, ...]
    sums: Sums
    facts: frozenset[str]

    @property
    def objectives(self) -> list[ObjectiveCover]:
        """Every objective, in order."""
        return [one for module in self.modules for one in module.objectives]


def cover(course: Course, around: Around, *, in_forms: int) -> CourseCover:
    """A course beside what there is. in_forms: how many items the tests before and after ask, each once."""
    of: dict[str, list[LiveItem]] = defaultdict(list)
    for item in around.items:
        of[item.objective].append(item)
    modules = tuple(
        ModuleCover(module, tuple(_objective(code, module, course, of[code], around) for code in module.objectives))
        for module in course.modules
    )
    lessons = [lesson for module in course.modules for lesson in module.lessons]
    items = [item for module in course.modules for code in module.objectives for item in of[code]]
    users: list[Lesson | LiveItem] = [*lessons, *items]
    facts = frozenset(code for one in users for code in one.facts)
    sums = Sums(
        modules=len(modules),
        lessons=len(lessons),
        objectives=sum(len(module.objectives) for module in modules),
        exam=sum(item.use == Item.Use.EXAM for item in items),
        checks=sum(item.use == Item.Use.CHECK for item in items),
        in_forms=in_forms,
        figures=sum(lesson.figures for lesson in lessons),
        guides=sum(module.has_guide for module in course.modules),
        cards=sum(module.has_card for module in course.modules),
        waiting=len(facts & around.waiting),
    )
    return CourseCover(course, modules, sums, facts)


def _objective(code: str, module: Module, course: Course, items: Iterable[LiveItem], around: Around) -> ObjectiveCover:
    teaching = [lesson for lesson in module.lessons if code in lesson.objectives]
    asked = {check for lesson in module.lessons for check in lesson.checks}
    exam: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.use == Item.Use.EXAM:
            exam[item.kind].append(item.code)
    users: list[Lesson | LiveItem] = [*teaching, *items]
    facts = tuple(dict.fromkeys(fact for one in users for fact in one.facts))
    return ObjectiveCover(
        code=code,
        lessons=tuple(lesson.code for lesson in teaching),
        checks=tuple(item.code for item in items if item.use == Item.Use.CHECK and item.code in asked),
        exam={kind: tuple(codes) for kind, codes in sorted(exam.items())},
        asked=(course.exam or {}).get(code, 0),
        drawn=course.drawn.get(code, 0),
        tests={form: asks.get(code, 0) for form, asks in course.tests.items()},
        line=around.lines.get(code),
        facts=facts,
        hidden=tuple(fact for fact in facts if not around.facts.get(fact, False)),
    )


def total(sums: Iterable[Sums], *, waiting: int) -> Sums:
    """The sum of all courses. waiting: facts, of which several courses may use the same."""
    found = list(sums)
    return Sums(
        **{name: sum(getattr(one, name) for one in found) for name in Sums.__dataclass_fields__} | {"waiting": waiting}
    )
