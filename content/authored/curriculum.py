"""Modules, courses, and the curriculum as a whole."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from content.authored.cards import read_card
from content.authored.competencies import read_competencies
from content.authored.glossary import read_glossary
from content.authored.guides import read_guide
from content.authored.items import read_blueprint, read_items
from content.authored.lessons import read_lesson
from content.authored.messages import doubts, read_translations
from content.authored.outside import read_outside
from content.authored.reading import Problem, Reader
from content.authored.rubrics import read_rubrics
from content.authored.shapes import (
    CheckReference,
    Course,
    Curriculum,
    Exam,
    Fact,
    FactReference,
    KeyPoint,
    Module,
    Objective,
    Section,
    Source,
    Tests,
    fold,
)
from content.authored.terms import terms_of

AGENCIES = ("immigration", "police", "social_welfare")
FLAGS = ("L", "S", "P", "T")
MARKED_BY_PEOPLE = ("written", "pictures")  # which are asked where they are named, and never drawn


def read_module(reader: Reader, folder: Path) -> Module | None:
    file = folder / "module.yaml"
    spec = {
        "code": (re.compile(r"M\d\d"), ...),
        "title": (str, ...),
        "summary": (str, ...),
        "minutes": (int, ...),
        "roles": ([AGENCIES], ...),
        "competencies": ([re.compile(r"[A-Z]{3}\d")], ...),
        "objectives": (list, ...),
        "lessons": ([str], ...),
        "prerequisites": ([re.compile(r"[CM]\d+")], []),
        "observed": (re.compile(r"R\d"), ""),
    }
    values = reader.fields(reader.yaml(file), spec, file=file)
    objectives = [
        reader.fields(node, {"code": (re.compile(r"M\d\d\.O\d"), ...), "text": (str, ...)}, file=file)
        for node in values["objectives"] or []
    ]
    lessons = [read_lesson(reader, folder / name) for name in values["lessons"] or []]
    unlisted = {path.name for path in folder.glob("*.md")} - set(values["lessons"] or [])
    for name in sorted(unlisted):
        reader.problem(folder / name, 1, "is not listed in module.yaml")
    items = read_items(reader, folder / "items.yaml")
    guide = read_guide(reader, folder / "guide.yaml")
    card = read_card(reader, folder / "card.yaml")
    if None in values.values() or None in lessons:
        return None
    values["summary"] = fold(values["summary"])
    module = Module(
        **{
            **values,
            "objectives": [Objective(o["code"], fold(o["text"] or "")) for o in objectives],
            "lessons": lessons,
        },
        items=items,
        folder=folder,
        guide=guide,
        card=card,
    )
    _check_module(reader, module)
    return module


def _check_module(reader: Reader, module: Module) -> None:
    """Everything named inside a module exists in it, and every check item is asked exactly once."""
    codes = {objective.code for objective in module.objectives}
    items = {item.code: item for item in module.items}
    asked: list[str] = []
    lesson_codes: set[str] = set()
    for lesson in module.lessons:
        if lesson.code in lesson_codes:
            reader.problem(lesson.file, 2, f"the code {lesson.code} stands twice")
        lesson_codes.add(lesson.code)
        if not lesson.code.startswith(f"{module.code}."):
            reader.problem(lesson.file, 2, f"the code {lesson.code} does not belong to {module.code}")
        for code in set(lesson.objectives) - codes:
            reader.problem(lesson.file, 2, f"the objective {code} is not one of {module.code}")
        for block in lesson.blocks:
            if isinstance(block, CheckReference):
                asked.append(block.item)
                if block.item not in items or items[block.item].use != "check":
                    reader.problem(lesson.file, block.line, f"{block.item} is not a check item of {module.code}")
    for item in module.items:
        if item.objective not in codes:
            reader.problem(
                module.folder / "items.yaml", item.line, f"{item.code}: {item.objective} is no objective here"
            )
        if item.use == "check" and asked.count(item.code) != 1:
            times = asked.count(item.code)
            reader.problem(
                module.folder / "items.yaml", item.line, f"{item.code} is asked {times} times in the lessons"
            )


def _read_course(reader: Reader, folder: Path) -> Course | None:
    file = folder / "course.yaml"
    spec = {
        "code": (re.compile(r"C\d"), ...),
        "title": (str, ...),
        "summary": (str, ...),
        "minutes": (int, ...),
        "version": (str, ...),
        "valid_months": (int, 0),
        "roles": ([AGENCIES], ...),
        "prerequisites": ([re.compile(r"[CM]\d+")], []),
        "modules": ([re.compile(r"M\d\d")], ...),
        "exam": (dict, {}),
        "tests": (dict, {}),
    }
    values = reader.fields(reader.yaml(file), spec, file=file)
    modules = [read_module(reader, folder / code) for code in values["modules"] or []]
    if None in values.values() or None in modules:
        return None
    known = [m for m in modules if m]
    exam = _read_exam(reader, file, values["exam"], known) if values["exam"] else None
    tests = _read_tests(reader, file, values["tests"], known) if values["tests"] else None
    values["summary"] = fold(values["summary"])
    values["valid_months"] = values["valid_months"] or None
    return Course(**{**values, "modules": modules, "exam": exam, "tests": tests}, folder=folder)


def _read_exam(reader: Reader, file: Path, node: Any, modules: list[Module]) -> Exam | None:
    spec = {
        "cut_score": (float, ...),
        "minutes": (int, ...),
        "attempts": (int, ...),
        "retry_hours": (int, 0),
        "sections": (list, ...),
    }
    section_spec = {"objective": (re.compile(r"M\d\d\.O\d"), ...), "count": (int, ...), "cut_score": (float, 0.0)}
    values = reader.fields(node, spec, file=file)
    sections = []
    for one in values["sections"] or []:
        section = reader.fields(one, section_spec, file=file, line=node.line)
        if None in section.values():
            continue
        exam = [i for m in modules for i in m.items if i.use == "exam" and i.kind not in MARKED_BY_PEOPLE]
        bank = [item for item in exam if item.objective == section["objective"]]
        if len(bank) < section["count"]:
            reader.problem(
                file, one.line, f"{section['objective']} draws {section['count']} items, the bank has {len(bank)}"
            )
        sections.append(Section(section["objective"], section["count"], section["cut_score"] or None))
    if None in values.values():
        return None
    return Exam(**{**values, "sections": sections})


def _read_tests(reader: Reader, file: Path, node: Any, modules: list[Module]) -> Tests | None:
    """Two forms that ask as much of every objective, and no item twice."""
    values = reader.fields(node, {"minutes": (int, ...), "forms": (dict, ...)}, file=file)
    if None in values.values():
        return None
    code = re.compile(r"[A-Z]+-M\d\d\.O\d-[A-Z0-9]+")
    forms = reader.fields(values["forms"], {"A": ([code], ...), "B": ([code], ...)}, file=file)
    if None in forms.values():
        return None
    objectives = {item.code: item.objective for module in modules for item in module.items if item.use == "exam"}
    both = forms["A"] + forms["B"]
    for one in both:
        if one not in objectives:
            reader.problem(file, node.line, f"{one} is no exam item of the course")
        if both.count(one) > 1:
            reader.problem(file, node.line, f"{one} stands twice in the tests")
    asked = [Counter(objectives.get(one) for one in forms[form]) for form in ("A", "B")]
    if asked[0] != asked[1]:
        reader.problem(file, node.line, "the forms A and B do not ask the same number of items of every objective")
    return Tests(values["minutes"], forms)


def _read_library(reader: Reader, root: Path) -> tuple[dict[str, Source], dict[str, Fact]]:
    source_spec = {
        "code": (re.compile(r"S\d{2,3}"), ...),
        "title": (str, ...),
        "publisher": (str, ""),
        "year": (int, 0),
        "url": (str, ""),
    }
    fact_spec = {
        "id": (re.compile(r"[A-Z]\d+"), ...),
        "text": (str, ...),
        "sources": ([str], []),
        "confidence": (("A", "B", "C", "A/B", "A/C", "B/A"), ...),
        "flags": ([FLAGS], []),
        "jurisdiction": (str, ...),
        "checked_on": (date, ""),
        "status": (("draft", "approved", "withdrawn"), "draft"),
        "kind": (("statement", "provision", "body", "telephone"), "statement"),
        "recheck_on": (date, ""),
        "title": (str, ""),
        "valid_from": (date, ""),
        "telephone": (str, ""),
        "owner": (str, ""),
    }
    sources, facts = {}, {}
    for node in reader.listed(root / "sources.yaml"):
        values = reader.fields(node, source_spec, file=root / "sources.yaml")
        if None not in values.values():
            sources[values["code"]] = Source(**{**values, "year": values["year"] or None})
    for node in reader.listed(root / "facts.yaml"):
        values = reader.fields(node, fact_spec, file=root / "facts.yaml")
        if None not in values.values():
            days = {name: values[name] or None for name in ("checked_on", "recheck_on", "valid_from")}
            if days["recheck_on"] and not (days["checked_on"] and days["checked_on"] < days["recheck_on"]):
                text = f"{values['id']}: 'recheck_on' should be a day after 'checked_on'"
                reader.problem(root / "facts.yaml", node.lines["recheck_on"], text)
            is_number = values["kind"] == "telephone"
            if bool(values["telephone"]) is not is_number or (is_number and not values["owner"]):
                text = (
                    f"{values['id']}: 'telephone' and 'owner' belong to a fact of the kind telephone, which needs both"
                )
                reader.problem(root / "facts.yaml", node.line, text)
            texts = {name: fold(values[name]) for name in ("title", "text")}
            facts[values["id"]] = Fact(**{**values, **days, **texts})
            for code in set(values["sources"]) - sources.keys():
                reader.problem(
                    root / "facts.yaml", node.line, f"{values['id']}: the source {code} is not in sources.yaml"
                )
    return sources, facts


def read_curriculum(root: Path, *, language: str = "my") -> Curriculum:
    """Everything under `root`, checked as a whole. Raises AuthoredError naming file and line of each problem."""
    reader = Reader()
    sources, facts = _read_library(reader, root)
    terms = read_glossary(reader, root / "glossary.yaml", sources)
    blueprint = read_blueprint(reader, root / "blueprint.yaml")
    rubrics = read_rubrics(reader, root / "rubrics.yaml")
    competencies = read_competencies(reader, root / "competencies.yaml")
    courses = [_read_course(reader, file.parent) for file in sorted(root.glob("C*/course.yaml"))]
    translations = read_translations(reader, root, language=language)
    read = [course for course in courses if course]
    objectives = {one.code for course in read for module in course.modules for one in module.objectives}
    outside = read_outside(reader, root / "outside.yaml", sources, objectives)
    for course in read:
        for module in course.modules:
            if module.observed and module.observed not in rubrics:
                reader.problem(module.folder / "module.yaml", 1, f"the rubric {module.observed} is not in rubrics.yaml")
            if module.guide and module.guide.rubric and module.guide.rubric not in rubrics:
                file = module.folder / "guide.yaml"
                reader.problem(file, 1, f"the rubric {module.guide.rubric} is not in rubrics.yaml")
            _check_references(reader, module, sources, facts)
    reader.finish()
    return Curriculum(read, sources, facts, terms, blueprint, rubrics, competencies, outside, {language: translations})


def curriculum_doubts(root: Path, curriculum: Curriculum, *, language: str = "my") -> list[Problem]:
    """What a translator should look at again in the files of a valid curriculum, by file and line."""
    terms = terms_of(curriculum.terms.values())
    return [one for file in sorted(root.rglob(f"*{language}.po")) for one in doubts(file, terms)]


def _check_references(reader: Reader, module: Module, sources: dict[str, Source], facts: dict[str, Fact]) -> None:
    for lesson in module.lessons:
        for block in lesson.blocks:
            if isinstance(block, KeyPoint) and block.source not in sources:
                reader.problem(lesson.file, block.line, f"the source {block.source} is not in sources.yaml")
            if isinstance(block, FactReference) and block.id not in facts:
                reader.problem(lesson.file, block.line, f"the fact {block.id} is not in facts.yaml")
    for item in module.items:
        for code in set(item.facts) - facts.keys():
            reader.problem(
                module.folder / "items.yaml", item.line, f"{item.code}: the fact {code} is not in facts.yaml"
            )
        for code in set(item.sources) - sources.keys():
            reader.problem(
                module.folder / "items.yaml", item.line, f"{item.code}: the source {code} is not in sources.yaml"
            )
