"""The guide of a session on paper, in the reader's language, with the cards of its exercises to cut out."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.template import Context, Engine

from core import pdf
from core.languages import interface_language
from myanmar.text import breakable
from training.guiding.timetable import Planned
from training.models import TrainingSession

if TYPE_CHECKING:
    from courses.catalogue import CourseInfo

_HERE = Path(__file__).resolve().parent
# An engine of its own: no context processor, no loader but this folder, and escaping that no setting can turn off.
_templates = Engine(
    dirs=[str(_HERE)],
    autoescape=True,
    debug=False,
    libraries={"i18n": "django.templatetags.i18n", "burmese": "core.templatetags.burmese"},
)


def guide_paper(
    session: TrainingSession, course: CourseInfo | None, modules: Sequence[Planned], *, at: datetime
) -> bytes:
    """The guide as PDF. modules: in the reader's language, planned for the session. Raises pdf.PdfUnavailable."""
    context = {
        "language": interface_language(),
        "session": session,
        "course": course,
        "modules": modules,
        "people": modules[0].people if modules else 0,
    }
    markup = _templates.get_template("guide.html").render(Context(context, autoescape=True))
    # Between syllables a line may end; tags and addresses hold no Burmese, so the whole page can be taken at once.
    return pdf.renderer().pdf(breakable(markup), css=_stylesheet(), created=at, archival=False)


@functools.cache
def _stylesheet() -> str:
    return (_HERE / "guide.css").read_text(encoding="utf-8")
