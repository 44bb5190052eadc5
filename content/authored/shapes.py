"""What authored files become: courses, modules, lessons and their blocks, items, facts and sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

MARKDOWN = MarkdownIt("zero").enable(["heading", "list", "emphasis"])
MARKED = re.compile(r"[*_&<>\"\0\r\n]")  # a text without any of these comes out of the parser as it is


def fold(text: str) -> str:
    """White space folded to single spaces: the form in which a segment is translated."""
    return " ".join(text.split())


def inline_html(text: str) -> str:
    """One segment as the inline HTML of Wagtail's rich text."""
    html: str = MARKDOWN.renderInline(text) if MARKED.search(text) else text
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
    """One question of the bank, as authored. question: its parts, shaped as its kind keeps them (assessments/kinds)."""

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
    question: dict[str, Any]
    feedback: str
    asks_certainty: bool
    line: int

    @property
    def options(self) -> list[Option]:
        """The options of a choice; none of another kind."""
        return [Option(**option) for option in self.question.get("options", [])] if self.kind in CHOICES else []


CHOICES = ("single", "multiple", "truefalse")
# In the parts of a question: what stands under these names is read by people and translated. Everything else is a code or a number.
READ_BY_PEOPLE = frozenset({"text", "rationale", "prompt", "label", "says", "alt", "caption", "title", "criterion", "descriptor", "unit", "before", "after", "labels", "guidance", "model"})  # fmt: skip


def wordings(part: Any, name: str = "") -> Iterator[str]:
    """Every text of a question's parts that people read, in order."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from wordings(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from wordings(value, name)
    elif isinstance(part, str) and name in READ_BY_PEOPLE and part:
        yield part


@dataclass(frozen=True)
class Objective:
    code: str
    text: str


@dataclass(frozen=True)
class Step:
    """One activity of a guide; it begins when the one before it ends."""

    minutes: int
    title: str
    what: str
    materials: str
    note: str

    @property
    def name(self) -> str:
        """What tells it from the other steps."""
        return self.title


@dataclass(frozen=True)
class Material:
    """per: group, person or room, for which `count` are needed."""

    item: str
    count: int
    per: str
    printed: bool

    @property
    def name(self) -> str:
        """What tells it from the other materials."""
        return self.item


@dataclass(frozen=True)
class Slide:
    """What everybody sees. step: its number, from 1."""

    step: int
    title: str
    points: list[str]

    @property
    def name(self) -> str:
        """What tells it from the other slides."""
        return self.title


@dataclass(frozen=True)
class Answer:
    question: str
    answer: str
    why: str

    @property
    def name(self) -> str:
        """What tells it from the other answers."""
        return self.question


@dataclass(frozen=True)
class Guide:
    """How a module is taught in a room. See `content.models.FacilitatorGuide`."""

    minutes: int
    group_from: int
    group_to: int
    aim: str
    opening: str
    steps: list[Step]
    materials: list[Material]
    slides: list[Slide]
    debrief: str
    fallback: str
    safety: str
    answers: list[Answer]
    rubric: str


@dataclass(frozen=True)
class Point:
    """One line of a card. kind: do, warning or never."""

    text: str
    kind: str


@dataclass(frozen=True)
class Card:
    """What an officer keeps at hand after a module. See `content.models.PocketCard`."""

    title: str
    version: str
    valid_until: date
    points: list[Point]


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
    observed: str = ""
    guide: Guide | None = None
    card: Card | None = None


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
class Tests:
    """The test before and after a course: two parallel forms, by letter, of codes of items. Half of a group begins with each."""

    minutes: int
    forms: dict[str, list[str]]


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
    tests: Tests | None
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
    checked_on: date | None
    status: str
    kind: str
    recheck_on: date | None
    title: str
    valid_from: date | None
    telephone: str
    owner: str


@dataclass(frozen=True)
class Term:
    """A concept in both languages. " / " stands between alternatives, brackets around what may be left out."""

    code: str
    en: str
    my: str
    origin: str
    sources: list[str]
    note: str
    definition: str


@dataclass(frozen=True)
class Criterion:
    """id: within its rubric, for ever."""

    id: str
    text: str
    not_done: str
    to_standard: str
    critical: bool


@dataclass(frozen=True)
class Rubric:
    """Criteria by which practice is observed. See `content.models.Rubric`."""

    code: str
    title: str
    purpose: str
    criteria: list[Criterion]
    least_mean: float
    observers: int


@dataclass(frozen=True)
class Competency:
    """levels: agency or trainer -> 1 to 3; what is not there is asked of nobody. See `content.models.Competency`."""

    code: str
    name: str
    levels: dict[str, int]


@dataclass(frozen=True)
class OutsideUnit:
    """A unit of an outside curriculum; objectives and extent together, or neither."""

    code: str
    title: str
    objectives: list[str]
    extent: str
    note: str


@dataclass(frozen=True)
class OutsideCurriculum:
    """A curriculum of others with the units that its sources name. See `courses.models.OutsideCurriculum`."""

    code: str
    name: str
    publisher: str
    version: str
    sources: list[str]
    whole: bool
    note: str
    units: list[OutsideUnit]


@dataclass(frozen=True)
class BlueprintLine:
    """What the bank has to hold for an objective. bank: items to write; form: items on one test form."""

    objective: str
    bloom: str
    competency: str
    bank: int
    form: int
    kinds: str


@dataclass(frozen=True)
class Curriculum:
    courses: list[Course]
    sources: dict[str, Source]
    facts: dict[str, Fact]
    terms: dict[str, Term]
    blueprint: list[BlueprintLine]
    rubrics: dict[str, Rubric] = field(default_factory=dict)
    competencies: dict[str, Competency] = field(default_factory=dict)
    outside: dict[str, OutsideCurriculum] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)  # language -> English segment -> translation
