"""What is complete, what follows from it, what is locked and what comes next: pure functions."""

from dataclasses import dataclass
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue import CourseInfo, LessonInfo, ModuleInfo, Text
from courses.progress import course_progress, derived, modules_done


@dataclass
class Exam:
    """Stands for a quiz: that there is one."""


def key(code: str) -> UUID:
    """A key that is the same for a code."""
    return uuid5(NAMESPACE_OID, code)


def lesson(code: str, checks: int = 1) -> LessonInfo:
    return LessonInfo(key(code), 1, code, code.lower(), Text(code, "en"), 10, False, checks, None, 7)


def module(code, *lessons, required=True, audience=(), prerequisites=()) -> ModuleInfo:
    text = Text(code, "en")
    return ModuleInfo(
        key(code), 1, code, code.lower(), text, text, 20, required, frozenset(audience), tuple(prerequisites), {},
        lessons, False, 8,
    )  # fmt: skip


def course(*modules, exam=True, prerequisites=()) -> CourseInfo:
    text = Text("C9", "en")
    return CourseInfo(
        key("C9"), 1, "C9", "c9", text, text, 30, "1.0", frozenset(), tuple(prerequisites), 12,
        Exam() if exam else None, modules, False, 9,
    )  # fmt: skip


TWO = course(module("M01", lesson("L1"), lesson("L2", checks=0)), module("M02", lesson("L3")))


def met(*pairs):
    """Requirements met, as ("read", "L1")."""
    return {(requirement, key(code)) for requirement, code in pairs}


def follows(info, have, agency="immigration"):
    """What follows, as (requirement, code)."""
    return [(str(one[0]), one[2]) for one in derived(info, have, agency)]


L1, L2, L3 = met(("lesson", "L1")), met(("lesson", "L2")), met(("lesson", "L3"))
M1, M2, PASSED = met(("module", "M01")), met(("module", "M02")), met(("exam", "C9"))


@pytest.mark.parametrize(
    ("have", "expected"),
    [
        ([], []),
        ([("read", "L1")], []),
        ([("checks", "L1")], []),
        ([("read", "L1"), ("checks", "L1")], [("lesson", "L1")]),
        ([("read", "L2")], [("lesson", "L2")]),
        ([("checks", "L2")], []),
    ],
)
def test_a_lesson_is_complete_when_read_and_its_checks_are_answered(have, expected):
    assert follows(TWO, met(*have)) == expected


def test_a_module_is_complete_with_its_last_lesson():
    assert follows(TWO, L1) == []
    assert follows(TWO, L1 | L2) == [("module", "M01")]


def test_one_act_can_complete_lesson_module_and_course():
    info = course(module("M01", lesson("L1")), exam=False)
    have = met(("read", "L1"), ("checks", "L1"))
    assert follows(info, have) == [("lesson", "L1"), ("module", "M01"), ("course", "C9")]


@pytest.mark.parametrize(
    ("have", "done"),
    [(M1 | M2 | PASSED, True), (M1 | M2, False), (M1 | PASSED, False), (PASSED, False)],
)
def test_a_course_is_complete_with_its_required_modules_and_its_exam(have, done):
    assert (("course", "C9") in follows(TWO, have)) is done


def test_a_course_without_exam_is_complete_with_its_modules():
    info = course(module("M01", lesson("L1")), exam=False)
    assert follows(info, L1 | M1) == [("course", "C9")]


@pytest.mark.parametrize("info", [course(), course(exam=False)])
def test_a_course_without_modules_is_never_complete(info):
    assert follows(info, PASSED) == []


def test_a_module_without_lessons_is_never_complete():
    assert follows(course(module("M01"), exam=False), set()) == []


@pytest.mark.parametrize(("agency", "needs"), [("police", True), ("immigration", False), ("", True)])
def test_a_module_is_required_of_the_agencies_that_it_names(agency, needs):
    info = course(module("M01", lesson("L1")), module("M02", lesson("L3"), audience=["police"]))
    assert modules_done(info, M1, agency) is not needs
    assert (("course", "C9") in follows(info, M1 | PASSED, agency)) is not needs


def test_an_optional_module_is_not_needed():
    info = course(module("M01", lesson("L1")), module("M02", lesson("L3"), required=False))
    assert follows(info, M1 | PASSED) == [("course", "C9")]


def test_what_was_met_stays_met_when_a_lesson_is_added():
    before = L1 | L2 | M1 | M2 | PASSED | met(("course", "C9"), ("lesson", "L3"))
    grown = course(module("M01", lesson("L1"), lesson("L2", checks=0), lesson("L9")), module("M02", lesson("L3")))
    progress = course_progress(grown, before, "immigration", set())
    assert follows(grown, before) == []
    assert ([m.is_done for m in progress.modules], progress.is_done, progress.exam) == ([True, True], True, "passed")


def test_what_is_stored_names_the_revision_it_was_met_under():
    have = met(("read", "L1"), ("checks", "L1"), ("lesson", "L2"))
    assert derived(TWO, have, "") == [("lesson", key("L1"), "L1", 7), ("module", key("M01"), "M01", 8)]


CODES = st.sampled_from(
    [(r, c) for c in ("L1", "L2", "L3") for r in ("read", "checks", "lesson")]
    + [("module", "M01"), ("module", "M02"), ("exam", "C9"), ("course", "C9")]
)


@given(st.sets(CODES))
def test_nothing_follows_twice(pairs):
    have = met(*pairs)
    new = {(one[0], one[1]) for one in derived(TWO, have, "")}
    assert new & have == set()
    assert derived(TWO, have | new, "") == []


@given(st.sets(CODES), st.sets(CODES))
def test_doing_more_never_makes_less_complete(pairs, more):
    def complete(have):
        return have | {(one[0], one[1]) for one in derived(TWO, have, "")}

    assert complete(met(*pairs)) <= complete(met(*pairs, *more))


# --- What a page shows -------------------------------------------------------------------------------------------------


def shown(info, have=frozenset(), *, agency="immigration", done=()):
    return course_progress(info, set(have), agency, set(done))


@pytest.mark.parametrize(
    ("have", "state"),
    [(set(), "locked"), (M1, "locked"), (M1 | M2, "ready"), (M1 | M2 | PASSED, "passed")],
)
def test_the_exam_opens_with_the_last_required_module(have, state):
    assert shown(TWO, have).exam == state


def test_a_course_without_exam_shows_none():
    assert shown(course(module("M01", lesson("L1")), exam=False), M1).exam == "none"


def test_a_course_waits_for_its_prerequisites_and_so_does_its_exam():
    info = course(module("M01", lesson("L1")), prerequisites=["C1", "C2"])
    progress = shown(info, M1, done=["C1"])
    assert (progress.missing, progress.exam, progress.next_lesson) == (["C2"], "locked", None)
    assert shown(info, M1, done=["C1", "C2"]).exam == "ready"


def test_what_a_course_waits_for_its_modules_do_not_repeat():
    info = course(module("M01", lesson("L1"), prerequisites=["C1", "M00"]), prerequisites=["C1"])
    progress = shown(info, done=["M00"])
    assert (progress.missing, progress.modules[0].missing, progress.next_lesson) == (["C1"], [], None)
    assert shown(info, done=["C1"]).modules[0].missing == ["M00"]


def test_a_module_waits_for_its_prerequisites_and_the_others_go_on():
    info = course(module("M01", lesson("L1"), prerequisites=["M02"]), module("M02", lesson("L3")))
    progress = shown(info)
    assert [m.missing for m in progress.modules] == [["M02"], []]
    assert progress.next_lesson[1].info.code == "L3"
    assert shown(info, L3 | M2, done=["M02"]).next_lesson[1].info.code == "L1"


def test_the_next_lesson_is_the_first_one_open_of_a_required_module():
    info = course(module("M00", lesson("L0"), required=False), module("M01", lesson("L1"), lesson("L2")))
    assert shown(info).next_lesson[1].info.code == "L1"
    assert shown(info, L1).next_lesson[1].info.code == "L2"
    assert shown(info, L1 | L2).next_lesson[1].info.code == "L0"
    assert shown(info, L1 | L2 | met(("lesson", "L0"))).next_lesson is None


def test_lessons_are_counted_in_required_modules_only():
    info = course(module("M01", lesson("L1"), lesson("L2")), module("M02", lesson("L3"), audience=["police"]))
    progress = shown(info, L1 | L3)
    assert (progress.done_count, progress.lesson_count) == (1, 2)
