"""A number to type. A response is the text typed, in Burmese or other digits, with or without its unit."""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import Group, Line, Problems, Typed, id_problems, typed_lines
from content.blocks import CharBlock, PlainCodeBlock, TextBlock
from myanmar.digits import to_ascii_digits
from myanmar.text import clean_text

# The letter wa passes for a zero, as in every number box; after the number may stand its unit.
_NUMBER = re.compile(r"([+-]?)([0-9ဝ]{1,3}(?:,[0-9ဝ]{3})+|[0-9ဝ]+)(\.[0-9ဝ]+)?(\s*[^0-9]*)")

EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class ValueBlock(blocks.StructBlock):
    """A number that earns something, or one that people often give by mistake, with what to say about it."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    value = PlainCodeBlock(label=_("Number"), max_length=30)
    tolerance = PlainCodeBlock(
        label=_("Tolerance"), help_text=_("How far off it may be, up or down"), max_length=30, default="0"
    )
    points = blocks.IntegerBlock(
        label=_("What it earns, in per cent"),
        help_text=_("100 for what is right, 0 for a common mistake"),
        default=100,
        min_value=0,
        max_value=100,
    )
    rationale = TextBlock(label=_("What is said of this answer"))

    class Meta:
        icon = "list-ol"
        label = _("Number")


class NumericBlock(blocks.StructBlock):
    """Numbers that are recognised."""

    values = blocks.ListBlock(
        ValueBlock(), label=_("Numbers"), help_text=_("The first that an answer agrees with counts.")
    )
    unit = CharBlock(label=_("Unit of measure"), help_text=_("Shown beside the box"), required=False, max_length=30)

    class Meta:
        icon = "list-ol"


def number(text: str) -> Decimal | None:
    """The number that a text begins with, or None: ၁,၂၃၄.၅ and 1234.5 km are numbers, "12 or 13" is none."""
    found = _NUMBER.fullmatch(to_ascii_digits(clean_text(text)).replace("−", "-"))
    if found is None:
        return None
    sign, whole, places, rest = found.groups("")
    if rest.strip() and not re.search("[0-9]", whole + places):  # a word that begins with the letter wa
        return None
    return Decimal(sign + (whole + places).replace(",", "").replace("ဝ", "0"))


class Numeric(Typed):
    """key: values, each with id, value, tolerance (texts of exact numbers) and points (per cent), the first that fits counts."""

    name, label = "numeric", _("Number")
    block = NumericBlock

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "values": [
                {
                    "id": one["id"],
                    "value": to_ascii_digits(str(one["value"])),
                    "tolerance": to_ascii_digits(str(one["tolerance"])),
                    "points": one["points"],
                }
                for one in content["values"]
            ]
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "unit": content["unit"] or "",
            "rationales": {one["id"]: one["rationale"] for one in content["values"]},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        values = key["values"]
        if not all(EXACT.fullmatch(one["value"]) and EXACT.fullmatch("-" + one["tolerance"]) for one in values):
            return [_("Write numbers with digits and a point only, like 1234.5; a tolerance is not below 0.")]
        return [
            *id_problems([one["id"] for one in values]),
            *(
                [_("Give at least one number that earns 100 per cent.")]
                if all(one["points"] != 100 for one in values)
                else []
            ),
            *(
                [_("What an answer earns is a whole number from 0 to 100.")]
                if any(one["points"] not in range(101) for one in values)
                else []
            ),
            *(
                [_("A number lies within the tolerance of one before it, so that no answer ever reaches it.")]
                if any(_matched(values[:n], Decimal(one["value"])) for n, one in enumerate(values))
                else []
            ),
        ]

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {"given": next(iter(response), ""), "unit": texts["unit"], "is_number": True}

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        right = next(one for one in key["values"] if one["points"] == 100)
        found = self.found(key, response)
        said = [found["id"]] if found else []
        if not found or found["points"] < 100:
            said.append(right["id"])
        return {
            "is_of_numbers": True,
            "parts": [
                {
                    "given": next(iter(response), ""),
                    "wanted": " ".join(
                        [
                            right["value"],
                            *([f"(± {right['tolerance']})"] if Decimal(right["tolerance"]) else []),
                            *filter(None, [texts["unit"]]),
                        ]
                    ),
                    "is_right": bool(found) and found["points"] == 100,
                    "reasons": [texts["rationales"][one] for one in said],
                }
            ],
        }

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        values = key["values"]

        def found(text: str) -> int | None:
            answer = self.found(key, [text])
            return values.index(answer) if answer else None

        known = [
            Line(" ".join(filter(None, [one["value"], texts["unit"]])), (), one["points"] == 100) for one in values
        ]
        return [Group(typed_lines(known, given, found, lambda text: number(text) or text))]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return [f"__________ {texts['unit']}".rstrip()]

    def found(self, key: Mapping[str, Any], response: Collection[str]) -> Any:
        given = number(next(iter(response), ""))
        return None if given is None else _matched(key["values"], given)


def _matched(values: Sequence[Mapping[str, Any]], given: Decimal) -> Mapping[str, Any] | None:
    """The first value that a number agrees with, its tolerance included."""
    return next((one for one in values if abs(given - Decimal(one["value"])) <= Decimal(one["tolerance"])), None)


KINDS = [Numeric()]
