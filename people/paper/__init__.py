"""What is printed of people: slips to sign in with, eight on a sheet of A4, with lines to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import segno
from django.utils import timezone

from core.codes import grouped
from core.papers import Papers
from myanmar.dates import format_date
from myanmar.text import breakable
from people.models import Person, SignInSlip

ON_A_SHEET = 8
_papers = Papers(Path(__file__).resolve().parent)


def render_slips(made: Sequence[tuple[SignInSlip, str]], *, address: str, at: datetime) -> bytes:
    """Slips with their codes as PDF, in the order given.

    address: of the page that asks for the code; the square opens it with the service number, never with the code.
    Raises pdf.PdfUnavailable, and pdf.MissingGlyph for a name in letters outside Burmese, its sister languages and Latin.
    """
    slips = [_told(slip, code) for slip, code in made]
    sheets = [slips[first : first + ON_A_SHEET] for first in range(0, len(slips), ON_A_SHEET)]
    shown = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    squares = {f"{slip['id']}.svg": _square(f"{address}?n={slip['number']}") for slip in slips}
    return _papers.pdf("slips", {"sheets": sheets, "address": shown}, at=at, assets=squares, informs=False)


def _told(slip: SignInSlip, code: str) -> dict[str, Any]:
    person: Person = slip.person
    until = timezone.localtime(slip.valid_until).date()
    return {
        "id": slip.public_id.hex,
        "name_my": breakable(person.name_my) if person.name_my else "",
        "name_latin": person.name_latin,
        "number": person.service_number,
        "unit": breakable(person.unit.name_my or person.unit.name_en) if person.unit else "",
        "code": grouped(code),
        "until_my": _day(until, "my"),
        "until_en": _day(until, "en"),
    }


def _day(day: date, language: Any) -> str:
    return format_date(day, style="official", lang=language)


def _square(text: str) -> bytes:
    return segno.make(text, error="m", micro=False).svg_inline(border=0, dark="#000").encode()
