"""The guide of a session on paper, in the reader's language, with the cards of its exercises to cut out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.languages import interface_language
from core.papers import Papers
from training.guiding.timetable import Planned
from training.models import TrainingSession

if TYPE_CHECKING:
    from courses.catalogue import CourseInfo

_papers = Papers(Path(__file__).resolve().parent)


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
    return _papers.pdf("guide", context, at=at, breaks=True)
