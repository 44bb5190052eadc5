"""Questions on a drawing: its regions chosen (hotspot), or given their labels. Regions are always listed as text as well.

A response to a hotspot is the ids of the regions chosen; to labels, "region:label" for each region that was given one.
"""

import random
import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import Group, Kind, Line, Problems, id_problems, is_list_of_ids, share
from content.blocks import CharBlock, FigureBlock, PlainCodeBlock, TextBlock

CORNER = re.compile(r"(\d{1,3}(?:\.\d{1,2})?),(\d{1,3}(?:\.\d{1,2})?)")


class RegionBlock(blocks.StructBlock):
    """A part of the drawing."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    points = PlainCodeBlock(
        label=_("Corners"), help_text=_("x,y x,y x,y … in per cent of the width and height, from the upper left"), max_length=1000
    )  # fmt: skip
    text = CharBlock(label=_("What it is, for the list"), max_length=200)


class SpotBlock(RegionBlock):
    """A part of the drawing that may be chosen."""

    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    rationale = TextBlock(label=_("Why it is right or wrong"))

    class Meta:
        icon = "crosshairs"
        label = _("Place in the drawing")


class HotspotBlock(FigureBlock):
    """A drawing and its regions."""

    several = blocks.BooleanBlock(label=_("Several may be chosen"), required=False)
    regions = blocks.ListBlock(SpotBlock(), label=_("Places in the drawing"))

    class Meta:
        icon = "crosshairs"


class PlaceBlock(RegionBlock):
    """A part of the drawing that wants a label."""

    rationale = TextBlock(label=_("Why this label belongs here"))

    class Meta:
        icon = "crosshairs"
        label = _("Place in the drawing")


class LabelBlock(blocks.StructBlock):
    """A label to be placed."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("Label"), max_length=200)
    region = PlainCodeBlock(label=_("Belongs to"), help_text=_("The id of a region; empty: to none"), required=False, max_length=10)  # fmt: skip

    class Meta:
        icon = "tag"
        label = _("Label")


class LabelsBlock(FigureBlock):
    """A drawing, its regions and the labels to place."""

    regions = blocks.ListBlock(PlaceBlock(), label=_("Places in the drawing"))
    choices = blocks.ListBlock(LabelBlock(), label=_("Labels to place"))

    class Meta:
        icon = "tag"


class OnPicture(Kind):
    """What both share. key: drawing; regions: [{id, points, …}]."""

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "alt": content["alt"],
            "caption": content["caption"],
            "words": list(content["labels"]),
            "regions": {region["id"]: region["text"] for region in content["regions"]},
            "rationales": {region["id"]: region["rationale"] for region in content["regions"]},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        wrong = [one["id"] for one in key["regions"] if not _corners(one["points"])]
        return [
            *([_("Give the drawing.")] if not key["drawing"] else []),
            *([_("Give at least two regions.")] if len(key["regions"]) < 2 else []),
            *id_problems([region["id"] for region in key["regions"]]),
            *([_("Write at least three corners as x,y x,y x,y with numbers from 0 to 100: %(ids)s.") % {"ids": ", ".join(wrong)}] if wrong else []),
        ]  # fmt: skip

    def picture(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> dict[str, Any]:
        """What the drawing's template needs. Numbers are text: no language writes them otherwise."""
        return {
            "drawing": key["drawing"],
            "alt": texts["alt"],
            "caption": texts["caption"],
            "words": texts["words"],
            "regions": [
                {"id": one["id"], "points": one["points"], **_middle(_corners(one["points"]))} for one in key["regions"]
            ],
        }


class Hotspot(OnPicture):
    """Regions to be chosen. key: several; regions: [{id, points, right}]."""

    name, label = "hotspot", _("Places in a drawing")
    block = HotspotBlock
    template = "assessments/kinds/hotspot.html"
    judged_template = "assessments/kinds/hotspot_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "drawing": content["drawing"],
            "several": bool(content["several"]),
            "regions": [
                {"id": one["id"], "points": one["points"], "right": bool(one["correct"])} for one in content["regions"]
            ],
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        right = len(_right(key))
        wrong = super().problems(key, texts)
        if not 0 < right < len(key["regions"]):
            wrong.append(_("Mark at least one region as right and leave at least one wrong."))
        if right > 1 and not key["several"]:
            wrong.append(_("Let several be chosen, or mark exactly one region as right."))
        return wrong

    def read(self, values: Sequence[str]) -> list[str]:
        return sorted(filter(None, values))

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return is_list_of_ids(response, [one["id"] for one in key["regions"]]) and (
            key["several"] or len(response) <= 1
        )

    def parts(self, key: Mapping[str, Any]) -> Any:
        return key["several"], sorted(one["id"] for one in key["regions"])

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """(right chosen − wrong chosen) ÷ number right, not below 0, as for several right answers."""
        right = _right(key)
        return share(len(right.intersection(response)) - len(set(response) - right), len(right))

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {
            "picture": self.picture(key, texts),
            "is_multiple": key["several"],
            "options": [
                {"id": one["id"], "text": texts["regions"][one["id"]], "is_chosen": one["id"] in response}
                for one in key["regions"]
            ],
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        shown = self.question(key, texts, order, response)
        for option, region in zip(shown["options"], shown["picture"]["regions"], strict=True):
            option |= {"is_right": option["id"] in _right(key), "rationale": texts["rationales"][option["id"]]}
            region |= {"is_right": option["is_right"], "is_chosen": option["is_chosen"]}
        return shown

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        lines = [Line(texts["regions"][one["id"]], (one["id"],), one["right"]) for one in key["regions"]]
        return [Group(lines, is_one=not key["several"])]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        places = [f"☐ {number}. {texts['regions'][one['id']]}" for number, one in enumerate(key["regions"], 1)]
        return [f"[{texts['alt']}]", *places]


class Labels(OnPicture):
    """Labels to be placed. key: regions: [{id, points}]; choices: [{id, region}], region "" for a label too many."""

    name, label = "labels", _("Labels for a drawing")
    block = LabelsBlock
    template = "assessments/kinds/labels.html"
    judged_template = "assessments/kinds/labels_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "drawing": content["drawing"],
            "regions": [{"id": one["id"], "points": one["points"]} for one in content["regions"]],
            "choices": [{"id": one["id"], "region": one["region"] or ""} for one in content["choices"]],
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return super().texts(content) | {"choices": {one["id"]: one["text"] for one in content["choices"]}}

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        regions = sorted(one["id"] for one in key["regions"])
        ids = id_problems([one["id"] for one in key["choices"]])
        wrong = super().problems(key, texts)
        wrong += [one for one in ids if one not in wrong]
        if sorted(one["region"] for one in key["choices"] if one["region"]) != regions:
            wrong.append(_("Give every region exactly one label, and no label to a region that is not there."))
        return wrong

    def read(self, values: Sequence[str]) -> list[str]:
        return sorted(filter(None, values))

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        given = [one.partition(":") for one in response]
        choices, regions = ({one["id"] for one in key[part]} for part in ("choices", "regions"))
        return is_list_of_ids([region for region, _colon, _choice in given], regions) and all(
            choice in choices for _region, _colon, choice in given
        )

    def parts(self, key: Mapping[str, Any]) -> Any:
        return sorted(one["id"] for one in key["regions"]), sorted(one["id"] for one in key["choices"])

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """The share of regions that have their label."""
        right = {f"{one['region']}:{one['id']}" for one in key["choices"] if one["region"]}
        return share(len(right.intersection(response)), len(right))

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        # Never as authored: labels are written down in the order of their regions.
        choices = sorted(one["id"] for one in key["choices"])
        (chance or random.Random(len(choices))).shuffle(choices)  # noqa: S311 (no secret)
        return choices

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {
            "picture": self.picture(key, texts),
            "places": [
                {
                    "text": texts["regions"][region["id"]],
                    "options": [
                        {"value": value, "text": texts["choices"][choice], "is_chosen": value in response}
                        for value, choice in ((f"{region['id']}:{choice}", choice) for choice in order)
                    ],
                }
                for region in key["regions"]
            ],
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        given = dict(one.split(":") for one in response)
        belongs = {one["region"]: one["id"] for one in key["choices"]}
        picture = self.picture(key, texts)
        places = []
        for region in picture["regions"]:
            id = region["id"]
            is_right = given.get(id) == belongs[id]
            region |= {"is_right": is_right, "is_chosen": id in given}
            places.append(
                {
                    "text": texts["regions"][id],
                    "right": texts["choices"][belongs[id]],
                    "given": texts["choices"][given[id]] if id in given else "",
                    "is_right": is_right,
                    "rationale": texts["rationales"][id],
                }
            )
        return {"picture": picture, "places": places}

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        return [
            Group(
                [
                    Line(texts["choices"][one["id"]], (f"{region['id']}:{one['id']}",), one["region"] == region["id"])
                    for one in key["choices"]
                ],
                texts["regions"][region["id"]],
            )
            for region in key["regions"]
        ]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        places = [f"{number}. {texts['regions'][one['id']]}: ______" for number, one in enumerate(key["regions"], 1)]
        return [f"[{texts['alt']}]", *(f"– {texts['choices'][choice]}" for choice in order), *places]


def _right(key: Mapping[str, Any]) -> set[str]:
    return {one["id"] for one in key["regions"] if one["right"]}


def _corners(points: str) -> list[tuple[float, float]]:
    """The corners of a region; none where it is not written as one."""
    found = [CORNER.fullmatch(one) for one in points.split()]
    corners = [(float(one[1]), float(one[2])) for one in found if one]
    if len(corners) < 3 or len(corners) < len(found) or any(max(one) > 100 for one in corners):
        return []
    return corners


def _middle(corners: Sequence[tuple[float, float]]) -> dict[str, str]:
    """Where a region's number stands."""
    return {name: f"{sum(one[axis] for one in corners) / len(corners):.1f}%" for axis, name in enumerate(("x", "y"))}


KINDS: list[Kind] = [Hotspot(), Labels()]
