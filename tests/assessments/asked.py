"""One question of each of these kinds as authored, with what earns everything for it and with a fault."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """content: its parts. right, wrong: responses that earn everything and nothing. otherwise: the same question with another
    key. faulty: parts that are refused with the sentence `refusal`. whole: what a person reads of its texts in the admin's
    translation, at least."""

    content: dict[str, Any]
    right: list[str]
    wrong: list[str]
    otherwise: dict[str, Any]
    faulty: dict[str, Any]
    refusal: str
    texts: set[str]


def changed(content: Any, *path: Any, to: Any) -> Any:
    """A copy with one value changed."""
    copy = deepcopy(content)
    part = copy
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = to
    return copy


def choice(id: str, next: str = "", **effects: Any) -> dict[str, Any]:
    """A choice of an interview."""
    plain = {"trust": 0, "information": 0, "harm": 0, "critical": False}
    return {"id": id, "text": f"Choice {id}", **plain, **effects, "next": next, "rationale": f"Because {id}"}


SCENARIO = {
    "start": "door",
    "best": 5,
    "harm_limit": 2,
    "nodes": [
        {"id": "door", "says": "She stands at the door.", "choices": [choice("greet", "seat", trust=2), choice("shout", "seat", trust=-1, harm=1), choice("seize", "seat", critical=True)]},
        {"id": "seat", "says": "She sits down.", "choices": [choice("ask", information=3), choice("wait", "seat", trust=0), choice("press", "end", information=1, harm=3)]},
        {"id": "end", "says": "She is silent.", "choices": [choice("stop")]},
    ],
}  # fmt: skip

PICTURE = {"drawing": "m01-border", "alt": "A gate and a hut.", "caption": "The border post", "labels": ["River"]}
HOTSPOT = PICTURE | {
    "several": True,
    "regions": [
        {"id": "gate", "points": "10,20 40,20 40,60 10,60", "text": "The gate", "correct": True, "rationale": "Because gate"},
        {"id": "hut", "points": "60,20 90,20.5 90,60", "text": "The hut", "correct": False, "rationale": "Because hut"},
        {"id": "boat", "points": "0,80 50,80 50,100", "text": "The boat", "correct": True, "rationale": "Because boat"},
    ],
}  # fmt: skip

LABELS = PICTURE | {
    "regions": [
        {"id": "left", "points": "10,20 40,20 40,60", "text": "The left", "rationale": "Because left"},
        {"id": "right", "points": "60,20 90,20 90,60", "text": "The right", "rationale": "Because right"},
    ],
    "choices": [
        {"id": "a", "text": "Gate", "region": "left"},
        {"id": "b", "text": "Hut", "region": "right"},
        {"id": "c", "text": "Bridge", "region": ""},
    ],
}  # fmt: skip
MARKS = {
    "text": "We met [[a|the victims]] and asked [[b|whether they]] would [[c|confess]].",
    "parts": [
        {"id": "a", "wrong": True, "rationale": "Because a"},
        {"id": "b", "wrong": False, "rationale": "Because b"},
        {"id": "c", "wrong": True, "rationale": "Because c"},
    ],
}  # fmt: skip

ASKED: dict[str, Asked] = {
    "scenario": Asked(
        SCENARIO,
        ["door:greet", "seat:ask"],
        ["door:seize", "seat:ask"],
        changed(
            changed(SCENARIO, "nodes", 0, "choices", 1, "critical", to=True), "nodes", 0, "choices", 0, "trust", to=9
        ),
        changed(SCENARIO, "best", to=6),
        "No way through earns the best score of 6: the most is 5.",
        {"She stands at the door.", "Choice greet", "Because greet"},
    ),
    "hotspot": Asked(
        HOTSPOT,
        ["boat", "gate"],
        ["hut"],
        changed(changed(HOTSPOT, "regions", 1, "correct", to=True), "regions", 2, "correct", to=False),
        changed(HOTSPOT, "regions", 1, "points", to="60,20 101,20 90,60"),
        "Write at least three corners as x,y x,y x,y with numbers from 0 to 100: hut.",
        {"A gate and a hut.", "The border post", "River", "The gate", "Because gate"},
    ),
    "labels": Asked(
        LABELS,
        ["left:a", "right:b"],
        ["left:b", "right:a"],
        changed(changed(LABELS, "choices", 0, "region", to="right"), "choices", 1, "region", to="left"),
        changed(LABELS, "choices", 2, "region", to="left"),
        "Give every region exactly one label, and no label to a region that is not there.",
        {"A gate and a hut.", "The border post", "River", "The left", "Because left", "Gate", "Bridge"},
    ),
    "marks": Asked(
        MARKS,
        ["a", "c"],
        ["b"],
        changed(changed(MARKS, "parts", 0, "wrong", to=False), "parts", 1, "wrong", to=True),
        changed(MARKS, "text", to="We met [[a|the victims]] and [[b|asked]]."),
        "Write each part in the text exactly once as [[id|words]], and list it below: c.",
        {MARKS["text"], "Because a"},
    ),
}
