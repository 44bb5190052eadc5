"""Matching: each part on the left belongs to one on the right. A response is "left:right" for each left part matched."""

import random
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import (
    Group,
    Kind,
    Line,
    Problems,
    are_pairs,
    id_problems,
    lettered,
    pairs,
    share,
    stable_order,
)
from content.blocks import CharBlock, PlainCodeBlock, TextBlock


class LeftBlock(blocks.StructBlock):
    """A part on the left, with the one that belongs to it."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("Part"), max_length=300)
    match = PlainCodeBlock(label=_("Id of the part on the right that belongs to it"), max_length=10)
    rationale = TextBlock(label=_("Why they belong together"))

    class Meta:
        icon = "list-ul"
        label = _("Part on the left")


class RightBlock(blocks.StructBlock):
    """A part on the right."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("Part"), max_length=120)

    class Meta:
        icon = "list-ul"
        label = _("Part on the right")


class MatchingBlock(blocks.StructBlock):
    """Parts to match."""

    lefts = blocks.ListBlock(LeftBlock(), label=_("Parts on the left"))
    rights = blocks.ListBlock(
        RightBlock(), label=_("Parts on the right"), help_text=_("One may belong to several parts, or to none.")
    )

    class Meta:
        icon = "list-ul"


class Matching(Kind):
    """key: lefts and rights (ids), match (left id -> right id)."""

    name, label = "matching", _("Matching")
    block = MatchingBlock
    template = "assessments/kinds/matching.html"
    judged_template = "assessments/kinds/parts_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "lefts": [left["id"] for left in content["lefts"]],
            "rights": [right["id"] for right in content["rights"]],
            "match": {left["id"]: left["match"] for left in content["lefts"]},
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "lefts": {left["id"]: left["text"] for left in content["lefts"]},
            "rights": {right["id"]: right["text"] for right in content["rights"]},
            "rationales": {left["id"]: left["rationale"] for left in content["lefts"]},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        shown = list(texts.get("rights", {}).values())
        return [
            *id_problems([*key["lefts"], *key["rights"]]),
            *([_("Give at least two parts on each side.")] if min(len(key["lefts"]), len(key["rights"])) < 2 else []),
            *(
                [_("Say for every part on the left, by its id, which part on the right belongs to it.")]
                if not set(key["match"].values()) <= set(key["rights"])
                else []
            ),
            *([_("Two parts on the right have the same text.")] if len(set(shown)) < len(shown) else []),
        ]

    def read(self, values: Sequence[str]) -> list[str]:
        return sorted(filter(None, values))

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return are_pairs(response, key["lefts"], key["rights"])

    def parts(self, key: Mapping[str, Any]) -> Any:
        return sorted(key["lefts"]), sorted(key["rights"])

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """The share of left parts matched rightly."""
        given = pairs(response)
        return share(sum(given.get(left) == right for left, right in key["match"].items()), len(key["lefts"]))

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        """The right parts; the left ones stay as authored."""
        return stable_order(key["rights"], chance)

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        given = pairs(response)
        return {
            "lefts": [
                {"id": left, "text": texts["lefts"][left], "given": given.get(left, "")} for left in key["lefts"]
            ],
            "rights": [{"id": right, "text": texts["rights"][right]} for right in order],
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        given, match = pairs(response), key["match"]
        return {
            "parts": [
                {
                    "text": texts["lefts"][left],
                    "given": texts["rights"].get(given.get(left), ""),
                    "wanted": texts["rights"][match[left]],
                    "is_right": given.get(left) == match[left],
                    "reasons": [texts["rationales"][left]],
                }
                for left in key["lefts"]
            ]
        }

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        return [
            Group(
                [
                    Line(texts["rights"][right], (f"{left}:{right}",), key["match"][left] == right)
                    for right in key["rights"]
                ],
                texts["lefts"][left],
            )
            for left in key["lefts"]
        ]

    def on_paper(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]
    ) -> tuple[list[str], list[str]] | None:
        return [texts["lefts"][left] for left in key["lefts"]], [texts["rights"][right] for right in order]

    def from_paper(self, key: Mapping[str, Any], order: Sequence[str], given: str) -> list[str] | None:
        """One letter for each numbered line, in their order; the same letter may stand for several."""
        chosen = [lettered(order, letter) for letter in given]
        if None in chosen or len(given) > len(key["lefts"]):
            return None
        return sorted(f"{left}:{one[0]}" for left, one in zip(key["lefts"], chosen, strict=False) if one)

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return [
            *(f"{texts['lefts'][left]} → ______" for left in key["lefts"]),
            *(f"• {texts['rights'][right]}" for right in order),
        ]


KINDS = [Matching()]
