"""Items as a table, one a row: for people who write questions in a spreadsheet."""

import io
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from assessments.errors import ExchangeUnknown
from assessments.formats.draft import DESCRIBED, Draft, Notes, Option, choice, letters, options_of, truth
from core.tables import MAX_CELL, read_table, write_csv, write_xlsx

MOST_OPTIONS: Final = 8
CODE, LANGUAGE, KIND, STEM, RIGHT, FEEDBACK, PARTS = "Code", "Language", "Kind", "Question", "Right", "Feedback", "Parts"  # fmt: skip
_TITLES: Final = {name: name.replace("_", " ").capitalize() for name in DESCRIBED}
_OPTIONS: Final = [(f"Option {letters(n)}", f"Why {letters(n)}") for n in range(MOST_OPTIONS)]
# The parts of a question may be longer than a cell. They go on in the next, and are cut where JSON may have white space.
_PARTS: Final = [PARTS, *(f"{PARTS} {n}" for n in range(2, 21))]
_LINES: Final = {STEM, FEEDBACK, *(why for _option, why in _OPTIONS)}
HEADINGS: Final = [
    CODE, LANGUAGE, KIND, *_TITLES.values(), STEM, RIGHT, *(title for pair in _OPTIONS for title in pair), FEEDBACK, PARTS,
]  # fmt: skip


def read(data: bytes, name: str, language: str, notes: Notes) -> list[Draft]:
    """The items of a table. Raises TableError, and ExchangeUnknown where the headings are not those of items."""
    table = read_table(io.BytesIO(data), name, lines=_LINES)
    if not {CODE, KIND, STEM} <= set(table.headings):
        raise ExchangeUnknown
    for heading in table.headings:
        if heading not in (*HEADINGS, *_PARTS):
            notes.add(heading or _("a column without heading"), _("a column"), _("its heading is none of an item's"))
    for notice in table.notices:
        if notice.code == "zawgyi":
            notes.add(_row(notice.row), _("Zawgyi"), _("it was converted to Unicode: compare it with the file"))
    drafts = []
    for row, cells in zip(table.rows, table.records, strict=True):
        if draft := _draft(_row(row.number), dict.fromkeys(HEADINGS, "") | cells, language, notes):
            drafts.append(draft)
    return drafts


def _row(number: int) -> str:
    return _("row %(number)s") % {"number": number}


def _draft(place: str, cells: dict[str, str], language: str, notes: Notes) -> Draft | None:
    if cells[LANGUAGE] and cells[LANGUAGE] != language:
        notes.add(
            place,
            _("an item in the language “%(language)s”") % {"language": cells[LANGUAGE][:20]},
            _("another language was chosen for the file: send it once for each"),
        )
        return None
    kind = cells[KIND].strip().lower()
    if cells[PARTS]:
        question = _parts("".join(cells.get(heading, "") for heading in _PARTS))
        if question is None:
            notes.add(place, PARTS, _("it is not written as the parts of a question are: the item is left out"))
            return None
    elif kind in READERS:
        question = READERS[kind](cells, language)
    else:
        question = {}
    draft = Draft(cells[CODE], kind, cells[STEM], question, feedback=cells[FEEDBACK], language=language, place=place)
    draft, unknown = draft.tagged(f"{name}:{cells[title]}" for name, title in _TITLES.items() if cells[title])
    for tag in unknown:
        notes.add(place, tag[:80], _("this is no value that the column can have"))
    return draft


def _parts(written: str) -> dict[str, Any] | None:
    try:
        parts = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return parts if isinstance(parts, dict) else None


# --- Kinds -------------------------------------------------------------------------------------------------------------------


def _read_choice(cells: dict[str, str], language: str) -> dict[str, Any]:
    right = set(cells[RIGHT].lower().replace(",", " ").split())
    options = [
        Option(cells[text], letters(place) in right, cells[why], letters(place))
        for place, (text, why) in enumerate(_OPTIONS)
        if cells[text]
    ]
    _kind, question = choice(options, language=language, is_multiple=True)  # the cell says the kind
    return question


def _read_truth(cells: dict[str, str], language: str) -> dict[str, Any]:
    (_true, why_true), (_false, why_false) = _OPTIONS[:2]
    return truth(cells[RIGHT].strip().lower() in ("true", "a"), cells[why_true], cells[why_false], language=language)


def _write_choice(draft: Draft) -> dict[str, str] | None:
    options = options_of(draft)
    if [one.id for one in options] != [letters(place) for place in range(len(options))] or len(options) > MOST_OPTIONS:
        return None
    cells = {RIGHT: " ".join(one.id for one in options if one.is_right)}
    for one, (text, why) in zip(options, _OPTIONS, strict=False):
        cells |= {text: one.text, why: one.why}
    return cells


def _write_truth(draft: Draft) -> dict[str, str] | None:
    options = options_of(draft)
    if [one.id for one in options] != ["true", "false"]:
        return None
    cells = {RIGHT: next((one.id for one in options if one.is_right), "")}
    for one, (text, why) in zip(options, _OPTIONS, strict=False):
        cells |= {text: one.text, why: one.why}
    return cells


READERS: dict[str, Callable[[dict[str, str], str], dict[str, Any]]] = {
    "single": _read_choice,
    "multiple": _read_choice,
    "truefalse": _read_truth,
}
# Parts in columns of their own. None, and every other kind: as JSON in the last column.
WRITERS: dict[str, Callable[[Draft], dict[str, str] | None]] = {
    "single": _write_choice,
    "multiple": _write_choice,
    "truefalse": _write_truth,
}


# --- Writing -----------------------------------------------------------------------------------------------------------------


def _rows(drafts: Sequence[Draft], notes: Notes) -> list[list[str]]:
    """The headings, then a row for each item."""
    rows: list[dict[str, str]] = []
    for draft in drafts:
        described = dict(tag.split(":", 1) for tag in draft.tags())
        cells = {
            CODE: draft.code,
            LANGUAGE: draft.language,
            KIND: draft.kind,
            STEM: draft.stem,
            FEEDBACK: draft.feedback,
        }
        cells |= {_TITLES[name]: value for name, value in described.items()}
        parts = WRITERS[draft.kind](draft) if draft.kind in WRITERS else None
        cells |= _long(draft.question) if parts is None else parts
        if any(len(cell) > MAX_CELL for cell in cells.values()) or not cells.keys() <= {*HEADINGS, *_PARTS}:
            notes.add(draft.code, _("an item"), _("one of its texts is too long for a cell"))
            continue
        rows.append(cells)
    headings = HEADINGS + [heading for heading in _PARTS[1:] if any(heading in cells for cells in rows)]
    return [headings, *([cells.get(heading, "") for heading in headings] for cells in rows)]


def _long(question: dict[str, Any]) -> dict[str, str]:
    """The parts as JSON, in as many cells as they take; a separator and a quotation mark never meet inside a text."""
    pieces = [""]
    for piece in re.split(r'(?<=,) (?=")', json.dumps(question, ensure_ascii=False)):
        if pieces[-1] and len(pieces[-1]) + len(piece) > MAX_CELL:
            pieces.append("")
        pieces[-1] += piece
    return {f"{PARTS} {n}" if n > 1 else PARTS: piece for n, piece in enumerate(pieces, start=1)}


def write(drafts: Sequence[Draft], notes: Notes) -> bytes:
    """An XLSX file."""
    headings, *rows = _rows(drafts, notes)
    return write_xlsx(headings, rows)


def write_as_csv(drafts: Sequence[Draft], notes: Notes) -> bytes:
    """A CSV file."""
    headings, *rows = _rows(drafts, notes)
    return write_csv(headings, rows)
