"""Ordering: parts are given their places. A response is "part:place" for each part that has one, places from 1."""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
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


class PartBlock(blocks.StructBlock):
    """One part of what is put in order."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("Part"), max_length=300)
    rationale = TextBlock(label=_("Why it stands there"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Part")


class PairBlock(blocks.StructBlock):
    """Two parts by their ids."""

    first = PlainCodeBlock(label=_("Id of one part"), max_length=10)
    second = PlainCodeBlock(label=_("Id of a later part"), max_length=10)

    class Meta:
        icon = "list-ol"
        label = _("Pair")


class OrderingBlock(blocks.StructBlock):
    """Parts to put in order."""

    parts = blocks.ListBlock(PartBlock(), label=_("Parts, in the right order"))
    critical = blocks.ListBlock(
        PairBlock(),
        default=[],
        label=_("Critical pairs"),
        help_text=_("The first has to come before the second, whatever else is right."),
    )
    cap = blocks.IntegerBlock(
        label=_("The most that is earned when a critical pair is reversed, in per cent"),
        default=50,
        min_value=0,
        max_value=100,
    )
    free = blocks.ListBlock(
        PairBlock(),
        default=[],
        label=_("Free pairs"),
        help_text=_("Either of the two may come first."),
    )

    class Meta:
        icon = "list-ol"


class Ordering(Kind):
    """key: parts (ids in the right order), critical and free (pairs of ids), cap (per cent)."""

    name, label = "ordering", _("Putting in order")
    block = OrderingBlock
    template = "assessments/kinds/ordering.html"
    judged_template = "assessments/kinds/parts_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "parts": [part["id"] for part in content["parts"]],
            "critical": [[pair["first"], pair["second"]] for pair in content["critical"]],
            "free": [[pair["first"], pair["second"]] for pair in content["free"]],
            "cap": content["cap"],
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "parts": {part["id"]: part["text"] for part in content["parts"]},
            "rationales": {part["id"]: part["rationale"] or "" for part in content["parts"]},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        parts = key["parts"]
        if len(parts) < 3:
            return [_("Give at least three parts.")]
        in_order = [list(pair) for pair in combinations(parts, 2)]
        critical, free = key["critical"], key["free"]
        return [
            *id_problems(parts),
            *(
                [
                    _(
                        "Write each pair with the ids of two parts, the one that stands first in the list before the other."
                    )
                ]
                if any(pair not in in_order for pair in [*critical, *free])
                else []
            ),
            *([_("A pair cannot be both critical and free.")] if any(pair in free for pair in critical) else []),
            *([_("Leave at least one pair that is not free.")] if all(pair in free for pair in in_order) else []),
            *([_("The cap is a whole number from 0 to 100.")] if key["cap"] not in range(101) else []),
        ]

    def read(self, values: Sequence[str]) -> list[str]:
        return sorted(filter(None, values))

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        """Two parts may have the same place: a form without script cannot prevent it."""
        return are_pairs(response, key["parts"], [str(place) for place in range(1, len(key["parts"]) + 1)])

    def parts(self, key: Mapping[str, Any]) -> Any:
        return sorted(key["parts"])

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """The share of pairs in the right order, which is 1 − the normalised Kendall distance; free pairs are not counted.

        Where a critical pair is not in order it is at most the cap. Source: M. Kendall, "A New Measure of Rank
        Correlation", Biometrika 30 (1938), for the distance; the caps are our own.
        """
        kept = self._kept(response)
        counted = self._counted(key)
        points = share(sum(kept(*pair) for pair in counted), len(counted))
        if all(kept(*pair) for pair in key["critical"]):
            return points
        return min(points, share(key["cap"], 100))

    def _counted(self, key: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The pairs whose order matters."""
        return [pair for pair in combinations(key["parts"], 2) if list(pair) not in key["free"]]

    def _kept(self, response: Collection[str]) -> Callable[[str, str], bool]:
        """Whether a response puts one part before another."""
        places = {part: int(place) for part, place in pairs(response).items()}
        return lambda first, second: first in places and second in places and places[first] < places[second]

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        return stable_order(key["parts"], chance)

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        given = pairs(response)
        return {
            "parts": [{"id": part, "text": texts["parts"][part], "given": given.get(part, "")} for part in order],
            "places": [str(place) for place in range(1, len(order) + 1)],
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        """A part is right at its place, or where free pairs put it elsewhere without loss."""
        given, kept = pairs(response), self._kept(response)
        lost = {part for pair in self._counted(key) if not kept(*pair) for part in pair}
        return {
            "is_of_numbers": True,
            "parts": [
                {
                    "text": texts["parts"][part],
                    "given": given.get(part, ""),
                    "wanted": str(place),
                    "is_right": given.get(part) == str(place) or part not in lost,
                    "reasons": [texts["rationales"][part]],
                }
                for place, part in enumerate(key["parts"], 1)
            ],
        }

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        places = range(1, len(key["parts"]) + 1)
        return [
            Group([Line(str(place), (f"{part}:{place}",), place == right) for place in places], texts["parts"][part])
            for right, part in enumerate(key["parts"], 1)
        ]

    def on_paper(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]
    ) -> tuple[list[str], list[str]] | None:
        return [], [texts["parts"][part] for part in order]

    def from_paper(self, key: Mapping[str, Any], order: Sequence[str], given: str) -> list[str] | None:
        """The letters in the order in which the parts go."""
        placed = lettered(order, given)
        return None if placed is None else sorted(f"{part}:{place}" for place, part in enumerate(placed, 1))

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return [f"___ {texts['parts'][part]}" for part in order]


KINDS = [Ordering()]
