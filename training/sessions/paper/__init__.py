"""The list to sign on paper: everyone expected, on numbered pages that are copied into the session afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.papers import Papers
from myanmar.dates import format_date
from myanmar.digits import to_myanmar_digits
from myanmar.text import breakable
from people.models import Person
from training.models import TrainingSession

if TYPE_CHECKING:
    from courses.catalogue import CourseInfo

ON_A_PAGE = 20
SPARE = 5  # empty lines at least, for who comes without being on the list
_papers = Papers(Path(__file__).resolve().parent)


def page_code(session: TrainingSession, page: int) -> str:
    """What names a page of a session's list; typed with what is copied from it. page: from 1."""
    return f"{session.public_id.hex[:6].upper()}-{page}"


def sign_in_sheets(
    session: TrainingSession, course: CourseInfo | None, people: Sequence[Person], *, at: datetime
) -> bytes:
    """The list as PDF, in Burmese with English beside it. course: in Burmese where it is translated.

    Raises pdf.PdfUnavailable.
    """
    lines: list[dict[str, Any]] = [_line(number, person) for number, person in enumerate(people, 1)]
    filled = len(lines) + SPARE
    while len(lines) < filled or len(lines) % ON_A_PAGE:
        lines.append({"number": to_myanmar_digits(len(lines) + 1)})
    pages = [lines[first : first + ON_A_PAGE] for first in range(0, len(lines), ON_A_PAGE)]
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    context = {
        "pages": [{"lines": rows, "code": page_code(session, n)} for n, rows in enumerate(pages, 1)],
        "code": session.course_code,
        "title": breakable(str(course.title)) if course else "",
        "place": breakable(session.place),
        "day_my": format_date(begins.date(), style="official", lang="my"),
        "day_en": format_date(begins.date(), style="official", lang="en"),
        "hours": to_myanmar_digits(f"{begins:%H:%M} – {ends:%H:%M}"),
    }
    return _papers.pdf("sheet", context, at=at)


def _line(number: int, person: Person) -> dict[str, Any]:
    name = person.name_my or person.name_latin
    unit = (person.unit.name_my or person.unit.name_en) if person.unit else ""
    return {
        "number": to_myanmar_digits(number),
        "name": breakable(name) if person.name_my else name,
        "service": person.service_number,
        "unit": breakable(unit),
    }
