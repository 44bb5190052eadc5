"""The printed face of a certificate: one sheet of landscape A4 in Burmese and English, and its objectives behind it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import segno
from django.template import Context, Engine

from certificates.claim import CertificateClaim
from certificates.paper import ornament
from core import pdf
from myanmar.dates import format_date
from myanmar.digits import to_myanmar_digits
from myanmar.text import breakable, has_myanmar

WIDTH = 245.0  # mm, of a line across the sheet
_LINE_HEIGHT = {"my": 1.6, "en": 1.35}  # as in the stylesheet
_POINT = 25.4 / 72  # mm
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NEVER = ("ကန့်သတ်မထားပါ", "No expiry")

_HERE = Path(__file__).resolve().parent
# An engine of its own: no context processor, no loader but this folder, and escaping that no setting can turn off.
_templates = Engine(dirs=[str(_HERE.parent / "templates")], autoescape=True, debug=False)


@dataclass(frozen=True)
class Line:
    """A text that must stay in its place, whatever its length.

    place: its CSS class. height, width: of the place, in mm. largest: the size in points that a short text gets.
    """

    place: str
    text: str
    height: float
    largest: float
    width: float = WIDTH

    @property
    def lang(self) -> str:
        return "my" if has_myanmar(self.text) else "en"


def render_certificate(claim: CertificateClaim, *, verify_url: str) -> bytes:
    """The certificate as PDF/A-3a; the same claim and address give the same bytes, dated by the day of issue.

    verify_url: the whole address that the QR code opens. Raises pdf.PdfUnavailable where PDF cannot be made, and
    pdf.MissingGlyph for a character outside Burmese, its sister languages and Latin.
    """
    markup = _templates.get_template("certificates/paper/certificate.html").render(
        Context(_context(claim, verify_url), autoescape=True)
    )
    return pdf.renderer().pdf(
        markup,
        css=_stylesheet(),
        created=datetime.combine(claim.issued_on, time(), tzinfo=UTC),
        assets={"code.svg": _qr(verify_url)},
        backdrops=_backdrops(),
    )


def _context(claim: CertificateClaim, verify_url: str) -> dict[str, Any]:
    name, course = (claim.name_my or claim.name_latin, claim.course_title_my or claim.course_title_en)
    lines = fit(
        [
            Line("issuer-my", claim.issuer_my, 7.5, 12.5),
            Line("issuer-en", claim.issuer_en, 4.5, 9),
            Line("name-1" if claim.name_my and claim.name_latin else "name-only", name, 14, 24.5),
            Line("name-2", claim.name_latin if claim.name_my else "", 8, 15),
            Line("post", " · ".join(part for part in (claim.rank, claim.unit) if part), 5.8, 9.5),
            Line("course-1" if claim.course_title_my and claim.course_title_en else "course-only", course, 11, 17),
            Line("course-2", claim.course_title_en if claim.course_title_my else "", 6.4, 12),
            Line("code", claim.grouped_code, 4, 7.8, width=42),
        ]
    )
    return {
        "serial": claim.serial,
        "verify_url": verify_url,
        "issuer": [line for line in lines if line["place"].startswith("issuer")],
        "holder": [line for line in lines if line["place"].startswith(("name", "post"))],
        "course": [line for line in lines if line["place"].startswith("course")],
        "code": lines[-1],
        "facts": _facts(claim),
        "of_name": breakable(name),
        "of_course": breakable(course),
        "objectives": [
            (to_myanmar_digits(number), breakable(my), en) for number, (my, en) in enumerate(claim.objectives, start=1)
        ],
    }


def fit(lines: list[Line]) -> list[dict[str, Any]]:
    """Each line with the largest size at which it stays in its place: on one line if it can, else broken over more."""
    lines = [line for line in lines if line.text.strip()]
    return [_fitted(line, width) for line, width in zip(lines, _widths(lines), strict=True)]


def _fitted(line: Line, width: float) -> dict[str, Any]:
    """width: in mm, of the text set at one point on one line."""
    leading = _LINE_HEIGHT[line.lang] * _POINT
    choices = []
    for rows in range(1, 5):
        usable = line.width if rows == 1 else line.width * 0.85  # a broken line ends before the margin, at a syllable
        choices.append((min(line.largest, line.height / (rows * leading), usable * rows / width), -rows))
    size, rows = max(choices)  # the largest; of equals the fewest rows
    wrapped = rows != -1
    return {
        "place": line.place,
        "lang": line.lang,
        "text": breakable(line.text) if wrapped else line.text,
        "size": f"{int(size * 20) / 20:.2f}",
        "wrapped": wrapped,
    }


def _widths(lines: list[Line]) -> list[float]:
    """How wide the texts are at one point, in mm, measured by the engine that will print them."""
    markup = _templates.get_template("certificates/paper/measure.html").render(
        Context({"lines": [(str(index), line) for index, line in enumerate(lines)]}, autoescape=True)
    )
    found = pdf.renderer().measure(markup, css=_stylesheet())
    return [max(found[f"line-{index}"][1] / 10, 0.01) for index in range(len(lines))]


def _facts(claim: CertificateClaim) -> list[dict[str, str]]:
    """The row of particulars: which course, how long, how well, from when, until when, under which number.

    Each has a width in mm that holds its longest value; an automatic table would measure every syllable.
    """
    hours, minutes = divmod(claim.minutes, 60)
    version = claim.course_version
    facts = [
        (
            36,
            "သင်တန်းကုဒ်",
            "Course",
            f"{claim.course_code} · ဗားရှင်း {to_myanmar_digits(version)}",
            f"{claim.course_code} · version {version}",
        ),
        (34, "သင်ယူချိန်", "Learning time", *_duration(hours, minutes)),
    ]
    if claim.score_percent is not None:
        score = claim.score_percent
        facts.append((28, "ရမှတ်", "Score", f"{to_myanmar_digits(score)} ရာခိုင်နှုန်း", f"{score} per cent"))
    until = _day(claim.valid_until) if claim.valid_until else _NEVER
    facts.append((53, "ထုတ်ပေးသည့်နေ့", "Issued on", *_day(claim.issued_on)))
    facts.append((53, "သက်တမ်းကုန်ဆုံးရက်", "Valid until", *until))
    facts.append((41, "မှတ်ပုံတင်အမှတ်", "Serial number", claim.serial, ""))
    spare = (WIDTH - sum(width for width, *_ in facts)) / len(facts)
    return [
        {
            "width": f"{width + spare:.1f}",
            "label_my": label_my,
            "label_en": label_en,
            "my": my,
            "en": en,
            "fit": "loose" if label_en in ("Course", "Serial number") else "",  # a date never breaks, a number may
        }
        for width, label_my, label_en, my, en in facts
    ]


def _day(day: date) -> tuple[str, str]:
    return format_date(day, style="official"), f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _duration(hours: int, minutes: int) -> tuple[str, str]:
    parts = [(hours, "နာရီ", "h"), (minutes, "မိနစ်", "min")]
    shown = [part for part in parts if part[0]] or parts[1:]
    return (
        " ".join(f"{to_myanmar_digits(number)} {unit}" for number, unit, _ in shown),
        " ".join(f"{number} {unit}" for number, _, unit in shown),
    )


@functools.cache
def _stylesheet() -> str:
    return (_HERE / "certificate.css").read_text(encoding="utf-8")


@functools.cache
def _backdrops() -> list[tuple[bytes, ...]]:
    """What lies under the first page and under every page that follows."""
    ground, weave, border, seal = (
        pdf.backdrop(layer.operators())
        for layer in (ornament.ground(), ornament.underprint(), ornament.border(), ornament.seal())
    )
    return [(ground, weave, border, seal), (ground, border)]


def _qr(url: str) -> bytes:
    """The QR code as SVG: error level M, drawn dark on nothing with its quiet zone of four modules."""
    return segno.make(url, error="m", micro=False).svg_inline(border=4, dark=ornament.INK, omitsize=True).encode()
