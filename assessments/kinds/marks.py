"""Mark the errors in a text. The text holds its parts as [[id|words]]; a response is the ids of those held to be wrong."""

import random
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import Group, Kind, Line, Problems, id_problems, is_list_of_ids, share
from content.blocks import PlainCodeBlock, TextBlock

PART = re.compile(r"\[\[([^\[\]|]*)\|([^\[\]|]+)\]\]")


class PartBlock(blocks.StructBlock):
    """One part of the text that can be marked."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("As in the text: a for [[a|words]]"), max_length=10)
    wrong = blocks.BooleanBlock(label=_("An error"), required=False)
    rationale = TextBlock(label=_("Why it is right or wrong"))

    class Meta:
        icon = "edit"
        label = _("Part")


class MarksBlock(blocks.StructBlock):
    """A text and its parts."""

    text = TextBlock(label=_("Text"), help_text=_("Write each part that can be marked as [[a|words]], with its id."))
    parts = blocks.ListBlock(PartBlock(), label=_("Parts"))

    class Meta:
        icon = "edit"


class Marks(Kind):
    """key: parts: [{id, wrong}]."""

    name, label = "marks", _("Errors in a text")
    block = MarksBlock
    template = "assessments/kinds/marks.html"
    judged_template = "assessments/kinds/marks_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"parts": [{"id": part["id"], "wrong": bool(part["wrong"])} for part in content["parts"]]}

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "text": content["text"],
            "rationales": {part["id"]: part["rationale"] for part in content["parts"]},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        ids = [part["id"] for part in key["parts"]]
        wrong = id_problems(ids)
        if not 0 < len(_errors(key)) < len(ids):
            wrong.append(_("Mark at least one part as an error and leave at least one without."))
        found = Counter(id for id, _words in PART.findall(texts.get("text", "")))
        if odd := sorted(one for one in {*ids, *found} if found[one] != 1 or one not in ids):
            wrong.append(
                _("Write each part in the text exactly once as [[id|words]], and list it below: %(ids)s.")
                % {"ids": ", ".join(odd)}
            )
        elif "[[" in (rest := PART.sub("", texts["text"])) or "]]" in rest:
            wrong.append(_("Square brackets are left over in the text. Write each part as [[id|words]]."))
        return wrong

    def read(self, values: Sequence[str]) -> list[str]:
        return sorted(filter(None, values))

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return is_list_of_ids(response, [part["id"] for part in key["parts"]])

    def parts(self, key: Mapping[str, Any]) -> Any:
        return sorted(part["id"] for part in key["parts"])

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """(errors marked − others marked) ÷ errors, not below 0, as for several right answers."""
        errors = _errors(key)
        return share(len(errors.intersection(response)) - len(set(response) - errors), len(errors))

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        return []  # a text has its own

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        return {
            "paragraphs": [
                [part | {"is_chosen": part["id"] in response} for part in paragraph]
                for paragraph in _paragraphs(texts["text"])
            ]
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        words = dict(PART.findall(texts["text"]))
        return {
            "paragraphs": _paragraphs(texts["text"]),
            "parts": [
                {
                    "text": words[part["id"]],
                    "is_error": part["wrong"],
                    "is_chosen": part["id"] in response,
                    "is_right": part["wrong"] == (part["id"] in response),
                    "rationale": texts["rationales"][part["id"]],
                }
                for part in sorted(key["parts"], key=lambda part: list(words).index(part["id"]))
            ],
        }

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        words = dict(PART.findall(texts["text"]))
        lines = [Line(words.get(part["id"], part["id"]), (part["id"],), part["wrong"]) for part in key["parts"]]
        return [Group(lines, is_one=False)]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        return [
            "".join(f"☐ [{one['text']}]" if one["id"] else one["text"] for one in p) for p in _paragraphs(texts["text"])
        ]

    def wording(self, texts: Mapping[str, Any]) -> str:
        return super().wording({**texts, "text": PART.sub(r"\2", texts["text"])})


def _errors(key: Mapping[str, Any]) -> set[str]:
    return {part["id"] for part in key["parts"] if part["wrong"]}


def _paragraphs(text: str) -> list[list[dict[str, str]]]:
    """The text in paragraphs, each cut at its parts; what is no part has no id."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        pieces = PART.split(paragraph)  # words, id, words, words, id, words, …
        cut = [{"id": "", "text": pieces[0]}]
        for n in range(1, len(pieces), 3):
            cut += [{"id": pieces[n], "text": pieces[n + 1]}, {"id": "", "text": pieces[n + 2]}]
        paragraphs.append([one for one in cut if one["text"]])
    return paragraphs


KINDS: list[Kind] = [Marks()]
