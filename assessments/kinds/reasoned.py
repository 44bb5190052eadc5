"""True or false, and why. A response is "true" or "false" and the id of the reason chosen."""

import random
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import Group, Kind, Line, Problems, id_problems
from assessments.kinds.choice import OptionBlock
from content.blocks import CharBlock, TextBlock

JUDGEMENTS = ("true", "false")


class ReasonBlock(OptionBlock):
    """One reason to choose, with why it holds or does not."""

    text = CharBlock(label=_("Reason"), max_length=400)

    class Meta:
        label = _("Reason")
        description = ""


class ReasonedBlock(blocks.StructBlock):
    """A statement with reasons why it is true or false."""

    text = TextBlock(label=_("Statement"))
    correct = blocks.BooleanBlock(label=_("The statement is true"), required=False)
    reasons = blocks.ListBlock(ReasonBlock(), label=_("Reasons"))

    class Meta:
        icon = "help"


class Reasoned(Kind):
    """key: is_true, reasons (ids), right (the id of the right reason)."""

    name, label = "reasoned", _("True or false, with the reason")
    block = ReasonedBlock
    template = "assessments/kinds/reasoned.html"
    judged_template = "assessments/kinds/reasoned_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "is_true": bool(content["correct"]),
            "reasons": [reason["id"] for reason in content["reasons"]],
            "right": [reason["id"] for reason in content["reasons"] if reason["correct"]],
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "statement": content["text"],
            "reasons": {reason["id"]: reason["text"] for reason in content["reasons"]},
            "rationales": {reason["id"]: reason["rationale"] for reason in content["reasons"]},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        return [
            *id_problems(key["reasons"]),
            *(
                [_("No reason may have the id “true” or “false”.")]
                if not set(JUDGEMENTS).isdisjoint(key["reasons"])
                else []
            ),
            *([_("Give at least three reasons.")] if len(key["reasons"]) < 3 else []),
            *([_("Mark exactly one reason as right.")] if len(key["right"]) != 1 else []),
        ]

    def read(self, values: Sequence[str]) -> list[str]:
        """The judgement first."""
        return sorted(filter(None, values), key=lambda value: (value not in JUDGEMENTS, value))

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        judgements = [one for one in response if one in JUDGEMENTS]
        reasons = [one for one in response if one in key["reasons"]]
        return max(len(judgements), len(reasons)) <= 1 and len(judgements) + len(reasons) == len(response)

    def parts(self, key: Mapping[str, Any]) -> Any:
        return sorted(key["reasons"])

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """1 for both, 0.5 for the judgement alone; the right reason for a wrong judgement earns nothing."""
        if JUDGEMENTS[not key["is_true"]] not in response:
            return Decimal(0)
        return Decimal(1) if set(key["right"]) & set(response) else Decimal("0.5")

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        reasons = list(key["reasons"])
        if chance:
            chance.shuffle(reasons)
        return reasons

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {
            "statement": texts["statement"],
            "judgement": next((one for one in response if one in JUDGEMENTS), ""),
            "options": [
                {"id": reason, "text": texts["reasons"][reason], "is_chosen": reason in response} for reason in order
            ],
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        shown = self.question(key, texts, order, response)
        for option in shown["options"]:
            option |= {"is_right": option["id"] in key["right"], "rationale": texts["rationales"][option["id"]]}
        wanted = JUDGEMENTS[not key["is_true"]]
        return {**shown, "wanted": wanted, "is_judged_rightly": shown["judgement"] == wanted}

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        judgements = zip(JUDGEMENTS, (_("True"), _("False")), (key["is_true"], not key["is_true"]), strict=True)
        return [
            Group([Line(str(words), (one,), is_right) for one, words, is_right in judgements], texts["statement"]),
            Group([Line(texts["reasons"][one], (one,), one in key["right"]) for one in key["reasons"]]),
        ]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return [
            texts["statement"],
            *(f"☐ {judgement}" for judgement in (_("True"), _("False"))),
            *(f"☐ {texts['reasons'][reason]}" for reason in order),
        ]


KINDS = [Reasoned()]
