"""Reads the authored curriculum (docs/curriculum-format.md) into plain objects.

Pure functions; imports no Django, so that an author can check a folder with
`python -m content.authored check content/curriculum/C1/M01` and refresh its translation file with `… messages …`.
"""

from content.authored.curriculum import read_curriculum, read_module
from content.authored.items import item_problems
from content.authored.messages import course_segments, module_segments, read_po, update_po
from content.authored.reading import AuthoredError, Problem, Reader
from content.authored.shapes import (
    Block,
    Case,
    CheckReference,
    Course,
    Criterion,
    Curriculum,
    Element,
    Exam,
    Fact,
    FactReference,
    Figure,
    Item,
    KeyPoint,
    Lesson,
    Module,
    Objective,
    Option,
    Prose,
    Rubric,
    Section,
    Source,
    Term,
    Tests,
    fold,
    inline_html,
)

__all__ = [
    "AuthoredError",
    "Block",
    "Case",
    "CheckReference",
    "Course",
    "Criterion",
    "Curriculum",
    "Element",
    "Exam",
    "Fact",
    "FactReference",
    "Figure",
    "Item",
    "KeyPoint",
    "Lesson",
    "Module",
    "Objective",
    "Option",
    "Problem",
    "Prose",
    "Reader",
    "Rubric",
    "Section",
    "Source",
    "Term",
    "Tests",
    "course_segments",
    "fold",
    "inline_html",
    "item_problems",
    "module_segments",
    "read_curriculum",
    "read_module",
    "read_po",
    "update_po",
]
