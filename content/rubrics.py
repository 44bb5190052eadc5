"""Rubrics as they are read: plain objects in a reader's language, and what levels make of them. See `content.models.Rubric`."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from content.models import Rubric
from core.languages import Spoken

LEVELS: Final = (0, 1, 2, 3)
MET: Final = 2


@dataclass(frozen=True)
class Criterion:
    """id: the same in every language and after every change of words."""

    id: str
    text: str
    not_done: str
    to_standard: str
    is_critical: bool


@dataclass(frozen=True)
class RubricInfo:
    """A rubric in one language. sha256: of what it says and asks, in its source language."""

    key: UUID
    code: str
    title: Spoken
    purpose: str
    criteria: tuple[Criterion, ...]
    least_mean: Decimal
    observers: int
    sha256: str

    @property
    def label(self) -> str:
        """Code and title, knowing their language."""
        return Spoken(f"{self.code} – {self.title}", self.title.language)

    def is_met(self, levels: Mapping[str, int]) -> bool:
        """Whether levels (by criterion) reach the standard. Raises KeyError where one is missing."""
        given = [levels[one.id] for one in self.criteria]
        if any(one.is_critical and levels[one.id] < MET for one in self.criteria):
            return False
        return Decimal(sum(given)) >= self.least_mean * len(given)


def rubrics(language: str) -> list[RubricInfo]:
    """Every rubric, by code; what is not translated is in English. One query."""
    best: dict[UUID, Rubric] = {}
    source: dict[UUID, Rubric] = {}
    wanted = list(dict.fromkeys([language, settings.LANGUAGE_CODE, "en"]))
    rows = Rubric.objects.filter(locale__language_code__in=wanted).select_related("locale").order_by("code")
    for row in rows:
        code = row.locale.language_code
        if code == "en":
            source[row.translation_key] = row
        have = best.get(row.translation_key)
        if have is None or wanted.index(code) < wanted.index(have.locale.language_code):
            best[row.translation_key] = row
    return [_info(row, source.get(key, row)) for key, row in best.items()]


def rubric(code: str, language: str) -> RubricInfo | None:
    """One by its code."""
    return next((one for one in rubrics(language) if one.code == code), None)


def _info(row: Rubric, source: Rubric) -> RubricInfo:
    language = row.locale.language_code
    spoken = {block.id: block.value for block in row.criteria}
    criteria = []
    for block in source.criteria:  # the source decides which criteria there are, and which are critical
        said = spoken.get(block.id, block.value)
        own = language if block.id in spoken else source.locale.language_code
        text, not_done, to_standard = (Spoken(said[name] or "", own) for name in ("text", "not_done", "to_standard"))
        criteria.append(Criterion(str(block.id), text, not_done, to_standard, bool(block.value["is_critical"])))
    return RubricInfo(
        key=row.translation_key,
        code=row.code,
        title=Spoken(row.title, language),
        purpose=Spoken(row.purpose, language),
        criteria=tuple(criteria),
        least_mean=source.least_mean,
        observers=source.observers,
        sha256=_fingerprint(source),
    )


def _fingerprint(source: Rubric) -> str:
    said: dict[str, Any] = {
        "title": source.title,
        "criteria": [[str(block.id), dict(block.value)] for block in source.criteria],
        "least_mean": str(source.least_mean),
        "observers": source.observers,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def apart(levels: Sequence[Mapping[str, int]]) -> list[str]:
    """The criteria on which observers of one exercise differ by two levels or more: to be talked about before it counts."""
    together = set.intersection(*(set(one) for one in levels)) if levels else set()
    return [id for id in together if max(one[id] for one in levels) - min(one[id] for one in levels) >= MET]
