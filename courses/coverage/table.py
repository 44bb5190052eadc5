"""Objectives as a table for a spreadsheet."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from core.tables import write_xlsx
from courses.catalogue import Catalogue
from courses.coverage.grid import CourseCover, ModuleCover, ObjectiveCover
from courses.coverage.holes import Hole
from courses.coverage.reading import FORMS, TESTS

ASKED: Final = tuple((kind, form) for kind in TESTS for form in FORMS)
HEADINGS: Final = (
    "သင်တန်း / Course", "သင်ခန်းစာအုပ်စု / Module", "ရည်ရွယ်ချက် / Objective", "စာသား / Text", "သင်ပေးသော သင်ခန်းစာ / Lessons that teach it",
    "စစ်ဆေးမေးခွန်း / Checks", "စာမေးပွဲမေးခွန်း / Exam items", "အမျိုးအစားအလိုက် / By kind", "လိုအပ်ချက် / Asked by the blueprint", "စာမေးပွဲတွင် / In the exam",
    "သင်တန်းမတိုင်မီ A / Before A", "သင်တန်းမတိုင်မီ B / Before B", "သင်တန်းအပြီး A / After A", "သင်တန်းအပြီး B / After B",
    "လေ့ကျင့်မှု လေ့လာရန် လိုသည် / Practice that has to be observed", "လမ်းညွှန်၏ အကဲဖြတ်ဇယား / Rubric of the guide", "မပြရသေးသော အချက်အလက် / Facts not shown", "လိုအပ်နေသည် / Missing",
)  # fmt: skip


def table(covers: Iterable[CourseCover], holes: Mapping[str, list[Hole]], known: Catalogue) -> bytes:
    """XLSX: an objective a line. holes: by code of the course; known: in the language of the texts."""
    rows = [
        _line(one, module, course, [hole.text for hole in holes[course.course.code] if hole.place == one.code], known)
        for course in covers
        for module in course.modules
        for one in module.objectives
    ]
    return write_xlsx(HEADINGS, rows)


def _line(
    one: ObjectiveCover, module: ModuleCover, course: CourseCover, missing: list[str], known: Catalogue
) -> list[Any]:
    return [
        course.course.code,
        module.module.code,
        one.code,
        str(known.objectives.get(one.code, "")),
        " ".join(one.lessons),
        len(one.checks),
        one.have,
        ", ".join(f"{kind} {len(codes)}" for kind, codes in one.exam.items()),
        one.line.bank if one.line else None,
        one.asked,
        *(one.tests.get(form) for form in ASKED),
        module.module.observed,
        module.module.rubric,
        " ".join(one.hidden),
        " ".join(missing),
    ]
