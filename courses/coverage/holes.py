"""What is missing, in plain words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank import LiveItem
from assessments.models import Item, Quiz
from core.templatetags.burmese import digits
from courses.coverage.grid import Around, CourseCover, Lesson, ModuleCover, ObjectiveCover

RUBRIC: Final = re.compile(r"\bR\d\b")  # as the blueprint names rubrics among the kinds that fit


@dataclass(frozen=True)
class Hole:
    """One thing that is missing. kind: a short word for it; place: the code of what it is missing of; text: a sentence for people;
    module: the code of the module that it belongs to, empty for what is the course's own."""

    kind: str
    place: str
    text: str
    module: str = ""


def holes(found: CourseCover, around: Around) -> list[Hole]:
    """What a course lacks: first the course, then module by module."""
    of_modules = [
        replace(hole, module=module.module.code)
        for module in found.modules
        for hole in _of_module(module, found, around)
    ]
    return [*_of_course(found), *of_modules]


def strays(courses: Iterable[CourseCover], around: Around) -> list[Hole]:
    """What belongs to no course: lines of the blueprint and items whose objective no module has."""
    known = {one.code for course in courses for one in course.objectives}
    lines = [code for code in sorted(around.lines) if code not in known]
    items = [item for item in around.items if item.objective not in known]
    return [
        *(
            Hole("line", code, _("The blueprint asks for %(code)s, which no module has.") % {"code": code})
            for code in lines
        ),
        *(
            Hole(
                "item",
                one.code,
                _("%(item)s is about %(code)s, which no module has.") % {"item": one.code, "code": one.objective},
            )
            for one in items
        ),
    ]


def _of_course(found: CourseCover) -> Iterator[Hole]:
    code = found.course.code
    said = {"code": code}
    if not found.modules:
        yield Hole("modules", code, _("%(code)s has no module.") % said)
    if found.course.exam is None:
        yield Hole("exam", code, _("%(code)s has no exam.") % said)
    if {kind for kind, _form in found.course.tests} != {Quiz.Kind.PRE_TEST, Quiz.Kind.POST_TEST}:
        yield Hole("tests", code, _("%(code)s has no test before and after.") % said)


def _of_module(found: ModuleCover, course: CourseCover, around: Around) -> Iterator[Hole]:
    module, code = found.module, found.module.code
    said = {"code": code}
    if not module.lessons:
        yield Hole("lessons", code, _("%(code)s has no lesson.") % said)
    if not module.objectives:
        yield Hole("objectives", code, _("%(code)s has no objective.") % said)
    if not module.has_guide:
        yield Hole("guide", code, _("%(code)s has no facilitator guide.") % said)
    if not module.has_card:
        yield Hole("card", code, _("%(code)s has no pocket card.") % said)
    if not module.rubrics:
        yield Hole("practice", code, _("No practice of %(code)s is observed by a rubric.") % said)
    for rubric in module.rubrics:
        if rubric not in around.rubrics:
            text = _("%(code)s names the rubric %(rubric)s, which is not there.") % {"code": code, "rubric": rubric}
            yield Hole("rubric", code, text)
    yield from _of_lessons(found, around)
    for objective in found.objectives:
        yield from _of_objective(objective, found, course)


def _of_lessons(found: ModuleCover, around: Around) -> Iterator[Hole]:
    """What lessons and items name that is not there, or not shown."""
    module = found.module
    items = [item for item in around.items if item.objective in module.objectives]
    checks = {item.code for item in around.items if item.use == Item.Use.CHECK}
    asked = {code for lesson in module.lessons for code in lesson.checks}
    for lesson in module.lessons:
        for code in lesson.objectives:
            if code not in module.objectives:
                text = _("%(lesson)s names the objective %(code)s, which its module does not have.")
                yield Hole("objective", lesson.code, text % {"lesson": lesson.code, "code": code})
        for code in lesson.checks:
            if code not in checks:
                text = _("%(lesson)s asks %(item)s, which is not live as a check.")
                yield Hole("check_gone", lesson.code, text % {"lesson": lesson.code, "item": code})
    for item in items:
        if item.use == Item.Use.CHECK and item.code not in asked:
            text = _("%(item)s is a check that no lesson asks.") % {"item": item.code}
            yield Hole("check_unasked", item.code, text)
        for fact in item.facts:
            if around.facts.get(fact) is False:
                text = _("%(item)s rests on the fact %(fact)s, which is not shown yet.")
                yield Hole("fact_hidden", item.code, text % {"item": item.code, "fact": fact})
    users: list[Lesson | LiveItem] = [*module.lessons, *items]
    for one in users:
        for fact in one.facts:
            if fact not in around.facts:
                text = _("%(code)s uses the fact %(fact)s, which is not in the register.")
                yield Hole("fact_gone", one.code, text % {"code": one.code, "fact": fact})


def _of_objective(one: ObjectiveCover, module: ModuleCover, course: CourseCover) -> Iterator[Hole]:
    said: dict[str, Any] = {"code": one.code, "course": course.course.code}
    if not one.lessons:
        yield Hole("lesson", one.code, _("No lesson teaches %(code)s.") % said)
    if not one.checks:
        yield Hole("check", one.code, _("No lesson asks a check of %(code)s.") % said)
    if one.line is None:
        yield Hole("blueprint", one.code, _("The blueprint says nothing of %(code)s.") % said)
    elif one.have < one.line.bank:
        text = ngettext(
            "%(code)s has %(have)s exam question, %(wanted)s are asked.",
            "%(code)s has %(have)s exam questions, %(wanted)s are asked.",
            one.have,
        )
        yield Hole("bank", one.code, text % _counted(said, one.have, one.line.bank))
    if course.course.exam is not None:
        yield from _of_exam(one, said)
    if course.course.tests:
        yield from _of_tests(one, said)
    for rubric in RUBRIC.findall(one.line.kinds) if one.line else ():
        if rubric not in module.module.rubrics:
            text = _("The blueprint has %(code)s observed by %(rubric)s, and its module does not use that rubric.")
            yield Hole("practice", one.code, text % {**said, "rubric": rubric})


def _of_exam(one: ObjectiveCover, said: Mapping[str, Any]) -> Iterator[Hole]:
    if not one.asked:
        yield Hole("exam_asks", one.code, _("The exam of %(course)s does not ask %(code)s.") % said)
        return
    if one.line is not None and one.asked < one.line.form:
        text = _("Items that the exam asks of %(code)s: %(have)s. The blueprint says %(wanted)s.")
        yield Hole("exam_form", one.code, text % _counted(said, one.asked, one.line.form))
    if one.drawable < one.drawn:
        text = _("Items that the exam draws of %(code)s: %(wanted)s. The bank has %(have)s that it can draw.")
        yield Hole("exam_draw", one.code, text % _counted(said, one.drawable, one.drawn))


def _of_tests(one: ObjectiveCover, said: Mapping[str, Any]) -> Iterator[Hole]:
    for kind, silent, unequal in (
        (
            Quiz.Kind.PRE_TEST,
            _("The test before %(course)s does not ask %(code)s."),
            _("Items that the test before %(course)s asks of %(code)s: %(have)s in form A, %(wanted)s in form B."),
        ),
        (
            Quiz.Kind.POST_TEST,
            _("The test after %(course)s does not ask %(code)s."),
            _("Items that the test after %(course)s asks of %(code)s: %(have)s in form A, %(wanted)s in form B."),
        ),
    ):
        if (kind, "A") not in one.tests:
            continue
        first, second = one.tests[kind, "A"], one.tests[kind, "B"]
        if not first and not second:
            yield Hole("test_asks", one.code, silent % said)
        elif first != second:
            yield Hole("test_forms", one.code, unequal % _counted(said, first, second))


def _counted(said: Mapping[str, Any], have: int, wanted: int) -> dict[str, Any]:
    return {**said, "have": digits(have), "wanted": digits(wanted)}
