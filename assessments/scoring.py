"""Scores of an attempt. Pure functions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments import kinds


@dataclass(frozen=True)
class Score:
    """points and max_points over the whole paper; details per item and section, ready to be stored; passed or not.

    The points of an item that waits to be marked are None in the details; until all are there it is not passed.
    """

    points: Decimal
    max_points: Decimal
    passed: bool
    details: dict[str, Any]


def score_attempt(
    paper: Mapping[str, Any],
    rules: Mapping[str, Any],
    answers: Mapping[int, Sequence[str]],
    versions: Mapping[str, Any],
    credited: Collection[int] = (),
    marks: Mapping[int, Decimal] | None = None,
) -> Score:
    """Score a frozen paper: one point an item; an unanswered item earns nothing.

    credited: places whose point everybody gets, because the question was faulty. marks: place -> points that people gave.

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
        points = _points(versions[item["version"]], answers.get(place, ()), (marks or {}).get(place), place in credited)
        items.append({"points": None if points is None else str(points), "answered": place in answers})
        section = sections[item["section"]]
        section["points"] += points or 0
        section["max_points"] += 1
    total = sum((s["points"] for s in sections), Decimal(0))
    maximum = sum((s["max_points"] for s in sections), Decimal(0))
    for section in sections:
        section["passed"] = section["cut_score"] is None or _reaches(
            section["points"], section["max_points"], section["cut_score"]
        )
    passed = _reaches(total, maximum, rules["cut_score"]) and all(s["passed"] for s in sections) and not waits(items)
    stored = [{**s, "points": str(s["points"]), "max_points": str(s["max_points"])} for s in sections]
    return Score(total, maximum, passed, {"items": items, "sections": stored})


def _points(version: Any, response: Sequence[str], mark: Decimal | None, is_credited: bool) -> Decimal | None:
    """None: waits to be marked."""
    if is_credited:
        return Decimal(1)
    if kinds.answer(response) and not kinds.judges_itself(version.kind):
        return mark
    return kinds.score(version.kind, version.key, response)


def telling(details: Mapping[str, Any]) -> list[tuple[int, float]]:
    """The places of a paper whose points say something of who sat it, with the points, in [0, 1]: not one that waits for a marker, nor one
    that everybody got. details: of a grade."""
    credited = details.get("credited", ())
    return [
        (place, float(item["points"]))
        for place, item in enumerate(details["items"])
        if item.get("points") is not None and place not in credited
    ]


def waits(items: Sequence[Mapping[str, Any]]) -> bool:
    """Whether an answer waits to be marked. items: of the details."""
    return any(item["points"] is None for item in items)


def whole_percent(part: Decimal, whole: Decimal) -> int:
    """A share in whole per cent, rounded down; 0 of nothing."""
    return int(part * 100 / whole) if whole else 0


def _reaches(points: Decimal, maximum: Decimal, cut: str | None) -> bool:
    return points >= maximum * Decimal(cut or "0")
