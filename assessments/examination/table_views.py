"""The trainer's table: a specimen for the whole room on a wall, its truth hidden until it is revealed, and sheets to print with a key."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from assessments.examination import showing
from people.access import may_or_404
from specimens.anomalies import CATALOGUE
from specimens.chance import Chance
from specimens.generating import with_fault, without_fault
from specimens.lights import LIGHTS, TILT
from specimens.recipe import Recipe

MOST_SHEETS = 12
CLEAN = "clean"


class TableForm(forms.Form):
    """What to show. Numbers are asked for as such, so that a link can be shared and shows the same again."""

    kind = forms.ChoiceField(label=_("What there is to see"), required=False)
    severity = forms.IntegerField(label=_("How plain, 1 to 5"), min_value=1, max_value=5, initial=3, required=False)
    seed = forms.IntegerField(
        label=_("Seed"),
        min_value=1,
        max_value=2_000_000_000,
        required=False,
        help_text=_("Any number: the same number gives the same specimen"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "my"
        named = [(kind, f"{kind} · {one.title.of(language)}") for kind, one in CATALOGUE.items()]
        self.fields["kind"].choices = [(CLEAN, _("Nothing: it is in order")), *named]  # type: ignore[attr-defined]

    def recipe(self) -> Recipe:
        """The specimen that is asked for; for anything unreadable a clean one."""
        given = self.cleaned_data if self.is_valid() else {}
        seed, kind = given.get("seed") or 1, given.get("kind") or CLEAN
        return without_fault(seed) if kind == CLEAN else with_fault(seed, kind, given.get("severity") or 3)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """One specimen, large; with ?reveal=1 what there is to see."""
    may_or_404(request.user, "teach")
    form = TableForm(request.GET if request.GET else None)
    recipe = form.recipe() if request.GET else without_fault(1)
    language = get_language() or "my"
    light = request.GET.get("light", "visible")
    light = light if light in LIGHTS else "visible"
    tilt = int(request.GET["tilt"]) if request.GET.get("tilt") in (str(TILT), str(-TILT)) else 0
    specimen = showing.specimen(recipe)
    is_revealed = request.GET.get("reveal") == "1"
    return render(
        request,
        "assessments/examination/table.html",
        {
            "form": form,
            "is_revealed": is_revealed,
            "e": showing.laid_out(specimen, language=language, name="table", light=light, tilt=tilt),
            "j": showing.judged(specimen, ["answer:6" if specimen.truth.is_signal else "answer:1"], language=language) if is_revealed else None,
            "query": request.GET.urlencode().replace("&reveal=1", "").replace("reveal=1", ""),
            "seed": recipe.seed,
        },
    )  # fmt: skip


@require_safe
def pack(request: HttpRequest) -> HttpResponse:
    """Sheets to print: as many specimens as asked for, one a page at one and a half times the size, and the key at the end."""
    may_or_404(request.user, "teach")
    given = {name: request.GET.get(name, "") for name in ("seed", "count")}
    seed = int(given["seed"]) if given["seed"].isdecimal() and len(given["seed"]) < 10 else 1
    count = (
        min(MOST_SHEETS, max(1, int(given["count"]))) if given["count"].isdecimal() and len(given["count"]) < 4 else 6
    )
    chance = Chance(seed, "pack")
    language = get_language() or "my"
    sheets = []
    flat = [kind for kind, one in CATALOGUE.items() if set(one.look) & {"visible", "lens"}]  # what paper can show
    for number in range(1, count + 1):
        own = chance.word() >> 1
        recipe = with_fault(own, chance.one(flat), chance.between(2, 5)) if chance.happens(50) else without_fault(own)
        specimen = showing.specimen(recipe)
        sheets.append(
            {
                "number": number,
                "sheets": [showing.drawn(one.name, one.size, one.svg) for one in specimen.sheets],
                "rules": showing.rules(specimen, language=language),
                "told": showing.told(specimen, language=language),
                "seed": own,
            }
        )
    return render(request, "assessments/examination/pack.html", {"sheets": sheets, "seed": seed, "count": count})
