"""One valid question of each kind whose parts are matched, ordered, filled in or typed, with answers to it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bs4 import Tag

from assessments.kinds import KINDS
from assessments.models import Item
from courses.loading.keeping import with_ids


@dataclass(frozen=True, repr=False)
class Case:
    """content: as authored. other: the same with something else right. chosen and typed: what is put into the fields to be
    all right; wrong: what earns nothing. partly: a response and what it earns. faulty: parts of content replaced, and what is said of it. hidden: what no page shows
    before the answer; why: what every judged page shows. texts: what is translated.
    """

    kind: str
    content: dict[str, Any]
    other: dict[str, Any]
    faulty: list[tuple[dict[str, Any], str]]
    hidden: list[str]
    why: list[str]
    texts: list[str]
    partly: list[tuple[list[str], str]]
    wrong: list[str]
    impossible: list[list[str]]
    chosen: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return self.kind

    @property
    def block(self) -> Any:
        return self.parts(self.content)

    def parts(self, content: dict[str, Any]) -> Any:
        """The block's value of what was authored."""
        return KINDS[self.kind].block().to_python(content)

    def key(self, content: dict[str, Any] | None = None) -> dict[str, Any]:
        """The key as published in English."""
        value = self.parts(content or self.content)
        return KINDS[self.kind].keyed(KINDS[self.kind].key(value), {"en": KINDS[self.kind].texts(value)})

    def stream(self) -> Any:
        """The value of an item's field."""
        raw = [{"type": self.kind, "value": with_ids(self.content, "test")}]
        return Item._meta.get_field("question").to_python(json.dumps(raw))


def sent(form: Tag, name: str, chosen: Sequence[str] = (), typed: Sequence[str] = ()) -> list[str]:
    """What a browser sends under a name once these values are chosen, and these texts typed in order."""
    left, values, found = list(typed), [], set()
    for one in form.select(f'[name="{name}"]'):
        if one.name == "select":
            offered = [option["value"] for option in one.select("option") if option["value"] in chosen]
            values.append(offered[0] if offered else "")
            found |= set(offered)
        elif one["type"] in ("radio", "checkbox"):
            if one["value"] in chosen:
                values.append(one["value"])
                found.add(one["value"])
        else:
            values.append(one["value"] if one["type"] == "hidden" else left.pop(0) if left else "")
    assert (found, left) == (set(chosen), [])  # everything had its field
    return values


MATCHING = Case(
    kind="matching",
    content={
        "lefts": [
            {"id": "a", "text": "Left one", "match": "x", "rationale": "Because of one."},
            {"id": "b", "text": "Left two", "match": "y", "rationale": "Because of two."},
            {"id": "c", "text": "Left three", "match": "x", "rationale": "Because of three."},
        ],
        "rights": [{"id": "x", "text": "Right one"}, {"id": "y", "text": "Right two"}, {"id": "z", "text": "Right no"}],
    },
    other={
        "lefts": [
            {"id": "a", "text": "Left one", "match": "z", "rationale": "Because of one."},
            {"id": "b", "text": "Left two", "match": "y", "rationale": "Because of two."},
            {"id": "c", "text": "Left three", "match": "y", "rationale": "Because of three."},
        ],
        "rights": [{"id": "x", "text": "Right one"}, {"id": "y", "text": "Right two"}, {"id": "z", "text": "Right no"}],
    },
    faulty=[
        (
            {"rights": [{"id": "x", "text": "Right one"}, {"id": "z", "text": "Right no"}]},
            "Say for every part on the left, by its id, which part on the right belongs to it.",
        ),
        (
            {"rights": [{"id": "x", "text": "Right one"}, {"id": "y", "text": "Right one"}]},
            "Two parts on the right have the same text.",
        ),
        (
            {
                "lefts": [
                    {"id": "a:b", "text": "Left one", "match": "x", "rationale": "Because."},
                    {"id": "b", "text": "Left two", "match": "y", "rationale": "Because."},
                ]
            },
            "Write ids with the letters a to z, digits and hyphens only, with at most 10 characters.",
        ),
    ],
    hidden=["Because of one.", "Because of two.", "Because of three."],
    why=["Because of one.", "Because of two.", "Because of three."],
    texts=[
        "Left one",
        "Because of one.",
        "Left two",
        "Because of two.",
        "Left three",
        "Because of three.",
        "Right one",
        "Right two",
        "Right no",
    ],
    chosen=["a:x", "b:y", "c:x"],
    partly=[(["a:x", "b:x"], "0.3333"), (["a:x", "c:x"], "0.6667")],
    wrong=["a:y", "b:z"],
    impossible=[["a"], ["a:q"], ["q:x"], ["a:x", "a:y"], ["a:x", "a:x"], [":"]],
)


def _steps(*order: str) -> list[dict[str, str]]:
    return [{"id": one, "text": f"Step {one}", "rationale": f"Because of {one}."} for one in order]


ORDERING = Case(
    kind="ordering",
    content={
        "parts": _steps("a", "b", "c", "d"),
        "critical": [{"first": "a", "second": "d"}],
        "cap": 40,
        "free": [{"first": "b", "second": "c"}],
    },
    other={"parts": _steps("c", "a", "d", "b"), "critical": [], "cap": 50, "free": []},
    faulty=[
        ({"parts": _steps("a", "d"), "critical": [], "free": []}, "Give at least three parts."),
        (
            {"critical": [{"first": "d", "second": "a"}]},
            "Write each pair with the ids of two parts, the one that stands first in the list before the other.",
        ),
        ({"critical": [{"first": "b", "second": "c"}]}, "A pair cannot be both critical and free."),
    ],
    hidden=["Because of a.", "Because of b.", "Because of c.", "Because of d."],
    why=["Because of a.", "Because of b.", "Because of c.", "Because of d."],
    texts=[text for one in "abcd" for text in (f"Step {one}", f"Because of {one}.")],
    chosen=["a:1", "b:2", "c:3", "d:4"],
    partly=[
        (["a:1", "b:3", "c:2", "d:4"], "1"),  # the free pair
        (["a:1", "b:2", "c:4", "d:3"], "0.8"),
        (["a:2", "b:1", "c:3", "d:4"], "0.8"),
        (["a:4", "b:2", "c:3", "d:1"], "0"),
        (["a:3", "b:1", "c:4", "d:2"], "0.4"),
        (["a:1", "b:1", "c:1", "d:1"], "0"),
        (["a:1", "d:2"], "0.2"),
        (["b:1", "d:2"], "0.2"),
    ],
    wrong=["a:4", "b:3", "c:2", "d:1"],
    impossible=[["a:0"], ["a:5"], ["a:1", "a:2"], ["q:1"], ["a"], ["a:၁"]],
)


def _distances(right: str, slip: str) -> dict[str, Any]:
    return {
        "values": [
            {"id": "a", "value": right, "tolerance": "0.5", "points": 100, "rationale": "It is so many."},
            {"id": "b", "value": "-1234.5", "tolerance": "0.5", "points": 50, "rationale": "The sign is wrong."},
            {"id": "c", "value": slip, "tolerance": "0", "points": 0, "rationale": "The point has moved."},
        ],
        "unit": "km",
    }


NUMERIC = Case(
    kind="numeric",
    content=_distances("1234.5", "123.45"),
    other=_distances("77", "7.7"),
    faulty=[
        (
            _distances("12 km", "1"),
            "Write numbers with digits and a point only, like 1234.5; a tolerance is not below 0.",
        ),
        (
            _distances("5", "5.5"),
            "A number lies within the tolerance of one before it, so that no answer ever reaches it.",
        ),
        (
            {"values": [{"id": "a", "value": "5", "tolerance": "0", "points": 50, "rationale": "So."}]},
            "Give at least one number that earns 100 per cent.",
        ),
    ],
    hidden=["It is so many.", "The sign is wrong.", "The point has moved."],
    why=["It is so many."],
    texts=["It is so many.", "The sign is wrong.", "The point has moved.", "km"],
    typed=["၁,၂၃၄.၅"],
    partly=[
        (["1234.5"], "1"),
        (["1235"], "1"),
        (["1235.01"], "0"),
        (["၁၂၃၄ km"], "1"),
        (["-1234.5"], "0.5"),
        (["−၁၂၃၄.၅"], "0.5"),
        (["many"], "0"),
        (["12 34"], "0"),
    ],
    wrong=["123.45"],
    impossible=[["1", "2"], ["1" * 201]],
)


def _words(right: str) -> dict[str, Any]:
    return {
        "answers": [
            {"id": "a", "text": right, "points": 100, "rationale": "So it is called."},
            {"id": "b", "text": "smuggling", "points": 25, "rationale": "That is another offence."},
        ]
    }


SHORTTEXT = Case(
    kind="shorttext",
    content=_words("human trafficking / trafficking in persons / လူကုန်ကူးမှု"),
    other=_words("asylum"),
    faulty=[
        (_words("…"), "An accepted answer needs letters or digits, and has at most 200 characters."),
        (_words("SMUGGLING!"), "The same answer stands twice."),
        (
            {"answers": [{"id": "a", "text": "one", "points": 50, "rationale": "So."}]},
            "Give at least one answer that earns 100 per cent.",
        ),
    ],
    hidden=["human trafficking", "trafficking in persons", "လူကုန်ကူးမှု", "So it is called.", "That is another offence."],
    why=["So it is called."],
    texts=["human trafficking / trafficking in persons / လူကုန်ကူးမှု", "So it is called.", "smuggling", "That is another offence."],
    typed=["Trafficking in persons."],
    partly=[
        (["HUMAN  TRAFFICKING"], "1"),
        (["လူ ကုန်ကူး မှု။"], "1"),
        (["Smuggling"], "0.25"),
        (["trafficking"], "0"),
        (["…"], "0"),
    ],
    wrong=["asylum"],
    impossible=[["one", "two"], ["x" * 201]],
)  # fmt: skip


def _gaps(right: str, typed: str) -> dict[str, Any]:
    return {
        "text": "Ask [[1]] before [[2]].\n\nThen write [[3]].",
        "gaps": [
            {
                "id": "1",
                "options": [
                    {"id": "x", "text": "gently", "correct": right == "x"},
                    {"id": "y", "text": "loudly", "correct": right == "y"},
                ],
                "text": "",
                "rationale": "Because of one.",
            },
            {"id": "2", "options": [], "text": typed, "rationale": "Because of two."},
            {"id": "3", "options": [], "text": "it down", "rationale": "Because of three."},
        ],
    }


CLOZE = Case(
    kind="cloze",
    content=_gaps("x", "you search / searching"),
    other=_gaps("y", "you shout"),
    faulty=[
        ({"text": "Ask [[1]] before [[2]]."}, "Every gap stands in the text exactly once, as [[1]] with its id."),
        (_gaps("z", "x"), "Give a gap with options at least two of them, and mark exactly one as right."),
        (_gaps("x", ""), "Give every gap options to choose from, or accepted answers."),
    ],
    hidden=["you search", "searching", "it down", "Because of one.", "Because of two.", "Because of three."],
    why=["Because of one.", "Because of two.", "Because of three."],
    texts=[
        "Ask [[1]] before [[2]].\n\nThen write [[3]].",
        "gently",
        "loudly",
        "Because of one.",
        "you search / searching",
        "Because of two.",
        "it down",
        "Because of three.",
    ],
    chosen=["1:x"],
    typed=["Searching", "it down"],
    partly=[(["1:x"], "0.3333"), (["1:y", "2:you search", "3:it  down"], "0.6667"), (["3:IT DOWN"], "0.3333")],
    wrong=["1:y", "2:it down"],
    impossible=[["1:z"], ["4:x"], ["x"], ["1:x", "1:y"], ["2:" + "x" * 201], ["2:"]],
)


def _reasons(is_true: bool, right: str) -> dict[str, Any]:
    return {
        "text": "A child may be held alone.",
        "correct": is_true,
        "reasons": [
            {"id": one, "text": f"Reason {one}", "correct": one == right, "rationale": f"Because of {one}."}
            for one in "abc"
        ],
    }


REASONED = Case(
    kind="reasoned",
    content=_reasons(False, "b"),
    other=_reasons(True, "c"),
    faulty=[
        (_reasons(False, "q"), "Mark exactly one reason as right."),
        ({"reasons": _reasons(False, "b")["reasons"][:2]}, "Give at least three reasons."),
    ],
    hidden=["Because of a.", "Because of b.", "Because of c."],
    why=["Because of a.", "Because of b.", "Because of c.", "This is false."],
    texts=["A child may be held alone.", *(text for one in "abc" for text in (f"Reason {one}", f"Because of {one}."))],
    chosen=["false", "b"],
    partly=[(["false"], "0.5"), (["false", "a"], "0.5"), (["b"], "0"), (["true", "b"], "0")],
    wrong=["true", "b"],
    impossible=[["true", "false"], ["a", "b"], ["q"], ["true", "a", "b"], ["true", "true"]],
)

CASES = [MATCHING, ORDERING, NUMERIC, CLOZE, SHORTTEXT, REASONED]
