"""The report as PDF and as spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from core.papers import Papers
from core.tables import write_xlsx
from core.templatetags.burmese import digits
from myanmar.dates import format_date
from myanmar.text import breakable
from training.evaluating.report import Cell, Report

_papers = Papers(Path(__file__).resolve().parent)


def in_words(cell: Cell) -> str:
    """A cell as it is read, in the language that is active."""
    return "–" if cell is None else digits(cell) if isinstance(cell, int | float) else str(cell)


def report_pdf(report: Report, language: str, *, at: datetime) -> bytes:
    """The report as PDF. language: that in which it was made, my or en. Raises pdf.PdfUnavailable."""
    spoken: Literal["my", "en"] = "my" if language == "my" else "en"
    context: dict[str, Any] = {
        "language": spoken,
        "title": breakable(report.title),
        "facts": [(breakable(name), breakable(text)) for name, text in report.facts],
        "notes": [breakable(note) for note in report.notes],
        "made": breakable(
            _("Made on %(day)s") % {"day": format_date(timezone.localdate(at), style="official", lang=spoken)}
        ),
        "nothing": breakable(_("Nothing to show.")),
        "tables": [
            {
                "title": breakable(table.title),
                "note": breakable(digits(table.note)),
                "headings": [(breakable(one), place >= table.named) for place, one in enumerate(table.headings)],
                "rows": [
                    {
                        "cells": [(breakable(in_words(cell)), place >= table.named) for place, cell in enumerate(row)],
                        "is_total": table.has_total and number == len(table.rows),
                    }
                    for number, row in enumerate(table.rows, 1)
                ],
            }
            for table in report.tables
        ],
    }
    return _papers.pdf("report", context, at=at)


def report_xlsx(report: Report) -> bytes:
    """The report as a spreadsheet: the tables one below the other, each under its title and headings."""
    return write_xlsx((report.title,), _lines(report))


def _lines(report: Report) -> Iterator[tuple[Cell, ...]]:
    yield from report.facts
    yield from ((note,) for note in report.notes)
    for table in report.tables:
        yield ("",)
        yield (table.title, table.note)
        yield table.headings
        yield from (tuple("–" if cell is None else cell for cell in row) for row in table.rows)
