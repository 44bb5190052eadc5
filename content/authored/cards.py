"""Pocket cards: what an officer keeps at hand after a module, on one page."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from content.authored.reading import Reader
from content.authored.shapes import Card, Point, fold

KINDS = ("do", "warning", "never")
MOST_POINTS = 10  # what one page holds, as in `content.models.PocketCard`
LONGEST = 160


def read_card(reader: Reader, file: Path) -> Card | None:
    """The card of a module; a module without the file has none."""
    if not file.is_file():
        return None
    spec = {
        "title": (str, ...),
        "version": (re.compile(r"\d+(\.\d+)*"), ...),
        "valid_until": (date, ...),
        "points": (list, ...),
    }
    node = reader.yaml(file)
    values = reader.fields(node, spec, file=file)
    told = [
        reader.fields(one, {"text": (str, ...), "kind": (KINDS, "do")}, file=file, line=node.lines["points"])
        for one in values["points"] or []
    ]
    if None in values.values() or any(None in one.values() for one in told):
        return None
    points = [Point(fold(one["text"]), one["kind"]) for one in told]
    if not 1 <= len(points) <= MOST_POINTS:
        reader.problem(file, node.lines["points"], f"a card has 1 to {MOST_POINTS} points: it is one page")
    for number, (point, one) in enumerate(zip(points, node["points"], strict=True)):
        if len(point.text) > LONGEST:
            reader.problem(file, one.line, f"a point has {LONGEST} characters at most, this has {len(point.text)}")
        if point.text in (before.text for before in points[:number]):
            reader.problem(file, one.line, f"{point.text!r} stands twice on the card")
    return Card(fold(values["title"]), values["version"], values["valid_until"], points)


def card_segments(card: Card) -> Iterator[str]:
    """Every text of a card that is translated, in reading order."""
    yield card.title
    yield from (point.text for point in card.points)
