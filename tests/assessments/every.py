"""Every kind of question in one table, for what has to hold of all of them."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.assessments.asked import ASKED, SCENARIO, changed
from tests.assessments.parts_items import CASES


@dataclass(frozen=True)
class Every:
    """content: parts as authored. right, wrong: responses. otherwise: with the same parts and another key. other_parts: with
    a part less or another one; None where there can be none. why: what says why it is right.
    """

    content: dict[str, Any]
    right: list[str]
    wrong: list[str]
    otherwise: dict[str, Any]
    other_parts: dict[str, Any] | None
    why: list[str]


def _options(right: str, ids: str = "abcd") -> dict[str, Any]:
    return {
        "options": [{"id": one, "text": f"Option {one}", "correct": one in right, "rationale": f"Because of {one}."} for one in ids]
    }  # fmt: skip


def _without(content: dict[str, Any], *path: Any, **changed: Any) -> dict[str, Any]:
    """A copy without one part, and with other values."""
    copy = deepcopy(content) | changed
    part: Any = copy
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    return copy


def _true(is_true: bool) -> dict[str, Any]:
    return {
        "options": [
            {"id": one, "text": one.title(), "correct": (one == "true") == is_true, "rationale": f"Because {one}."}
            for one in ("true", "false")
        ]
    }


def _because(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part] if part.startswith("Because") else []
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [text for one in inner for text in _because(one)]


_CASES = {case.kind: case for case in CASES}
_RIGHT = {case.kind: [*case.chosen, *case.typed] for case in CASES} | {"cloze": ["1:x", "2:Searching", "3:it down"]}
_OTHER_PARTS: dict[str, Any] = {
    "matching": _without(_CASES["matching"].content, "lefts", 2),
    "ordering": _without(_CASES["ordering"].content, "parts", 3, critical=[]),
    "cloze": _without(_CASES["cloze"].content, "gaps", 2, text="Ask [[1]] before [[2]]."),
    "reasoned": _CASES["reasoned"].content | {"reasons": [{"id": one, "text": f"Reason {one}", "correct": one == "b", "rationale": "So."} for one in "abd"]},
    "scenario": _without(ASKED["scenario"].content, "nodes", 1, "choices", 1),
    "hotspot": _without(ASKED["hotspot"].content, "regions", 2),
    "labels": _without(ASKED["labels"].content, "choices", 2),
    "marks": _without(ASKED["marks"].content, "parts", 2, text="We met [[a|the victims]] and asked [[b|whether they]] would."),
}  # fmt: skip

_OTHERWISE = {kind: one.otherwise for kind, one in ASKED.items()} | {
    "scenario": changed(
        changed(changed(SCENARIO, "nodes", 0, "choices", 0, "trust", to=0), "nodes", 0, "choices", 1, "trust", to=2),
        "nodes",
        0,
        "choices",
        1,
        "harm",
        to=0,
    )
}

_SPECIMEN = {"document": "passport", "seed": 4417, "faults": [{"kind": "A29", "severity": 3}], "variations": ""}

EVERY: dict[str, Every] = {
    "specimen": Every(
        _SPECIMEN,
        ["answer:6", "family:mrz", "page:MRZ2"],
        ["answer:1"],
        _SPECIMEN | {"faults": []},
        _SPECIMEN | {"seed": 4418},
        ["Fields may each look right and still not fit together."],
    ),
    "single": Every(_options("a"), ["a"], ["b"], _options("b"), _options("a", "abd"), ["Because of a."]),
    "multiple": Every(_options("ab"), ["a", "b"], ["c"], _options("bc"), _options("ab", "abd"), ["Because of a."]),
    "truefalse": Every(_true(True), ["true"], ["false"], _true(False), None, ["Because true."]),
    **{
        kind: Every(one.content, one.right, one.wrong, _OTHERWISE[kind], _OTHER_PARTS[kind], _because(one.content))
        for kind, one in ASKED.items()
    },
    **{
        kind: Every(case.content, _RIGHT[kind], case.wrong, case.other, _OTHER_PARTS.get(kind), case.hidden)
        for kind, case in _CASES.items()
    },
}
