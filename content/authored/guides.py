"""Facilitator guides: how a module is taught in a room, step by step."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from content.authored.reading import Reader
from content.authored.shapes import Answer, Guide, Material, Slide, Step, fold

PER = ("group", "person", "room")
_PARTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "steps": (Step, {"minutes": (int, ...), "title": (str, ...), "what": (str, ...), "materials": (str, ""), "note": (str, "")}),
    "materials": (Material, {"item": (str, ...), "count": (int, 1), "per": (PER, ...), "printed": (bool, False)}),
    "slides": (Slide, {"step": (int, ...), "title": (str, ...), "points": ([str], [])}),
    "answers": (Answer, {"question": (str, ...), "answer": (str, ...), "why": (str, "")}),
}  # fmt: skip
_WHOLE = {
    "minutes": (int, ...),
    "group": ([int], ...),
    "aim": (str, ...),
    "opening": (str, ...),
    "steps": (list, ...),
    "materials": (list, []),
    "slides": (list, []),
    "debrief": (str, ...),
    "fallback": (str, ...),
    "safety": (str, ...),
    "answers": (list, []),
    "rubric": (re.compile(r"R\d"), ""),
}


def read_guide(reader: Reader, file: Path) -> Guide | None:
    """The guide of a module; a module without the file has none."""
    if not file.is_file():
        return None
    node = reader.yaml(file)
    values = reader.fields(node, _WHOLE, file=file)
    for name, (shape, spec) in _PARTS.items():
        told = [reader.fields(one, spec, file=file, line=node.lines[name]) for one in values[name] or []]
        if any(None in one.values() for one in told):
            values[name] = None
        elif values[name] is not None:
            values[name] = [shape(**_folded(one)) for one in told]
            names = [one.name for one in values[name]]
            for twice in sorted({one for one in names if names.count(one) > 1}):
                reader.problem(file, node.lines[name], f"{twice!r} stands twice in {name}")
    if None in values.values():
        return None
    group = values.pop("group")
    if len(group) != 2 or not 1 <= group[0] <= group[1]:
        reader.problem(file, node.lines["group"], "'group' should be the least and the most people in a small group")
        return None
    guide = Guide(**_folded(values), group_from=group[0], group_to=group[1])
    for line, text in _problems(guide, node):
        reader.problem(file, line, text)
    return guide


def _problems(guide: Guide, node: Any) -> Iterator[tuple[int, str]]:
    """What does not go together: (line, what is wrong). The editor checks the same (`content.models.FacilitatorGuide.clean`)."""
    total = sum(step.minutes for step in guide.steps)
    if total != guide.minutes:
        yield node.lines["minutes"], f"the steps take {total} minutes together, not {guide.minutes}"
    for step, one in zip(guide.steps, node["steps"], strict=True):
        if not 1 <= step.minutes <= 240:
            yield one.line, "a step takes 1 to 240 minutes"
    before = 1
    for slide, one in zip(guide.slides, node.get("slides", []), strict=True):
        if not before <= slide.step <= len(guide.steps):
            yield one.line, f"the slide names step {slide.step}; slides stand in the order of the steps"
        before = max(before, slide.step)
    for material, one in zip(guide.materials, node.get("materials", []), strict=True):
        if not 1 <= material.count <= 100:
            yield one.line, "'count' should be 1 to 100"


def guide_segments(guide: Guide) -> Iterator[str]:
    """Every text of a guide that is translated, in reading order."""
    yield from (guide.aim, guide.opening)
    for step in guide.steps:
        yield from filter(None, (step.title, step.what, step.materials, step.note))
    yield from (material.item for material in guide.materials)
    for slide in guide.slides:
        yield from (slide.title, *slide.points)
    yield from (guide.debrief, guide.fallback, guide.safety)
    for answer in guide.answers:
        yield from filter(None, (answer.question, answer.answer, answer.why))


def _folded(values: dict[str, Any]) -> dict[str, Any]:
    """The texts of a mapping, folded; what is no text stays."""

    def folded(value: Any) -> Any:
        if isinstance(value, list):
            return [folded(one) for one in value]
        return fold(value) if isinstance(value, str) else value

    return {name: folded(value) for name, value in values.items()}
