"""Reads the authored curriculum (docs/curriculum-format.md) into plain objects.

Pure functions; imports no Django, so that an author can check a folder with
`python -m content.authored check content/curriculum/C1/M01` and refresh its translation file with `… messages …`.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polib
import yaml
from markdown_it import MarkdownIt

from content import drawing

AGENCIES = ("immigration", "police", "social_welfare")
BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
KINDS = ("single", "multiple", "truefalse")
USES = ("exam", "check")
FLAGS = ("L", "S", "P", "T")


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place of an authored file."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class AuthoredError(ValueError):
    """The authored files are not as the format asks; `problems` lists every one with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


# --- YAML that remembers its lines ---------------------------------------------------------------------------------


class Mapping(dict[str, Any]):
    """A YAML mapping that knows the line of itself and of each key (1-based)."""

    line: int
    lines: dict[str, int]


class _Loader(yaml.SafeLoader):
    pass


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Mapping:
    loader.flatten_mapping(node)
    result = Mapping()
    result.line = node.start_mark.line + 1
    result.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise yaml.MarkedYAMLError(problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = key_node.start_mark.line + 1
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class Reader:
    """Reads files and gathers problems instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, file: Path, line: int, text: str) -> None:
        self.problems.append(Problem(file, line, text))

    def finish(self) -> None:
        if self.problems:
            raise AuthoredError(sorted(set(self.problems), key=lambda p: (str(p.file), p.line)))

    def text(self, file: Path) -> str:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.problem(file, 1, f"cannot be read: {error}")
            return ""

    def yaml(self, file: Path, *, text: str | None = None, first_line: int = 1) -> Any:
        try:
            loaded = yaml.load(self.text(file) if text is None else text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = (mark.line if mark else 0) + first_line
            self.problem(file, line, f"is not valid YAML: {getattr(error, 'problem', None) or error}")
            return None
        return loaded

    def listed(self, file: Path) -> list[Any]:
        """The entries of a file that holds a list; an empty file holds none."""
        nodes = self.yaml(file)
        if not isinstance(nodes, list | None):
            self.problem(file, 1, "should be a list")
            return []
        return nodes or []

    def fields(self, node: Any, spec: dict[str, Any], *, file: Path, line: int = 1, offset: int = 0) -> dict[str, Any]:
        """The values of a mapping that `spec` describes, with a problem for each that is missing, unknown or misshapen.

        spec: name -> (check, default); a check is a type, a compiled pattern, a tuple of allowed values, or a
        one-element list of one of these; a default of `...` means required.
        """
        if not isinstance(node, Mapping):
            self.problem(file, line, f"here should stand a mapping with {', '.join(spec)}")
            return dict.fromkeys(spec)
        for name in node:
            if name not in spec:
                self.problem(
                    file, node.lines[name] + offset, f"{name!r} is not a known key; known are {', '.join(spec)}"
                )
        values = {}
        for name, (check, default) in spec.items():
            if name not in node:
                if default is ...:
                    self.problem(file, node.line + offset, f"{name!r} is missing")
                values[name] = None if default is ... else default
                continue
            values[name] = node[name]
            wrong = _wrong(node[name], check)
            if wrong:
                self.problem(file, node.lines[name] + offset, f"{name!r} {wrong}")
                values[name] = None
        return values


def _wrong(value: Any, check: Any) -> str:
    """What is wrong with a value, or an empty string."""
    if isinstance(check, list):
        if not isinstance(value, list):
            return "should be a list"
        return next(filter(None, (_wrong(one, check[0]) for one in value)), "")
    if isinstance(check, tuple):
        return "" if value in check else f"is {value!r}; allowed are {', '.join(map(str, check))}"
    if isinstance(check, re.Pattern):
        return (
            "" if isinstance(value, str) and check.fullmatch(value) else f"is {value!r}; expected like {check.pattern}"
        )
    if check is float and isinstance(value, int) and not isinstance(value, bool):
        return ""
    if not isinstance(value, check) or (check is int and isinstance(value, bool)):
        return f"is {value!r}; expected {check.__name__}"
    if check is str and not value.strip():
        return "is empty"
    return ""


# --- Text ----------------------------------------------------------------------------------------------------------

_MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "emphasis"])


def fold(text: str) -> str:
    """White space folded to single spaces: the form in which a segment is translated."""
    return " ".join(text.split())


def inline_html(text: str) -> str:
    """One segment as the inline HTML of Wagtail's rich text."""
    html: str = _MARKDOWN.renderInline(text)
    for ours, theirs in (("strong", "b"), ("em", "i")):
        html = html.replace(f"<{ours}>", f"<{theirs}>").replace(f"</{ours}>", f"</{theirs}>")
    return html


@dataclass(frozen=True)
class Element:
    """A heading, paragraph or list. tag: h2, h3, p, ul or ol; texts: one segment, or one per list item."""

    tag: str
    texts: list[str]
    line: int

    def html(self) -> str:
        if self.tag in ("ul", "ol"):
            items = "".join(f"<li>{inline_html(text)}</li>" for text in self.texts)
            return f"<{self.tag}>{items}</{self.tag}>"
        return f"<{self.tag}>{inline_html(self.texts[0])}</{self.tag}>"


@dataclass(frozen=True)
class Prose:
    """Running text."""

    elements: list[Element]

    def html(self) -> str:
        return "".join(element.html() for element in self.elements)


@dataclass(frozen=True)
class KeyPoint:
    """One rule to remember, with its source by code."""

    text: str
    source: str
    place: str
    line: int


@dataclass(frozen=True)
class Case:
    """A short fictional case."""

    title: str
    elements: list[Element]
    line: int

    def html(self) -> str:
        return "".join(element.html() for element in self.elements)


@dataclass(frozen=True)
class Figure:
    """A drawing with its text alternative, caption and labels in document order."""

    file: str
    svg: str
    alt: str
    caption: str
    labels: list[str]
    line: int


@dataclass(frozen=True)
class FactReference:
    """The place of a fact of facts.yaml."""

    id: str
    line: int


@dataclass(frozen=True)
class CheckReference:
    """The place of an item asked inside the lesson."""

    item: str
    line: int


Block = Prose | KeyPoint | Case | Figure | FactReference | CheckReference


@dataclass(frozen=True)
class Lesson:
    code: str
    slug: str
    title: str
    minutes: int
    objectives: list[str]
    blocks: list[Block]
    file: Path


@dataclass(frozen=True)
class Option:
    id: str
    text: str
    correct: bool
    rationale: str


@dataclass(frozen=True)
class Item:
    """One question of the bank, as authored."""

    code: str
    objective: str
    competency: str
    bloom: str
    difficulty: int
    kind: str
    use: str
    facts: list[str]
    sources: list[str]
    stem: list[str]
    options: list[Option]
    feedback: str
    line: int


@dataclass(frozen=True)
class Objective:
    code: str
    text: str


@dataclass(frozen=True)
class Module:
    code: str
    title: str
    summary: str
    minutes: int
    roles: list[str]
    competencies: list[str]
    objectives: list[Objective]
    lessons: list[Lesson]
    items: list[Item]
    folder: Path
    prerequisites: list[str]


@dataclass(frozen=True)
class Section:
    """A draw of `count` exam items on one objective; `cut_score` makes the objective critical."""

    objective: str
    count: int
    cut_score: float | None


@dataclass(frozen=True)
class Exam:
    cut_score: float
    minutes: int
    attempts: int
    retry_hours: int
    sections: list[Section]


@dataclass(frozen=True)
class Course:
    code: str
    title: str
    summary: str
    minutes: int
    roles: list[str]
    prerequisites: list[str]
    modules: list[Module]
    exam: Exam | None
    version: str
    valid_months: int | None
    folder: Path


@dataclass(frozen=True)
class Source:
    code: str
    title: str
    publisher: str
    year: int | None
    url: str


@dataclass(frozen=True)
class Fact:
    id: str
    text: str
    sources: list[str]
    confidence: str
    flags: list[str]
    jurisdiction: str
    checked_on: str
    status: str


@dataclass(frozen=True)
class Curriculum:
    courses: list[Course]
    sources: dict[str, Source]
    facts: dict[str, Fact]
    translations: dict[str, dict[str, str]] = field(default_factory=dict)  # language -> English segment -> translation


# --- Lessons -------------------------------------------------------------------------------------------------------

_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_OPEN = re.compile(r":::\s*(\w+)\s*(.*)")
_ATTRIBUTE = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))\s*')
_DIRECTIVES = {  # name -> attributes it must have, may have
    "keypoint": ({"source"}, {"place"}),
    "case": ({"title"}, set()),
    "figure": ({"file"}, set()),
    "fact": ({"id"}, set()),
    "check": ({"item"}, set()),
}


def _elements(reader: Reader, file: Path, lines: list[str], first: int) -> list[Element]:
    """Markdown lines as elements; `first` is the number of the first line in the file."""
    elements: list[Element] = []
    tokens = _MARKDOWN.parse("\n".join(lines))
    texts: list[str] = []
    stack: list[str] = []
    tag = "p"
    for token in tokens:
        line = first + (token.map[0] if token.map else 0)
        if token.type.endswith("_list_open"):
            if stack:
                reader.problem(file, line, "a list inside a list is not allowed")
            stack.append(token.tag)
            texts, list_line = [], line
        elif token.type.endswith("_list_close"):
            elements.append(Element(stack.pop(), texts, list_line))
        elif token.type == "heading_open" and token.tag not in ("h2", "h3"):
            reader.problem(file, line, f"only ## and ### headings are allowed, not {token.markup}")
        elif token.type == "inline":
            if re.search(r"<[a-zA-Z/!]|!\[|\]\(|^\|", token.content):
                reader.problem(file, line, "raw HTML, links, images and tables are not allowed")
            if stack:
                texts.append(fold(token.content))
            else:
                elements.append(Element(tag, [fold(token.content)], line))
        tag = token.tag  # an inline token follows the opening of its heading or paragraph
    return elements


def _read_lesson(reader: Reader, file: Path) -> Lesson | None:
    text = reader.text(file)
    head = _HEAD.match(text)
    if not head:
        reader.problem(file, 1, "should begin with a YAML head between two lines of ---")
        return None
    spec = {
        "code": (re.compile(r"M\d\d\.L\d+"), ...),
        "title": (str, ...),
        "minutes": (int, ...),
        "objectives": ([re.compile(r"M\d\d\.O\d")], ...),
    }
    values = reader.fields(reader.yaml(file, text=head[1], first_line=2), spec, file=file, offset=1)
    name = re.fullmatch(r"\d+-([a-z0-9]+(?:-[a-z0-9]+)*)\.md", file.name)
    if not name:
        reader.problem(file, 1, "the file's name should be like 1-mixed-movements.md")
    first = head[0].count("\n") + 1
    blocks = _read_blocks(reader, file, text[head.end() :].split("\n"), first)
    if None in values.values() or not name:
        return None
    return Lesson(slug=name[1], blocks=blocks, file=file, **values)


def _read_blocks(reader: Reader, file: Path, lines: list[str], first: int) -> list[Block]:
    blocks: list[Block] = []
    prose: list[str] = []
    start = first
    number = 0
    while number < len(lines):
        opened = _OPEN.match(lines[number])
        if not opened:
            if lines[number].strip() == ":::":
                reader.problem(file, first + number, "::: closes nothing here")
            prose.append(lines[number])
            number += 1
            continue
        if elements := _elements(reader, file, prose, start):
            blocks.append(Prose(elements))
        line = first + number
        body: list[str] = []
        number += 1
        while number < len(lines) and lines[number].strip() != ":::":
            body.append(lines[number])
            number += 1
        if number == len(lines):
            reader.problem(file, line, f"::: {opened[1]} is never closed by :::")
        number += 1
        prose, start = [], first + number
        block = _directive(reader, file, line, opened[1], opened[2], body)
        if block:
            blocks.append(block)
    if elements := _elements(reader, file, prose, start):
        blocks.append(Prose(elements))
    return blocks


def _directive(reader: Reader, file: Path, line: int, name: str, rest: str, body: list[str]) -> Block | None:
    if name not in _DIRECTIVES:
        reader.problem(file, line, f"::: {name} is not known; known are {', '.join(_DIRECTIVES)}")
        return None
    attributes = {m[1]: m[2] if m[2] is not None else m[3] for m in _ATTRIBUTE.finditer(rest)}
    must, may = _DIRECTIVES[name]
    if missing := must - attributes.keys():
        reader.problem(file, line, f"::: {name} needs {', '.join(sorted(missing))}")
        return None
    if unknown := attributes.keys() - must - may:
        reader.problem(file, line, f"::: {name} does not know {', '.join(sorted(unknown))}")
    match name:
        case "keypoint":
            text = fold("\n".join(body))
            if not text:
                reader.problem(file, line, "the key point is empty")
            return KeyPoint(text, attributes["source"], attributes.get("place", ""), line)
        case "case":
            return Case(attributes["title"], _elements(reader, file, body, line + 1), line)
        case "fact":
            return FactReference(attributes["id"], line)
        case "check":
            return CheckReference(attributes["item"], line)
    return _figure(reader, file, line, attributes["file"], body)


def _figure(reader: Reader, file: Path, line: int, name: str, body: list[str]) -> Figure | None:
    values = dict.fromkeys(("alt", "caption"), "")
    for text in filter(str.strip, body):
        key, _, value = text.partition(":")
        if key.strip() not in values:
            reader.problem(file, line, f"a figure has the lines alt: and caption:, not {text!r}")
        else:
            values[key.strip()] = fold(value)
    for key, value in values.items():
        if not value:
            reader.problem(file, line, f"the figure has no {key}")
    path = file.parent / "figures" / name
    if not path.is_file():
        reader.problem(file, line, f"figures/{name} does not exist")
        return None
    svg = reader.text(path)
    try:
        words = drawing.labels(svg)
    except drawing.DrawingError as error:
        reader.problem(path, 1, str(error))
        return None
    return Figure(name, svg, values["alt"], values["caption"], words, line)


# --- Items ---------------------------------------------------------------------------------------------------------


def _read_items(reader: Reader, file: Path) -> list[Item]:
    nodes = reader.yaml(file)
    if not isinstance(nodes, list):
        reader.problem(file, 1, "should be a list of items")
        return []
    spec = {
        "code": (re.compile(r"[A-Z]{3}-M\d\d\.O\d-[A-Z]?\d{2,3}"), ...),
        "objective": (re.compile(r"M\d\d\.O\d"), ...),
        "competency": (re.compile(r"[A-Z]{3}\d"), ...),
        "bloom": (BLOOM, ...),
        "difficulty": ((1, 2, 3, 4, 5), ...),
        "kind": (KINDS, ...),
        "use": (USES, ...),
        "facts": ([str], []),
        "sources": ([str], []),
        "stem": (str, ...),
        "options": (list, ...),
        "feedback": (str, ""),
    }
    option_spec = {
        "id": (re.compile(r"[a-z]+"), ...),
        "text": (str, ...),
        "correct": (bool, ...),
        "rationale": (str, ...),
    }
    items: list[Item] = []
    for node in nodes:
        values = reader.fields(node, spec, file=file)
        line = getattr(node, "line", 1)
        options = []
        for one in values["options"] or []:
            option = reader.fields(one, option_spec, file=file, line=line)
            if None not in option.values():
                options.append(Option(option["id"], fold(option["text"]), option["correct"], fold(option["rationale"])))
        if None in values.values():
            continue
        values["stem"] = [fold(part) for part in re.split(r"\n\s*\n", values["stem"].strip())]
        values["feedback"] = fold(values["feedback"])
        item = Item(**{**values, "options": options}, line=line)
        for wrong in item_problems(item):
            reader.problem(file, line, f"{item.code}: {wrong}")
        items.append(item)
    codes = [item.code for item in items]
    for item in items:
        if codes.count(item.code) > 1:
            reader.problem(file, item.line, f"{item.code}: the code stands twice")
    return items


def item_problems(item: Item) -> Iterator[str]:
    """What makes an item unusable: the wrong number of keys, options that cannot be told apart."""
    right = [option for option in item.options if option.correct]
    ids = [option.id for option in item.options]
    if len(set(ids)) != len(ids):
        yield "two options have the same id"
    if len({option.text for option in item.options}) != len(item.options):
        yield "two options have the same text"
    if item.kind in ("single", "truefalse") and len(right) != 1:
        yield f"needs exactly one correct option, has {len(right)}"
    if item.kind == "truefalse" and sorted(ids) != ["false", "true"]:
        yield "needs the options true and false"
    if item.kind == "truefalse" and any(option.text != option.id.title() for option in item.options):
        yield "calls its options True and False"
    if item.kind == "single" and len(item.options) < 3:
        yield "needs at least three options"
    if item.kind == "multiple" and (len(right) < 2 or len(right) == len(item.options)):
        yield "needs at least two correct options and one wrong"
    if not item.code.startswith(f"{item.competency[:3]}-{item.objective}-"):
        yield f"the code should begin with {item.competency[:3]}-{item.objective}-"


# --- Modules, courses, the whole -----------------------------------------------------------------------------------


def _read_module(reader: Reader, folder: Path) -> Module | None:
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
    }
    values = reader.fields(reader.yaml(file), spec, file=file)
    objectives = [
        reader.fields(node, {"code": (re.compile(r"M\d\d\.O\d"), ...), "text": (str, ...)}, file=file)
        for node in values["objectives"] or []
    ]
    lessons = [_read_lesson(reader, folder / name) for name in values["lessons"] or []]
    unlisted = {path.name for path in folder.glob("*.md")} - set(values["lessons"] or [])
    for name in sorted(unlisted):
        reader.problem(folder / name, 1, "is not listed in module.yaml")
    items = _read_items(reader, folder / "items.yaml")
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
    }
    values = reader.fields(reader.yaml(file), spec, file=file)
    modules = [_read_module(reader, folder / code) for code in values["modules"] or []]
    if None in values.values() or None in modules:
        return None
    exam = _read_exam(reader, file, values["exam"], [m for m in modules if m]) if values["exam"] else None
    values["summary"] = fold(values["summary"])
    values["valid_months"] = values["valid_months"] or None
    return Course(**{**values, "modules": modules, "exam": exam}, folder=folder)


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
        bank = [i for m in modules for i in m.items if i.use == "exam" and i.objective == section["objective"]]
        if len(bank) < section["count"]:
            reader.problem(
                file, one.line, f"{section['objective']} draws {section['count']} items, the bank has {len(bank)}"
            )
        sections.append(Section(section["objective"], section["count"], section["cut_score"] or None))
    if None in values.values():
        return None
    return Exam(**{**values, "sections": sections})


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
    }
    sources, facts = {}, {}
    for node in reader.listed(root / "sources.yaml"):
        values = reader.fields(node, source_spec, file=root / "sources.yaml")
        if None not in values.values():
            sources[values["code"]] = Source(**{**values, "year": values["year"] or None})
    for node in reader.listed(root / "facts.yaml"):
        values = reader.fields(node, fact_spec, file=root / "facts.yaml")
        if None not in values.values():
            facts[values["id"]] = Fact(
                **{**values, "text": fold(values["text"]), "checked_on": str(values["checked_on"])}
            )
            for code in set(values["sources"]) - sources.keys():
                reader.problem(
                    root / "facts.yaml", node.line, f"{values['id']}: the source {code} is not in sources.yaml"
                )
    return sources, facts


def _read_po(reader: Reader, file: Path) -> dict[str, str]:
    """English segment -> translation, for the entries that are translated and not fuzzy."""
    if not file.is_file():
        return {}
    try:
        catalogue = polib.pofile(str(file), encoding="utf-8")
    except (OSError, ValueError) as error:
        reader.problem(file, 1, f"is not a readable PO file: {error}")
        return {}
    return {entry.msgid: entry.msgstr for entry in catalogue if entry.translated() and not entry.obsolete}


def read_curriculum(root: Path, *, language: str = "my") -> Curriculum:
    """Everything under `root`, checked as a whole. Raises AuthoredError naming file and line of each problem."""
    reader = Reader()
    sources, facts = _read_library(reader, root)
    courses = [_read_course(reader, file.parent) for file in sorted(root.glob("C*/course.yaml"))]
    translations: dict[str, str] = {}
    for file in sorted(root.rglob(f"*{language}.po")):
        translations |= _read_po(reader, file)
    read = [course for course in courses if course]
    for course in read:
        for module in course.modules:
            _check_references(reader, module, sources, facts)
    reader.finish()
    return Curriculum(read, sources, facts, {language: translations})


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


# --- Translation files ---------------------------------------------------------------------------------------------


def module_segments(module: Module) -> Iterator[tuple[str, str]]:
    """Every text of a module that is translated, with where it stands, in reading order."""
    yield module.title, "module.yaml"
    yield module.summary, "module.yaml"
    for objective in module.objectives:
        yield objective.text, "module.yaml"
    for lesson in module.lessons:
        name = lesson.file.name
        yield lesson.title, f"{name}:2"
        for block in lesson.blocks:
            match block:
                case Prose(elements):
                    for element in elements:
                        yield from ((text, f"{name}:{element.line}") for text in element.texts)
                case KeyPoint(text=text, line=line):
                    yield text, f"{name}:{line}"
                case Case(title=title, elements=elements, line=line):
                    yield title, f"{name}:{line}"
                    for element in elements:
                        yield from ((text, f"{name}:{element.line}") for text in element.texts)
                case Figure(alt=alt, caption=caption, labels=labels, line=line):
                    yield from ((text, f"{name}:{line}") for text in (alt, caption, *labels))
    for item in module.items:
        where = f"items.yaml:{item.line}"
        yield from ((text, where) for text in item.stem)
        for option in item.options:
            yield option.text, where
            yield option.rationale, where
        if item.feedback:
            yield item.feedback, where


def course_segments(course: Course) -> Iterator[tuple[str, str]]:
    """The texts of course.yaml itself."""
    yield course.title, "course.yaml"
    yield course.summary, "course.yaml"


def update_po(file: Path, segments: Iterator[tuple[str, str]], *, language: str = "my") -> tuple[int, int]:
    """Bring a translation file up to date with the English. Returns (segments, untranslated)."""
    old = polib.pofile(str(file), encoding="utf-8") if file.is_file() else polib.POFile(wrapwidth=0)
    have = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=0, encoding="utf-8")
    new.metadata = old.metadata or {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
        "X-Status": "draft",
    }
    entries: dict[str, polib.POEntry] = {}
    for text, where in segments:
        path, _, line = where.partition(":")
        if text in entries:
            entries[text].occurrences.append((path, line))
            continue
        kept = have.get(text)
        entries[text] = polib.POEntry(
            msgid=text, msgstr=kept.msgstr if kept else "", flags=kept.flags if kept else [], occurrences=[(path, line)]
        )
        new.append(entries[text])
    new.save(str(file))
    return len(entries), sum(not entry.translated() for entry in new)


def main(arguments: list[str]) -> int:
    """`check FOLDER…` validates module folders; `messages FOLDER…` also refreshes their my.po."""
    if len(arguments) < 2 or arguments[0] not in ("check", "messages"):
        print("usage: python -m content.authored check|messages content/curriculum/C1/M01 …")
        return 2
    failed = False
    for folder in map(Path, arguments[1:]):
        reader = Reader()
        module = _read_module(reader, folder)
        for problem in reader.problems:
            print(problem)
        failed = failed or bool(reader.problems)
        if module is None:
            continue
        if arguments[0] == "messages":
            total, open_ = update_po(folder / "my.po", module_segments(module))
        else:
            have = _read_po(reader, folder / "my.po")
            total = len({text for text, _ in module_segments(module)})
            open_ = len({text for text, _ in module_segments(module)} - have.keys())
        print(
            f"{folder}: {len(module.lessons)} lessons, {len(module.items)} items, {total} segments, {open_} untranslated"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
