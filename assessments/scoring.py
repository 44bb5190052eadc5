"""Scores of an attempt. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments import kinds


@dataclass(frozen=True)
class Score:
    """points and max_points over the whole paper; details per item and section, ready to be stored; passed or not."""

    points: Decimal
    max_points: Decimal
    passed: bool
    details: dict[str, Any]


def score_attempt(
    paper: Mapping[str, Any],
    rules: Mapping[str, Any],
    answers: Mapping[int, Sequence[str]],
    versions: Mapping[str, Any],
) -> Score:
    """Score a frozen paper: one point an item; an unanswered item earns nothing.

    paper["items"]: version id and section of each place. rules: cut_score, and sections with objective and cut_score
    (None: no cut of its own). answers: place -> chosen option ids. versions: id -> object with kind and key.
    Passed means: the share of all points reaches the cut score, and in every section with a cut of its own the share of
    its points reaches that (a weak critical objective is not made up for elsewhere). Returns a Score.
    """
    items: list[dict[str, Any]] = []
    sections = [
        {"objective": s["objective"], "cut_score": s["cut_score"], "points": Decimal(0), "max_points": Decimal(0)}
        for s in rules["sections"]
    ]
    for place, item in enumerate(paper["items"]):
        version = versions[item["version"]]
        points = kinds.score(version.kind, version.key, answers.get(place, ()))
        items.append({"points": str(points), "answered": place in answers})
        section = sections[item["section"]]
        section["points"] += points
        section["max_points"] += 1
    total = sum((s["points"] for s in sections), Decimal(0))
    maximum = sum((s["max_points"] for s in sections), Decimal(0))
    for section in sections:
        section["passed"] = section["cut_score"] is None or _reaches(
            section["points"], section["max_points"], section["cut_score"]
        )
    passed = _reaches(total, maximum, rules["cut_score"]) and all(s["passed"] for s in sections)
    stored = [{**s, "points": str(s["points"]), "max_points": str(s["max_points"])} for s in sections]
    return Score(total, maximum, passed, {"items": items, "sections": stored})


def whole_percent(part: Decimal, whole: Decimal) -> int:
    """A share in whole per cent, rounded down; 0 of nothing."""
    return int(part * 100 / whole) if whole else 0


def _reaches(points: Decimal, maximum: Decimal, cut: str | None) -> bool:
    return points >= maximum * Decimal(cut or "0")
