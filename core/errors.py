"""Refusals, worded for people."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.pdf import MissingGlyph, named


class DomainError(Exception):
    """Something the product refuses to do.

    `code` is for the log and for scripts. `message` says what happened, what is kept and what comes next, in the
    reader's language; it may hold %(name)s places that are filled from the keywords.
    """

    code: ClassVar[str]
    message: ClassVar[str | Promise]

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)


class StoreAway(OSError):
    """The store of uploaded files does not answer, or refuses what it is asked."""


class InService(DomainError):
    """Somebody works on the data that is to be replaced. Worded for whoever runs the server, like the next."""

    code = "in_service"
    message = (
        "The server, its worker, the daily duties or another restore run on this DATA_DIR. Nothing was changed, and what they "
        "stored is kept. Stop them, then restore."
    )


class OutOfService(DomainError):
    """The data is being replaced."""

    code = "out_of_service"
    message = "A backup is being restored here. Nothing was started and nothing was changed. Start again when the restore is done."


def unprintable(missing: MissingGlyph) -> str:
    """Said where a paper is not made, because every character of it counts."""
    said = _("This cannot be printed because of %(characters)s. Nothing is lost. Ask the office to write it without.")
    return said % {"characters": named(map(chr, missing.codepoints))}


class TableError(DomainError):
    """A table that was sent cannot be read; nothing of it was taken over."""


class NotATable(TableError):
    """Neither CSV in Unicode nor a sound XLSX file, or one without a row of headings."""

    code = "table_unreadable"
    message = _(
        "This file is no table that can be read. Nothing was taken over. "
        "Save it in your spreadsheet program as XLSX, or as CSV in UTF-8, and send it again."
    )


class TableTooBig(TableError):
    """More bytes than one table may have, packed or unpacked."""

    code = "table_too_big"
    message = _(
        "This file is too big; one file may have %(megabytes)s MB. Nothing was taken over. "
        "Cut it into several files and send them one by one."
    )


class TableTooLong(TableError):
    """More rows than one table may have."""

    code = "table_too_long"
    message = _(
        "This table is too long; one file may have %(rows)s rows. Nothing was taken over. "
        "Cut it into several files and send them one by one."
    )


class TableTooWide(TableError):
    """More columns than one table may have."""

    code = "table_too_wide"
    message = _(
        "This table is too wide; one file may have %(columns)s columns. Nothing was taken over. "
        "Take out the columns that are not needed and send it again."
    )


class CellTooLong(TableError):
    """A cell with more text than a cell may have."""

    code = "table_cell_too_long"
    message = _(
        "Row %(row)s holds a cell with too much text; a cell may have %(letters)s letters. Nothing was taken over. "
        "Shorten it, or close a quotation mark that is open there, and send the file again."
    )


class SignNoText(TableError):
    """A NUL, which no text holds and no database keeps."""

    code = "table_sign_no_text"
    message = _(
        "Row %(row)s holds a sign that belongs in no text (NUL). Nothing was taken over. "
        "Delete it there, or save the table as XLSX or as CSV in UTF-8, and send it again."
    )


class TableLocked(TableError):
    """Encrypted with a password."""

    code = "table_locked"
    message = _(
        "This file is locked with a password. Nothing was taken over. "
        "Save it without a password as XLSX and send it again."
    )


class TableWithMacros(TableError):
    """Carries programs."""

    code = "table_with_macros"
    message = _(
        "This file holds macros, which are not let in. Nothing was taken over. "
        "Save it as XLSX, which has none, and send it again."
    )


class HeadingTwice(TableError):
    """Two columns with one heading."""

    code = "table_heading_twice"
    message = _(
        'Two columns are headed "%(column)s". Nothing was taken over. Give each a heading of its own and send it again.'
    )


class MixedColumn(TableError):
    """One column partly in Zawgyi, partly in Unicode."""

    code = "table_mixed"
    message = _(
        'The column "%(column)s" is partly in Zawgyi and partly in Unicode. Nothing was taken over. '
        "Send the rows in Zawgyi as a file of their own, or write them in Unicode first."
    )


class FontEncodedColumn(TableError):
    """Latin letters that only an old font shows as Burmese."""

    code = "table_font_encoded"
    message = _(
        'The column "%(column)s" is written for the old font %(font)s and holds no Burmese letters. '
        "Nothing was taken over. Convert it to Unicode in your office and send it again."
    )
