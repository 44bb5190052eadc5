"""Papers of one journey: what does not fit together is linked in pairs, and judged at once. Nothing of it is kept."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from specimens import cases as made
from specimens.cases.papers import PAPERS

ROWS = 4
SEEDS = 2_000_000_000
CONCERNS = {
    "mistake": _("Often a slip of the pen"),
    "document": _("The paper has to be looked at more closely"),
    "exploitation": _("A sign that this person could need protection"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    """What a case is; POST opens a new one."""
    if request.method == "POST":
        level = request.POST.get("level", "")
        return redirect(
            "examination:case", secrets.randbelow(SEEDS // 4) * 4 + (int(level) if level in ("1", "2", "3") else 2)
        )
    return render(request, "assessments/examination/cases.html")


def _case(seed: int) -> made.Case:
    """The case of a seed; its level is in the last digits, how many contradictions it has is not."""
    level = seed % 4 or 2
    return made.case(seed, contradictions=(seed // 4) % 4 + (level > 1 and (seed // 16) % 2), level=level)


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, seed: int) -> HttpResponse:
    """A case to read and to link; POST judges the links and shows the story."""
    one = _case(seed % SEEDS)
    language = get_language() or "my"
    names = {statement.name for statement in one.statements}
    chosen = [(request.POST.get(f"first-{row}", ""), request.POST.get(f"second-{row}", "")) for row in range(ROWS)]
    pairs = [pair for pair in chosen if set(pair) <= names]
    context: dict[str, Any] = {
        "seed": seed,
        "papers": [
            {
                "title": PAPERS[paper].of(language),
                "statements": [
                    {"name": s.name, "label": s.label.of(language), "text": s.text.of(language)} for s in one.of(paper)
                ],
            }
            for paper in one.papers
        ],
        "rows": [{"number": row, "first": first, "second": second} for row, (first, second) in enumerate(chosen)],
        "options": [
            {"name": s.name, "text": f"{PAPERS[s.paper].of(language)}: {s.label.of(language)}"} for s in one.statements
        ],
    }
    if request.method == "POST":
        judged = made.judge(one, pairs)
        context |= {
            "is_judged": True,
            "found": [_told(conflict, language) for conflict in judged.found],
            "missed": [_told(conflict, language) for conflict in judged.missed],
            "innocent": [{"text": s.text.of(language), "label": s.label.of(language), "why": s.why.of(language)} for s in judged.innocent],
            "others": [{"text": s.text.of(language), "label": s.label.of(language), "why": s.why.of(language)} for s in one.statements if s.is_innocent and s not in judged.innocent],
            "false": [[next(option["text"] for option in context["options"] if option["name"] == name) for name in sorted(pair)] for pair in judged.false],
            "needs_protection": any(conflict.concern == "exploitation" for conflict in one.conflicts),
        }  # fmt: skip
    return render(request, "assessments/examination/case.html", context)


def _told(conflict: Any, language: str) -> dict[str, Any]:
    return {
        "explanation": conflict.explanation.of(language),
        "question": conflict.question.of(language),
        "concern": CONCERNS[conflict.concern],
    }
