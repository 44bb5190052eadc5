"""A few words to type. A response is the text typed; it is compared with accepted answers of every language."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import LONGEST_ANSWER, Group, Line, Problems, Typed, id_problems, typed_lines
from content.blocks import CharBlock, PlainCodeBlock, TextBlock
from myanmar.search import Prepared, spellings
from myanmar.text import clean_text


class AnswerBlock(blocks.StructBlock):
    """An answer that earns something, or one that people often give by mistake, with what to say about it."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(
        label=_("Answer to recognise"),
        help_text=_("With “ / ” between spellings or words that are as good; each language has its own."),
        max_length=300,
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
        icon = "list-ul"
        label = _("Answer to recognise")


class ShortTextBlock(blocks.StructBlock):
    """Answers that are recognised."""

    answers = blocks.ListBlock(AnswerBlock(), label=_("Answers to recognise"))

    class Meta:
        icon = "list-ul"


class ShortText(Typed):
    """key: answers, each with id and points (per cent); as published also accepted (language -> id -> answers)."""

    name, label = "shorttext", _("Short answer")
    block = ShortTextBlock

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"answers": [{"id": one["id"], "points": one["points"]} for one in content["answers"]]}

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "accepted": {one["id"]: one["text"] for one in content["answers"]},
            "rationales": {one["id"]: one["rationale"] for one in content["answers"]},
        }

    def keyed(self, key: dict[str, Any], texts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        return key | {"accepted": {language: one["accepted"] for language, one in texts.items()}}

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        points = [one["points"] for one in key["answers"]]
        accepted = texts.get("accepted", {}).values()
        heard = [form for answer in accepted for form in {form for one in alternatives(answer) for form in forms(one)}]
        return [
            *id_problems([one["id"] for one in key["answers"]]),
            *([_("Give at least one answer that earns 100 per cent.")] if 100 not in points else []),
            *(
                [_("What an answer earns is a whole number from 0 to 100.")]
                if any(one not in range(101) for one in points)
                else []
            ),
            *unreadable(accepted),
            *([_("The same answer stands twice.")] if len(set(heard)) < len(heard) else []),
        ]

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {"given": next(iter(response), "")}

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        right = next(one["id"] for one in key["answers"] if one["points"] == 100)
        given, found = next(iter(response), ""), self.found(key, response)
        said = [found["id"]] if found else []
        if not found or found["points"] < 100:
            said.append(right)
        return {
            "parts": [
                {
                    "given": given,
                    "wanted": texts["accepted"][right],
                    "is_right": bool(found) and found["points"] == 100,
                    "is_near": not found and sounds_like(given, texts["accepted"][right]),
                    "reasons": [texts["rationales"][one] for one in said],
                }
            ]
        }

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        answers = key["answers"]

        def found(text: str) -> int | None:
            answer = self.found(key, [text])
            return answers.index(answer) if answer else None

        known = [Line(texts["accepted"][one["id"]], (), one["points"] == 100) for one in answers]
        return [Group(typed_lines(known, given, found, lambda text: forms(text) or text))]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return ["______________________________"]

    def found(self, key: Mapping[str, Any], response: Collection[str]) -> Any:
        """The answer given, in whatever language; the one that earns most."""
        given = next(iter(response), "")
        found = [one for one in key["answers"] if any(is_one_of(given, texts[one["id"]]) for texts in key["accepted"].values())]  # fmt: skip
        return max(found, key=lambda one: one["points"], default=None)


def alternatives(text: str) -> list[str]:
    """The answers in a text that has " / " between them."""
    return [one for one in re.split(r"\s+/\s+", text.strip()) if one]


@lru_cache(4096)
def forms(text: str) -> frozenset[str]:
    """What a typed text is compared by: its syllables, numbers and words, whatever its case, spaces, stops and digits are.

    Two where it may have been typed in Zawgyi; none for a text without letters and digits.
    """
    return frozenset(line for one in spellings(text) if (line := Prepared(one).exact.line) and has_words(line))


def has_words(line: str) -> bool:
    """Whether there is a letter or digit in it."""
    return any(map(str.isalnum, line))


def is_one_of(given: str, accepted: str) -> bool:
    """Whether a typed text is one of the accepted answers."""
    wanted = forms(given)
    return any(not wanted.isdisjoint(forms(one)) for one in alternatives(accepted))


def sounds_like(given: str, accepted: str) -> bool:
    """Whether a typed text only sounds like one of the accepted answers."""

    def sound(text: str) -> str:
        return Prepared(clean_text(text)).by_sound.line

    heard = sound(given)
    return has_words(heard) and any(sound(one) == heard for one in alternatives(accepted))


def unreadable(accepted: Collection[str]) -> Problems:
    """What is wrong with accepted answers, in words for an editor."""
    parts = [one for text in accepted for one in alternatives(text)]
    if all(forms(one) for one in parts) and all(len(one) <= LONGEST_ANSWER for one in parts):
        return []
    return [_("An accepted answer needs letters or digits, and has at most 200 characters.")]


KINDS = [ShortText()]
