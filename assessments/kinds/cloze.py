"""A text with gaps, each with options to choose from or an answer to type.

A response is "gap:option" for a gap with options and "gap:text" for one that is typed. A form sends a typed text after a
hidden mark "~gap:" that says which gap it is for, because another language may have the gaps in another order.
"""

import random
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import (
    LONGEST_ANSWER,
    Group,
    Kind,
    Line,
    Problems,
    id_problems,
    pairs,
    share,
    stable_order,
    typed_lines,
)
from assessments.kinds.shorttext import forms, is_one_of, unreadable
from content.blocks import CharBlock, PlainCodeBlock, TextBlock
from myanmar.text import clean_text

_GAP = re.compile(r"\[\[([A-Za-z0-9-]{1,10})\]\]")
_MARK = re.compile(r"~([A-Za-z0-9-]{1,10}):")


class GapOptionBlock(blocks.StructBlock):
    """One option for a gap."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("Option"), max_length=120)
    correct = blocks.BooleanBlock(label=_("Right"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Option")


class GapBlock(blocks.StructBlock):
    """One gap: with options it is chosen, with accepted answers it is typed."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("As it stands in the text between [[ and ]]"), max_length=10)
    options = blocks.ListBlock(GapOptionBlock(), default=[], label=_("Options, where it is chosen"))
    text = CharBlock(
        label=_("Accepted answers, where it is typed"),
        help_text=_("With “ / ” between spellings or words that are as good; each language has its own."),
        required=False,
        max_length=300,
    )
    rationale = TextBlock(label=_("Why this is right"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Gap")


class ClozeBlock(blocks.StructBlock):
    """A text with gaps."""

    text = TextBlock(label=_("Text"), help_text=_("Each gap is written as [[1]], with its id."))
    gaps = blocks.ListBlock(GapBlock(), label=_("Gaps"))

    class Meta:
        icon = "doc-full"


class Cloze(Kind):
    """key: gaps, each with id, options (ids) and right (ids); as published also accepted (language -> gap -> answers)."""

    name, label = "cloze", _("Text with gaps")
    block = ClozeBlock
    template = "assessments/kinds/cloze.html"
    judged_template = "assessments/kinds/cloze_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "gaps": [
                {
                    "id": gap["id"],
                    "options": [option["id"] for option in gap["options"]],
                    "right": [option["id"] for option in gap["options"] if option["correct"]],
                }
                for gap in content["gaps"]
            ]
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "text": content["text"],
            "options": {gap["id"]: {one["id"]: one["text"] for one in gap["options"]} for gap in content["gaps"]},
            "accepted": {gap["id"]: gap["text"] or "" for gap in content["gaps"] if not gap["options"]},
            "rationales": {gap["id"]: gap["rationale"] or "" for gap in content["gaps"]},
        }

    def keyed(self, key: dict[str, Any], texts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        return key | {"accepted": {language: one["accepted"] for language, one in texts.items()}}

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        gaps = key["gaps"]
        ids = [gap["id"] for gap in gaps]
        accepted = texts.get("accepted", {})
        found: Problems = id_problems([*ids, *(one for gap in gaps for one in gap["options"])])
        if not ids or sorted(_GAP.findall(texts.get("text", ""))) != sorted(ids):
            found.append(_("Every gap stands in the text exactly once, as [[1]] with its id."))
        if any(gap["options"] and (len(gap["options"]) < 2 or len(gap["right"]) != 1) for gap in gaps):
            found.append(_("Give a gap with options at least two of them, and mark exactly one as right."))
        if any(not gap["options"] and not accepted.get(gap["id"]) for gap in gaps):
            found.append(_("Give every gap options to choose from, or accepted answers."))
        return [*found, *unreadable(accepted.values())]

    def read(self, values: Sequence[str]) -> list[str]:
        read, left = [], iter(values)
        for value in left:
            if mark := _MARK.fullmatch(value):
                if text := clean_text(next(left, "")):
                    read.append(f"{mark[1]}:{text}")
            elif value:
                read.append(value)
        return sorted(read)

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        gaps = {gap["id"]: gap["options"] for gap in key["gaps"]}
        given = pairs(response)
        return (
            len(given) == len(response)
            and all(":" in one for one in response)
            and set(given) <= set(gaps)
            and all(
                value in gaps[gap] if gaps[gap] else 0 < len(value) <= LONGEST_ANSWER for gap, value in given.items()
            )
        )

    def parts(self, key: Mapping[str, Any]) -> Any:
        return sorted((gap["id"], sorted(gap["options"])) for gap in key["gaps"])

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """The share of gaps filled rightly."""
        given = pairs(response)
        right = sum(self._is_right(key, gap, given.get(gap["id"], "")) for gap in key["gaps"])
        return share(right, len(key["gaps"]))

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        return stable_order([f"{gap['id']}:{one}" for gap in key["gaps"] for one in gap["options"]], chance)

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        given = pairs(response)
        gaps = {
            gap["id"]: {
                "id": gap["id"],
                "is_typed": not gap["options"],
                "given": given.get(gap["id"], ""),
                "options": [
                    {"id": one, "text": texts["options"][gap["id"]][one]}
                    for of, _colon, one in (each.partition(":") for each in order)
                    if of == gap["id"]
                ],
            }
            for gap in key["gaps"]
        }
        return {"pieces": _pieces(texts["text"], gaps)}

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        """The text with its gaps as they were filled, and each gap judged, in the order of the text."""
        given = pairs(response)
        gaps = {}
        for gap in key["gaps"]:
            options, value = texts["options"].get(gap["id"], {}), given.get(gap["id"], "")
            gaps[gap["id"]] = {
                "given": options.get(value, "") if gap["options"] else value,
                "wanted": options[gap["right"][0]] if gap["options"] else texts["accepted"].get(gap["id"], ""),
                "is_right": self._is_right(key, gap, value),
                "reasons": [texts["rationales"][gap["id"]]],
            }
        pieces = _pieces(texts["text"], gaps)
        parts = [piece["gap"] for piece in pieces if "gap" in piece]
        return {"pieces": pieces, "parts": parts}

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        return [Group(self._lines(key, texts, gap, given), f"[[{gap['id']}]]") for gap in key["gaps"]]

    def _lines(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], gap: Mapping[str, Any], given: Mapping[str, int]
    ) -> list[Line]:
        id = gap["id"]
        if gap["options"]:
            return [Line(texts["options"][id][one], (f"{id}:{one}",), one in gap["right"]) for one in gap["options"]]
        typed = {value.removeprefix(f"{id}:"): n for value, n in given.items() if value.startswith(f"{id}:")}
        lines = typed_lines(
            [Line(texts["accepted"].get(id, ""), (), True)],
            typed,
            lambda text: 0 if self._is_right(key, gap, text) else None,
            lambda text: forms(text) or text,
        )
        return [replace(line, values=tuple(f"{id}:{text}" for text in line.values)) for line in lines]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        question = self.question(key, texts, order, [])
        text, lines = "", []
        for piece in question["pieces"]:
            if gap := piece.get("gap"):
                text += f"({gap['number']}) ________"
                if gap["options"]:
                    lines.append(f"({gap['number']}) " + "   ".join(f"☐ {one['text']}" for one in gap["options"]))
            else:
                text += piece["text"]
        return [*text.split("\n"), *lines]

    def _is_right(self, key: Mapping[str, Any], gap: Mapping[str, Any], given: str) -> bool:
        if gap["options"]:
            return given in gap["right"]
        return any(is_one_of(given, texts.get(gap["id"], "")) for texts in key["accepted"].values())


def _pieces(text: str, gaps: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The text cut at its gaps, which are numbered as they come. A gap that a translation lost stands at the end."""
    left = dict(gaps)
    pieces: list[dict[str, Any]] = []
    for n, part in enumerate(_GAP.split(text)):
        if n % 2 == 0:
            pieces.append({"text": part})
        elif gap := left.pop(part, None):
            pieces.append({"gap": gap})
    pieces += [{"gap": gap} for gap in left.values()]
    for number, piece in enumerate((one for one in pieces if "gap" in one), 1):
        piece["gap"]["number"] = number
    return pieces


KINDS = [Cloze()]
