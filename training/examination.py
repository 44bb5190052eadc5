"""How a group practises document examination: together, from ten learners up."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.examination import aggregating, showing
from people import access as people_access
from people.models import Person
from specimens.anomalies import CATALOGUE
from specimens.generating import Sheet, with_fault
from training import access
from training.queries import learners_of

HEAT_SEED = 90_001


@require_safe
def documents(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Figures of a cohort, and with ?kind= where its learners tapped for one anomaly."""
    viewer = access.teacher_or_404(request.user)
    cohort = people_access.cohort_for(viewer, public_id)
    people: list[Person] = list(learners_of(cohort))
    language = get_language() or "my"
    kind = request.GET.get("kind", "")
    heat = aggregating.heat(people, kind) if kind in CATALOGUE else None
    context = {
        "cohort": cohort,
        "learners": len(people),
        "together": aggregating.together(people),
        "families": showing.FAMILIES,
        "kinds": [
            {"code": code, "title": one.title.of(language), "is_on": code == kind} for code, one in CATALOGUE.items()
        ],
        "kind": CATALOGUE.get(kind),
        "explanation": CATALOGUE[kind].explanation.of(language) if kind in CATALOGUE else "",
        "heat": heat,
    }
    # A sheet that its documents no longer have was tapped on drawings of old.
    if heat and (sheet := _sheet(kind, heat.sheet)):
        context["sheet"] = showing.drawn(sheet.name, sheet.size, sheet.svg)
        context["cells"] = [
            {"x": x, "y": y, "side": aggregating.CELL, "opacity": f"{0.15 + 0.6 * share:.2f}"}
            for (x, y), share in heat.cells.items()
        ]
    return render(request, "training/documents.html", context)


def _sheet(kind: str, name: str) -> Sheet | None:
    """A sheet of that name with the anomaly to see, of the first document that has one."""
    drawn = (showing.specimen(with_fault(HEAT_SEED, kind, 3, documents=[one])) for one in CATALOGUE[kind].documents)
    return next((sheet for specimen in drawn for sheet in specimen.sheets if sheet.name == name), None)
