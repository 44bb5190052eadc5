"""A specimen to examine: a document of a State that does not exist, to be let pass or referred, with the place and family of what was seen.

A response is "answer:1" to "answer:6", "family:…", taps as "sheet:x,y" and regions of the list as "sheet:REGION".
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.examination import judging, showing
from assessments.kinds.base import Group, Kind, Line, Problems, share
from content.blocks import PlainCodeBlock
from specimens.anomalies import CATALOGUE
from specimens.generating import GENERATOR
from specimens.recipe import Recipe


class FaultBlock(blocks.StructBlock):
    """What shall be seen."""

    kind = blocks.ChoiceBlock(
        choices=[(kind, f"{kind} {one.title.en}") for kind, one in CATALOGUE.items()], label=_("Anomaly")
    )
    severity = blocks.IntegerBlock(min_value=1, max_value=5, default=3, label=_("How plain, 1 to 5"))

    class Meta:
        icon = "view"
        label = _("Anomaly")


class SpecimenBlock(blocks.StructBlock):
    """A specimen by its seed, with what shall be seen in it; without any anomaly it is in order."""

    document = blocks.ChoiceBlock(choices=list(showing.DOCUMENT_NAMES.items()), label=_("Document"))
    seed = blocks.IntegerBlock(
        min_value=1,
        max_value=2_000_000_000,
        label=_("Seed"),
        help_text=_("Any number: the same number gives the same specimen"),
    )
    faults = blocks.ListBlock(FaultBlock(), label=_("Anomalies, two at most"), default=[])
    variations = PlainCodeBlock(
        label=_("Genuine variations"),
        required=False,
        max_length=40,
        help_text=_("Codes with a space between them: G01 G16"),
    )

    class Meta:
        icon = "view"


class Specimen(Kind):
    """key: recipe, generator."""

    name, label = "specimen", _("Specimen of a document")
    block = SpecimenBlock
    template = "assessments/kinds/specimen.html"
    judged_template = "assessments/kinds/specimen_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "recipe": {
                "seed": int(content["seed"]),
                "document": str(content["document"]),
                "faults": [[str(one["kind"]), int(one["severity"])] for one in content["faults"]],
                "variations": str(content.get("variations") or "").split(),
            },
            "generator": GENERATOR,
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        # What is read is the catalogue's, in the reader's language; kept in English so that it is found, and for whether it may be shown.
        faults = [str(one["kind"]) for one in content["faults"]]
        reasons = {kind: CATALOGUE[kind].explanation.en for kind in faults if kind in CATALOGUE}
        return {"rationales": reasons or {"clean": "It is in order."}}

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        try:
            recipe = Recipe.of(key["recipe"])
        except ValueError:
            return [
                _(
                    "This document cannot show that. Choose anomalies and variations of the catalogue that belong to the document, two anomalies at most."
                )
            ]
        specimen = showing.specimen(recipe)
        if set(specimen.truth.variations) != set(recipe.variations):
            return [
                _(
                    "A variation lies where the anomaly is, or has no room in this specimen. Leave it out or choose another seed."
                )
            ]
        return []

    def read(self, values: Sequence[str]) -> list[str]:
        return [value for value in dict.fromkeys(values) if value]

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        sheets, regions = judging.shown_of(_specimen(key))
        parsed = judging.read([*(one for one in response if not one.startswith("answer:")), "answer:1"])
        answers = [one for one in response if one.startswith("answer:")]
        families = [one for one in response if one.startswith("family:")]
        if parsed is None or len(answers) > 1 or len(families) > 1:
            return False
        if (answers and judging.read(answers) is None) or (families and not parsed.family):
            return False
        marks = len(response) - len(answers) - len(families)
        return marks == len(parsed.marks) and judging.is_possible(parsed, sheets, regions)

    def is_whole(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return judging.read(response) is not None

    def parts(self, key: Mapping[str, Any]) -> Any:
        return key["recipe"]["document"], key["recipe"]["seed"]

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """A clean one let pass: 1; one that is referred rightly: a half, and 1 with the place and the family of what was seen."""
        given = judging.read(list(response))
        return share(judging.points(_specimen(key).truth, given), 4) if given else Decimal(0)

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        # The template names the fields itself: the name is known only there.
        return {"examiner": showing.laid_out(_specimen(key), language=_language(), name="", response=response)}

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        says_why = any(texts["rationales"].values())
        return {"examined": showing.judged(_specimen(key), response, language=_language()) | {"says_why": says_why}}

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        one, language = _specimen(key), _language()
        truth = one.truth
        answers = [
            Line(str(words), (f"answer:{code}",), (code >= 4) == truth.is_signal)
            for code, words in showing.ANSWERS.items()
        ]
        families = [
            Line(str(words), (f"family:{code}",), code in truth.groups) for code, words in showing.FAMILIES.items()
        ]
        taps: dict[str, list[str]] = {}
        for value in given:
            if tap := judging.TAP.fullmatch(value):
                hit = truth.hit_by(tap[1], (float(tap[2]), float(tap[3])), slack=judging.SLACK)
                taps.setdefault(next(iter(hit.where)) if hit else "", []).append(value)
        places = [
            Line(row.title.of(language), (row.name, *taps.pop(row.name, [])), truth.named_by(row.name) is not None)
            for row in one.descriptions
        ]
        elsewhere = [Line(gettext("Another place"), tuple(values)) for values in taps.values()]
        return [
            Group(answers, gettext("Decision")),
            Group(families, gettext("Family of what was seen")),
            Group([*places, *elsewhere], gettext("Places that were marked"), is_one=False),
        ]

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        one, language = _specimen(key), _language()
        lines = [f"[SPECIMEN · {showing.DOCUMENT_NAMES[one.recipe.document]}]"]
        lines += [f"{row.title.of(language)}: {row.under['visible'].of(language)}" for row in one.descriptions]
        return [*lines, *(f"☐ {words}" for words in showing.ANSWERS.values())]


def _specimen(key: Mapping[str, Any]) -> Any:
    return showing.specimen(Recipe.of(key["recipe"]))


def _language() -> str:
    return get_language() or "my"


KINDS: list[Kind] = [Specimen()]
