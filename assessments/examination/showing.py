"""What templates need to lay a specimen before somebody, and to tell afterwards what there was to see."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from assessments.examination import judging
from assessments.examination.judging import TAP, Response
from specimens import dates, sheets, variations
from specimens.anomalies import CATALOGUE
from specimens.describing import title_of
from specimens.generating import Specimen, generate
from specimens.geometry import Region
from specimens.issuing import issue
from specimens.lights import LENS, LIGHTS
from specimens.recipe import Recipe

LIGHT_NAMES = {
    "visible": pgettext_lazy("light", "Daylight"),
    "oblique": pgettext_lazy("light", "Oblique light"),
    "transmitted": pgettext_lazy("light", "Light from behind"),
    "uv": pgettext_lazy("light", "UV light"),
    LENS: _("Lens"),
}
FAMILIES = {
    "portrait": _("Portrait"),
    "data": _("Printed data"),
    "substrate": _("Paper, laminate and UV"),
    "print": _("Print and devices"),
    "book": _("Booklet and sewing"),
    "mrz": _("Machine readable zone"),
    "entries": _("Visas and stamps"),
    "person": _("Person and chip"),
}
ANSWERS = {
    1: _("Surely in order"),
    2: _("Probably in order"),
    3: _("Rather in order"),
    4: _("Rather refer"),
    5: _("Probably refer"),
    6: _("Surely refer"),
}
SHEET_NAMES = {
    "page": _("Data page"),
    "pass": _("Border pass"),
    "front": _("Card, front"),
    "back": _("Card, back"),
    "visa": _("Visa"),
    "second": _("Second visa"),
    "stamps": _("Pages with stamps"),
    "leaves": _("Other pages of the booklet"),
    "edges": _("Edge and spine of the booklet"),
    "person": _("The traveller at the counter"),
    "reader": _("Chip reader"),
}
DOCUMENT_NAMES = {
    "passport": _("Passport"),
    "book": _("Passport, whole booklet"),
    "epassport": _("Passport with chip"),
    "traveller": _("Passport and its holder"),
    "visa": _("Visa and passport"),
    "visas": _("Two visas"),
    "stamps": _("Pages with stamps"),
    "card": _("Identity card"),
    "pass": _("Border pass"),
}


FIRST_REFERENCE = 1_000_000  # seeds of specimens to compare with


@lru_cache(maxsize=64)
def specimen(recipe: Recipe) -> Specimen:
    """The specimen of a recipe, kept while it is looked at."""
    return generate(recipe)


def laid_out(
    one: Specimen, *, language: str, name: str, response: Sequence[str] = (), light: str = "visible", tilt: int = 0
) -> dict[str, Any]:
    """For `assessments/examination/examiner.html`: sheets, lights, the list, the rule card, and what was given. Holds nothing of the truth.

    name: of the form's fields; response: as it is stored.
    """
    given = judging.read([*response, "answer:1"]) or Response(1)
    taps = [mark for mark in given.marks if TAP.fullmatch(mark)]
    return {
        "name": name,
        "sheets": [drawn(sheet.name, sheet.size, sheet.svg, light=light, tilt=tilt) for sheet in one.sheets],
        "lights": [{"code": code, "name": LIGHT_NAMES[code], "is_on": code == light} for code in LIGHTS],
        "light": light,
        "families": [{"value": f"family:{code}", "name": title, "is_chosen": f"family:{code}" in response} for code, title in FAMILIES.items()],
        "answers": [{"value": f"answer:{code}", "name": title, "is_chosen": f"answer:{code}" in response} for code, title in ANSWERS.items()],
        "taps": taps,
        "regions": [
            {
                "value": region.name,
                "title": region.title.of(language),
                "sheet": SHEET_NAMES[region.name.partition(":")[0]],
                "under": [{"code": code, "name": LIGHT_NAMES[code], "text": region.under[code].of(language), "is_hidden": code != light} for code in LIGHTS],
                "is_marked": region.name in given.marks,
            }
            for region in one.descriptions
        ],
        "rules": rules(one, language=language),
        "zone_lengths": [len(line) for line in one.plan.zone],
        "document": one.recipe.document,
        "document_name": DOCUMENT_NAMES[one.recipe.document],
        "state": one.plan.state.code,
        "series": one.plan.series.number,
    }  # fmt: skip


def drawn(name: str, size: tuple[int, int], svg: str, *, light: str = "visible", tilt: int = 0) -> dict[str, Any]:
    """One sheet for a template, lit."""
    lit = svg.replace('data-light="visible"', f'data-light="{light}"' + (f' data-tilted="{tilt}"' if tilt else ""), 1)
    return {"code": name, "name": SHEET_NAMES[name], "svg": mark_safe(lit), "width": size[0], "height": size[1]}  # noqa: S308 (drawn by specimens/)


def rules(one: Specimen, *, language: str) -> list[tuple[Any, str]]:
    """The rule card, row by row. Which rows it has hangs on the document alone, so that none tells what is in it."""
    card, state, document = one.card, one.plan.state, one.recipe.document
    today = (_("Today"), dates.printed(card.today))
    states = (_("States that issue"), "UTO – Republic of Utopia · XNO – State of Norland")
    if document == "stamps":
        return [
            today,
            (_("Frame of an entry stamp"), sheets.FRAMES[state.entry_frame].of(language)),
            (_("Frame of an exit stamp"), sheets.FRAMES[state.exit_frame].of(language)),
            (_("Posts that stamp"), " · ".join(state.places)),
            (_("Posts that are closed"), " · ".join(card.closed_places)),
            (_("A stamp writes 7 March 2026 as"), dates.stamped(dates.EXAMPLE, card)),
            *(
                (_("No exit stamps given"), f"{place}, {dates.printed(first)} – {dates.printed(last)}")
                for place, first, last in card.unstamped
            ),
        ]
    if document == "pass":
        return [
            today,
            states,
            (_("Areas of this border"), " · ".join(card.areas)),
            (_("Days for each journey, at most"), str(card.days_per_trip)),
            (_("Valid, in months"), str(card.pass_months)),
        ]
    return [
        today,
        states,
        (_("The machine readable zone begins with"), " · ".join(card.document_codes)),
        (_("Valid, in years (adults, children)"), f"{card.years} · {card.child_years}"),
        (_("New design of booklets since"), dates.printed(card.changed_on)),
        (_("Amendments"), gettext("By hand, with the round stamp of the office")),
    ]


def told(one: Specimen, *, language: str) -> dict[str, Any]:
    """What there was to see, with the places on the sheets; only after the answer."""
    anomalies = [
        {
            "title": CATALOGUE[found.kind].title.of(language),
            "explanation": CATALOGUE[found.kind].explanation.of(language),
            "family": FAMILIES[found.group],
            "look": [LIGHT_NAMES[code] for code in CATALOGUE[found.kind].look],
            "places": [title_of(name).of(language) for name in found.where],
        }
        for found in one.truth.anomalies
    ]
    return {
        "is_signal": one.truth.is_signal,
        "anomalies": anomalies,
        "variations": [{"title": variations.CATALOGUE[kind].title.of(language), "why": variations.CATALOGUE[kind].why.of(language)} for kind in one.truth.variations],
        "where": {sheet.name: _boxes(one, sheet.name) for sheet in one.sheets},
        "best_light": next((code for found in one.truth.anomalies for code in CATALOGUE[found.kind].look if code in LIGHTS), "visible"),
    }  # fmt: skip


def _boxes(one: Specimen, sheet: str) -> list[dict[str, str]]:
    regions: list[Region] = [
        region
        for found in one.truth.anomalies
        for name, region in found.where.items()
        if name.partition(":")[0] == sheet
    ]
    return [
        {"x": f"{box.x:.0f}", "y": f"{box.y:.0f}", "width": f"{box.width:.0f}", "height": f"{box.height:.0f}"}
        for region in regions
        for box in region.boxes
    ]


def judged(one: Specimen, response: Sequence[str], *, language: str) -> dict[str, Any]:
    """For `assessments/examination/judged.html`: the specimen again, what there was, and what was given."""
    given = judging.read(response) or Response(1)
    truth = told(one, language=language)
    shown = laid_out(one, language=language, name="", light=truth["best_light"])
    taps = [(tap[1], tap[2], tap[3]) for mark in given.marks if (tap := TAP.fullmatch(mark))]
    for sheet in shown["sheets"]:
        sheet |= {
            "boxes": truth["where"][sheet["code"]],
            "taps": [{"x": x, "y": y} for name, x, y in taps if name == sheet["code"]],
        }
    verdict = judging.judge(one.truth, given)
    return {
        **shown,
        **truth,
        "uid": one.recipe.seed,
        "says_why": True,
        "answer": ANSWERS[given.answer],
        "family_given": FAMILIES.get(given.family, ""),
        "marked": [title_of(mark).of(language) for mark in given.marks if not TAP.fullmatch(mark)],
        "is_right": verdict.is_right,
        "is_localised": verdict.is_localised,
        "is_referred": given.is_referred,
        "rules": rules(one, language=language),
    }


def reference(document: str, state: str, series: int) -> list[dict[str, Any]]:
    """The clean specimen of a document to compare with: the same issuer and series, another holder. None: an empty list."""
    for seed in range(FIRST_REFERENCE, FIRST_REFERENCE + 400):
        plan = issue(seed, document)
        if plan.state.code == state and plan.series.number == series:
            found = specimen(Recipe(seed, document))
            return [drawn(sheet.name, sheet.size, sheet.svg) for sheet in found.sheets]
    return []
