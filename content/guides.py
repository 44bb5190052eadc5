"""Facilitator guides as they are read: plain objects in a reader's language. See `content.models.FacilitatorGuide`."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from uuid import UUID

from content.models import FacilitatorGuide
from content.models.teaching import MaterialBlock
from content.renditions import blocks, renditions
from core.languages import Spoken

Per = MaterialBlock.Per


@dataclass(frozen=True)
class Step:
    """One activity. begins: minutes from the beginning of the guide; note: for the trainer only."""

    begins: int
    minutes: int
    title: str
    what: str
    materials: str
    note: str

    @property
    def ends(self) -> int:
        """Minutes from the beginning of the guide."""
        return self.begins + self.minutes


@dataclass(frozen=True)
class Material:
    """id: the same in every language. count: for each of `per`."""

    id: str
    item: str
    count: int
    per: str
    is_printed: bool


@dataclass(frozen=True)
class Slide:
    """What everybody sees during a step. step: its place in the guide's steps, from 0."""

    step: int
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """For the trainer only."""

    question: str
    answer: str
    why: str


@dataclass(frozen=True)
class GuideInfo:
    """A guide in one language; what is not translated is in English. Numbers are those of the source."""

    key: UUID
    code: str
    aim: str
    minutes: int
    group_from: int
    group_to: int
    opening: str
    steps: tuple[Step, ...]
    materials: tuple[Material, ...]
    slides: tuple[Slide, ...]
    debrief: str
    fallback: str
    safety: str
    answers: tuple[Answer, ...]
    rubric_code: str

    def groups(self, people: int) -> int:
        """How many small groups there are, as few as may be."""
        return -(-people // self.group_to)

    def quantity(self, material: Material, people: int) -> int:
        """How many of a material are needed for so many people."""
        return material.count * {Per.GROUP: self.groups(people), Per.PERSON: people, Per.ROOM: 1}[Per(material.per)]


def guides(codes: Collection[str], language: str) -> dict[str, GuideInfo]:
    """The guides of modules by their codes; a module without one is not among them. One query."""
    rows = FacilitatorGuide.objects.filter(code__in=codes)
    return {source.code: _info(row, source) for row, source in renditions(rows, language)}


def _info(row: FacilitatorGuide, source: FacilitatorGuide) -> GuideInfo:
    language = row.locale.language_code

    def text(value: Any, code: str, name: str) -> str:
        return Spoken(value[name] or "", code)

    lasting = [block.value["minutes"] for block in source.steps]
    begins = [0, *accumulate(lasting)]
    return GuideInfo(
        key=row.translation_key,
        code=source.code,
        aim=Spoken(row.aim, language),
        minutes=source.minutes,
        group_from=source.group_from,
        group_to=source.group_to,
        opening=Spoken(row.opening, language),
        steps=tuple(
            Step(begins[n], lasting[n], *(text(value, code, name) for name in ("title", "what", "materials", "note")))
            for n, (_id, _told, value, code) in enumerate(blocks(row, source, "steps"))
        ),
        materials=tuple(
            Material(id, text(value, code, "item"), told["count"], told["per"], bool(told["is_printed"]))
            for id, told, value, code in blocks(row, source, "materials")
        ),
        slides=tuple(
            Slide(told["step"] - 1, text(value, code, "title"), tuple(Spoken(one, code) for one in value["points"]))
            for _id, told, value, code in blocks(row, source, "slides")
        ),
        debrief=Spoken(row.debrief, language),
        fallback=Spoken(row.fallback, language),
        safety=Spoken(row.safety, language),
        answers=tuple(
            Answer(*(text(value, code, name) for name in ("question", "answer", "why")))
            for _id, _told, value, code in blocks(row, source, "answers")
        ),
        rubric_code=source.rubric_code,
    )
