"""The printed transcript: everything that one person completed, with what it is worth today, in Burmese and English."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.template import Context

from certificates.paper import Square, ornament, qr, words
from certificates.paper.templates import css, template
from core import pdf
from myanmar.digits import to_myanmar_digits
from myanmar.text import breakable, has_myanmar, truncate_syllables

_KINDS: Mapping[str, words.Pair] = {
    "course": ("သင်တန်း", "Course"),
    "programme": ("သင်တန်းအစီအစဉ်", "Programme"),
    "attendance": ("တက်ရောက်မှု", "Attendance"),
    "accreditation": ("နည်းပြအသိအမှတ်ပြုမှု", "Accreditation"),
}
_INKS = ornament.INKS["lagoon"]
_SEAL = (33.0, 37.0)  # its centre on the first page, mm
_HEADED = 30  # syllables of a name at the head of a page


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing completed. kind as in a claim; serial: of its certificate, or "".

    status: how it stands on the day; "" in both where there is no certificate that could.
    """

    kind: str
    code: str
    title_my: str
    title_en: str
    version: str
    completed_on: date
    minutes: int
    status_my: str
    status_en: str
    score_percent: int | None = None
    serial: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """Who, by whom, on which day; rows in the order of printing.

    name_my, name_latin: at least one. unit: where it is to be told, else "". verify_url: where a reader can check it.
    completed, minutes: the totals, which are the caller's to count: a programme and its courses are one piece of work.
    """

    name_my: str
    name_latin: str
    issuer_my: str
    issuer_en: str
    made_on: date
    verify_url: str
    completed: int
    minutes: int
    rows: tuple[Row, ...] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(self.rows))
        if not (self.name_my.strip() or self.name_latin.strip()):
            raise ValueError("A transcript needs a name")
        if any(row.kind not in _KINDS for row in self.rows):
            raise ValueError("A transcript cannot say this: kind")


def render_transcript(transcript: Transcript, *, square: Square, attachments: Sequence[pdf.Attachment] = ()) -> bytes:
    """The transcript as PDF/A-3a on as many pages as it needs; the same arguments give the same bytes.

    square: what its QR code carries. Raises pdf.PdfUnavailable and pdf.MissingGlyph as certificates do.
    """
    return pdf.renderer().pdf(
        template("transcript").render(Context(_context(transcript))),
        css=css("transcript"),
        created=datetime.combine(transcript.made_on, time(), tzinfo=UTC),
        assets={"code.svg": qr(square, dark=_INKS.ink)},
        backdrops=_backdrops(),
        attachments=attachments,
    )


def _context(transcript: Transcript) -> dict[str, Any]:
    names = [name for name in (transcript.name_my.strip(), transcript.name_latin.strip()) if name]
    issuers = [name for name in (transcript.issuer_my.strip(), transcript.issuer_en.strip()) if name]
    completed = transcript.completed
    return {
        "names": [_text(name) for name in names],
        "headed": truncate_syllables(names[0], _HEADED)[:80],
        "issuers": [_text(name) for name in issuers],
        "unit": _text(pdf.drawable(transcript.unit.strip())),
        "made": words.day(transcript.made_on),
        "verify_url": transcript.verify_url,
        "completed": (to_myanmar_digits(completed), str(completed)),
        "time": words.duration(transcript.minutes),
        "rows": [_row(row) for row in transcript.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    titles = [title for title in (row.title_my.strip(), row.title_en.strip()) if title]
    kind_my, kind_en = _KINDS[row.kind]
    version_my, version_en = words.version(row.version)
    score = row.score_percent
    return {
        "code": row.code,
        "titles": [_text(title) for title in titles],
        "kind": (f"{kind_my} · {version_my}", f"{kind_en} · {version_en}"),
        "serial": row.serial,
        "completed": words.short_day(row.completed_on),
        "time": words.duration(row.minutes) if row.minutes else None,
        "score": None if score is None else (f"{to_myanmar_digits(score)} %", f"{score} %"),
        "status": (breakable(row.status_my), row.status_en) if row.status_my or row.status_en else None,
        "until": words.short_day(row.valid_until) if row.valid_until else None,
    }


def _text(text: str) -> dict[str, str]:
    return {"lang": "my" if has_myanmar(text) else "en", "text": breakable(text)}


@functools.cache
def _backdrops() -> list[tuple[bytes, ...]]:
    sheet = ornament.PORTRAIT
    head, weave, seal = (
        pdf.backdrop(drawing.operators(sheet[1]))
        for drawing in (
            ornament.letterhead(sheet, _INKS),
            ornament.underprint((105.0, 160.0), _INKS),
            ornament.seal(_SEAL, _INKS),
        )
    )
    return [(weave, head, seal), (weave, head)]
