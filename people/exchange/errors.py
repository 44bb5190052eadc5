"""What is refused around files that come in and go out."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class FileNeeded(DomainError):
    """No file was chosen."""

    code = "import_file_needed"
    message = _("No file was chosen. Choose an XLSX or CSV file and send it.")


class ColumnsMissing(DomainError):
    """The table lacks columns without which nothing can be told."""

    code = "import_columns_missing"
    message = _(
        "These columns were not found: %(columns)s. Nothing was taken over. "
        "Name them as in the template, in Burmese or English, and send the file again."
    )


class NothingInIt(DomainError):
    """Headings only."""

    code = "import_empty"
    message = _("The table holds headings and no rows. Nothing was taken over. Fill it in and send it again.")


class NotWhole(DomainError):
    """All or nothing was chosen, and some rows cannot be taken."""

    code = "import_not_whole"
    message = _(
        "Nothing was stored, as %(many)s rows cannot be taken and you chose all or nothing. "
        "Mend them and send the file again, or store the good rows only."
    )


class FileForgotten(DomainError):
    """The rows were deleted after their time."""

    code = "import_forgotten"
    message = _("The rows of this file were deleted after their time. Nothing was changed. Send the file again.")


class UndoRefused(DomainError):
    """Somebody of a batch has signed in, or something of it is in use."""

    code = "import_undo_refused"
    message = _(
        "Nothing was undone: of %(all)s records that this file made, %(used)s are in use by now: "
        "somebody signed in, or something was recorded about them. Everything is kept. "
        "Close what was wrong one by one."
    )


class ReasonNeeded(DomainError):
    """Personal data is taken out without a reason."""

    code = "export_reason_needed"
    message = _("Nothing was taken out. Say for what it is needed; the reason is kept in the audit trail.")
