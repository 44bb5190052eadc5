"""Competencies, and curricula of others, beside the objectives that serve them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from content.models import Competency
from content.models.competencies import Level
from content.renditions import renditions
from core.languages import Spoken
from courses.coverage.reading import Coverage
from courses.models import OutsideCurriculum, OutsideUnit


@dataclass(frozen=True)
class CompetencyCover:
    """A competency. levels: agency or trainer -> 1 to 3, None where it is not asked; objectives: codes of those that items or the
    blueprint put it to; modules: codes of those that name it; items: how many live ones ask it."""

    code: str
    name: Spoken | None
    levels: dict[str, int | None]
    objectives: tuple[str, ...]
    modules: tuple[str, ...]
    items: int

    @property
    def is_served(self) -> bool:
        """Whether some objective serves it."""
        return bool(self.objectives)


def competencies(found: Coverage, language: str) -> list[CompetencyCover]:
    """Every competency that is described, then those that are only named, by code. One query."""
    objectives: dict[str, set[str]] = defaultdict(set)
    modules: dict[str, set[str]] = defaultdict(set)
    items: dict[str, int] = defaultdict(int)
    known = {one.code for course in found.courses for one in course.objectives}
    for item in found.around.items:
        if item.objective in known:
            objectives[item.competency].add(item.objective)
            items[item.competency] += 1
    for line in found.around.lines.values():
        if line.objective in known:
            objectives[line.competency].add(line.objective)
    for course in found.courses:
        for module in course.course.modules:
            for code in module.competencies:
                modules[code].add(module.code)
    described = {source.code: (row, source) for row, source in renditions(Competency.objects.all(), language)}
    told = []
    for code in [*sorted(described), *sorted((objectives.keys() | modules.keys()) - described.keys())]:
        row, source = described.get(code, (None, None))
        told.append(
            CompetencyCover(
                code=code,
                name=Spoken(row.name, row.locale.language_code) if row else None,
                levels={role: getattr(source, role) for role in Competency.ROLES} if source else {},
                objectives=tuple(sorted(objectives[code])),
                modules=tuple(sorted(modules[code])),
                items=items[code],
            )
        )
    return told


def level_labels() -> list[str]:
    """The levels in words."""
    return [str(label) for label in Level.labels]


@dataclass(frozen=True)
class OutsideCover:
    """A curriculum of others. units: each with the objectives of ours that meet it; gone: codes that were mapped and that no module has."""

    row: OutsideCurriculum
    units: tuple[tuple[OutsideUnit, tuple[str, ...], tuple[str, ...]], ...]

    def count(self, extent: str) -> int:
        """How many units are met so far: "whole", "part", or "" for not at all."""
        return sum((unit.extent if codes else "") == extent for unit, codes, _gone in self.units)

    @property
    def counts(self) -> dict[str, int]:
        """How many units are met whole, in part, and not."""
        return {name: self.count(extent) for name, extent in (("whole", "whole"), ("part", "part"), ("none", ""))}


def outside(found: Coverage) -> list[OutsideCover]:
    """Every outside curriculum, by name. Two queries."""
    known = {one.code for course in found.courses for one in course.objectives}
    of: dict[int, list[OutsideUnit]] = defaultdict(list)
    for unit in OutsideUnit.objects.order_by("sort_order", "pk"):
        of[unit.curriculum_id].append(unit)
    told = []
    for row in OutsideCurriculum.objects.order_by("name"):
        units: list[Any] = []
        for unit in of[row.pk]:
            here = tuple(code for code in unit.codes if code in known)
            units.append((unit, here, tuple(code for code in unit.codes if code not in known)))
        told.append(OutsideCover(row, tuple(units)))
    return told
