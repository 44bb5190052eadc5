"""One right answer, several, or true and false. A response is the ids of the options chosen."""

import random
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import Group, Kind, Line, Problems, is_list_of_ids, lettered, share
from content.blocks import CharBlock, PlainCodeBlock, TextBlock


class OptionBlock(blocks.StructBlock):
    """One option with the reason why it is right or wrong."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("Option"), max_length=400)
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    rationale = TextBlock(label=_("Why it is right or wrong"))

    class Meta:
        icon = "list-ul"
        label = _("Option")
        description = _("One option, with the reason why it is right or wrong")


class ChoiceBlock(blocks.StructBlock):
    """Options to choose from."""

    options = blocks.ListBlock(OptionBlock(), label=_("Options"))

    class Meta:
        icon = "list-ul"


class Choice(Kind):
    """What the three kinds of choice share. key: option id -> whether it is right."""

    block = ChoiceBlock
    template = "assessments/kinds/choice.html"
    judged_template = "assessments/kinds/choice_judged.html"
    is_multiple = False
    is_shuffled = True

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {option["id"]: bool(option["correct"]) for option in content["options"]}

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "options": {option["id"]: option["text"] for option in content["options"]},
            "rationales": {option["id"]: option["rationale"] for option in content["options"]},
        }

    def read(self, values: Sequence[str]) -> list[str]:
        return sorted(filter(None, values))

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return is_list_of_ids(response, key) and (self.is_multiple or len(response) <= 1)

    def parts(self, key: Mapping[str, Any]) -> Any:
        return sorted(key)

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        return Decimal(int(set(response) == {option for option, correct in key.items() if correct}))

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        options = list(key)
        if chance and self.is_shuffled:
            chance.shuffle(options)
        return options

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {
            "is_multiple": self.is_multiple,
            "options": [
                {"id": option, "text": texts["options"][option], "is_chosen": option in response} for option in order
            ],
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        shown = self.question(key, texts, order, response)
        for option in shown["options"]:
            option |= {"is_right": key[option["id"]], "rationale": texts["rationales"][option["id"]]}
        return shown

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        lines = [Line(texts["options"].get(one, one), (one,), is_right) for one, is_right in key.items()]
        return [Group(lines, is_one=not self.is_multiple)]

    def on_paper(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]
    ) -> tuple[list[str], list[str]] | None:
        return [], [texts["options"][option] for option in order]

    def from_paper(self, key: Mapping[str, Any], order: Sequence[str], given: str) -> list[str] | None:
        chosen = lettered(order, given)
        return None if chosen is None or not self.is_response(key, sorted(chosen)) else sorted(chosen)

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return [f"☐ {texts['options'][option]}" for option in order]


class Single(Choice):
    """One option is right."""

    name, label = "single", _("One right answer")

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        return [
            *([_("Mark exactly one option as right.")] if sum(key.values()) != 1 else []),
            *([_("Give at least three options with different ids.")] if len(key) < 3 else []),
        ]


class Multiple(Choice):
    """Several options are right."""

    name, label = "multiple", _("Several right answers")
    is_multiple = True

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        right = sum(key.values())
        if right < 2 or right == len(key):
            return [_("Mark at least two options as right and leave at least one wrong.")]
        return []

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """(right chosen − wrong chosen) ÷ number right, not below 0, so that choosing everything earns nothing extra
        (partial credit with penalty, as in Moodle's multiple-answer scoring)."""
        right = {option for option, correct in key.items() if correct}
        return share(len(right.intersection(response)) - len(set(response) - right), len(right))


class TrueFalse(Choice):
    """True or false."""

    name, label = "truefalse", _("True or false")
    is_shuffled = False

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        return [
            *([_("Mark exactly one option as right.")] if sum(key.values()) != 1 else []),
            *([_("Give two options with the ids “true” and “false”.")] if set(key) != {"true", "false"} else []),
        ]


KINDS = [Single(), Multiple(), TrueFalse()]
