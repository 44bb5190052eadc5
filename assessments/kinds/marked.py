"""Answers that a person marks by a rubric: a written one, and pictures (photos, or the pages of a file).

What a person gave is no part of the response: it comes from `assessments.marking`. Of the response it is known only whether
there is one. A written answer is one text; pictures are the public ids of what was sent, in order.
"""

import re
from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import Kind, Problems, id_problems, share
from content.blocks import CharBlock, PlainCodeBlock, TextBlock
from myanmar.text import clean_text

LONGEST, MOST_PICTURES = 4000, 6
PUBLIC_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LevelBlock(blocks.StructBlock):
    """How well a criterion can be met."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    points = blocks.IntegerBlock(label=_("Points"), min_value=0, max_value=20)
    text = CharBlock(label=_("What an answer of this level shows"), max_length=400)

    class Meta:
        icon = "list-ul"
        label = _("Level")


class CriterionBlock(blocks.StructBlock):
    """One thing that is looked at, with its levels."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("What is looked at"), max_length=400)
    levels = blocks.ListBlock(LevelBlock(), label=_("Levels"))

    class Meta:
        icon = "list-ul"
        label = _("Criterion")


class MarkedBlock(blocks.StructBlock):
    """The rubric, and who marks."""

    criteria = blocks.ListBlock(CriterionBlock(), label=_("Criteria"))
    guidance = TextBlock(label=_("For the marker"), help_text=_("Learners never see this."), required=False)
    model = TextBlock(label=_("A good answer"), help_text=_("Shown with the result, where reasons are shown."))
    is_double = blocks.BooleanBlock(label=_("Two people mark each answer"), required=False)
    tolerance = blocks.IntegerBlock(
        label=_("Two marks may differ by, in per cent"), help_text=_("Where they differ more, a third person decides."),
        default=20, min_value=0, max_value=100,
    )  # fmt: skip

    class Meta:
        icon = "edit"


class WrittenBlock(MarkedBlock):
    """A text to write."""

    longest = blocks.IntegerBlock(label=_("Characters at most"), default=1500, min_value=50, max_value=LONGEST)


class PicturesBlock(MarkedBlock):
    """Pictures to send."""

    most = blocks.IntegerBlock(label=_("Pictures at most"), default=3, min_value=1, max_value=MOST_PICTURES)


class Marked(Kind):
    """What both share. key: criteria ([{id, levels: [{id, points}]}]), is_double, tolerance (per cent) and a limit of the kind."""

    marked_by_person = True
    limit = ""

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "criteria": [
                {
                    "id": criterion["id"],
                    "levels": [{"id": level["id"], "points": int(level["points"])} for level in criterion["levels"]],
                }
                for criterion in content["criteria"]
            ],
            "is_double": bool(content.get("is_double")),
            "tolerance": int(content["tolerance"]),
            self.limit: int(content[self.limit]),
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        criteria = content["criteria"]
        return {
            "criteria": {one["id"]: one["text"] for one in criteria},
            "levels": {f"{one['id']}:{level['id']}": level["text"] for one in criteria for level in one["levels"]},
            "guidance": content.get("guidance") or "",
            "rationales": {"model": content["model"]},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        criteria = key["criteria"]
        if not criteria:
            return [_("Give at least one criterion.")]
        if wrong := id_problems([part["id"] for one in criteria for part in (one, *one["levels"])]):
            return wrong
        scale = [[level["points"] for level in one["levels"]] for one in criteria]
        if any(len(set(points)) < 2 or min(points) != 0 for points in scale):
            return [_("Give each criterion at least two levels with different points, the lowest with 0.")]
        return []

    def is_marking(self, key: Mapping[str, Any], levels: Mapping[str, str]) -> bool:
        """Whether every criterion has one of its levels. levels: criterion -> level."""
        known = {one["id"]: {level["id"] for level in one["levels"]} for one in key["criteria"]}
        return set(levels) == set(known) and all(levels[one] in known[one] for one in known)

    def points(self, key: Mapping[str, Any], levels: Mapping[str, str]) -> Decimal:
        """What a marking earns, in [0, 1]: the points of its levels as a share of the most they can be."""
        of = {one["id"]: {level["id"]: level["points"] for level in one["levels"]} for one in key["criteria"]}
        return share(sum(of[one][levels[one]] for one in of), sum(max(points.values()) for points in of.values()))

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """Nothing: only a person's marks count (`assessments.scoring`)."""
        return Decimal(0)

    def rubric(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], levels: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        """The criteria with their levels from the lowest up, and which of them was given. levels: criterion -> level."""
        return [
            {
                "id": one["id"],
                "text": texts["criteria"][one["id"]],
                "levels": [
                    level | {"text": texts["levels"][f"{one['id']}:{level['id']}"], "is_given": levels.get(one["id"]) == level["id"]}
                    for level in sorted(one["levels"], key=lambda level: level["points"])
                ],
            }
            for one in key["criteria"]
        ]  # fmt: skip

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {"limit": key[self.limit], "criteria": [texts["criteria"][one["id"]] for one in key["criteria"]], **self.given(response)}  # fmt: skip

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {"rubric": self.rubric(key, texts, {}), "model": texts["rationales"]["model"], **self.given(response)}

    @abstractmethod
    def given(self, response: Sequence[str]) -> dict[str, Any]:
        """The response as `assessments/kinds/given.html` shows it."""


class Written(Marked):
    """A text of some sentences."""

    name, label = "written", _("Written answer, marked by a person")
    block = WrittenBlock
    template = "assessments/kinds/written.html"
    judged_template = "assessments/kinds/marked_judged.html"
    limit = "longest"

    def read(self, values: Sequence[str]) -> list[str]:
        return [text for value in values if (text := clean_text(value).strip())]

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return len(response) <= 1 and all(len(one) <= LONGEST for one in response)

    def given(self, response: Sequence[str]) -> dict[str, Any]:
        return {"text": next(iter(response), "")}

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return ["____________________________________________________________"] * 8


class Pictures(Marked):
    """Photos, or a file of which every page becomes a picture."""

    name, label = "pictures", _("Photos or a file, marked by a person")
    block = PicturesBlock
    template = "assessments/kinds/pictures.html"
    judged_template = "assessments/kinds/marked_judged.html"
    limit = "most"

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return len(set(response)) == len(response) <= key["most"] and all(map(PUBLIC_ID.fullmatch, response))

    def given(self, response: Sequence[str]) -> dict[str, Any]:
        return {"pictures": [{"id": one, "url": reverse("assessments:picture", args=[one])} for one in response]}

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return []


KINDS = [Written(), Pictures()]
