"""Refusals around translations."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class FileUnknown(DomainError):
    code = "translation_file_unknown"
    message = _("This is no file that can be read here. Nothing was stored. Send the Excel (.xlsx), PO (.po) or XLIFF (.xliff) file that you downloaded, saved in the same format.")  # fmt: skip


class FileTooBig(DomainError):
    code = "translation_file_too_big"
    message = _("The file is too big: at most %(megabytes)s MB and %(lines)s sentences. Nothing was stored. Delete the rows that are done and send it again, or send it in parts.")  # fmt: skip


class FileBroken(DomainError):
    code = "translation_file_broken"
    message = _("The file is damaged and cannot be read. Nothing was stored. Open it in your program, save it again (text files as UTF-8), and send it once more.")  # fmt: skip


class FileWithoutColumns(DomainError):
    code = "translation_file_without_columns"
    message = _("The columns “Key”, “Source” and “Translation” are not there. Nothing was stored. Paste your translations into the file that you downloaded, without changing its headings.")  # fmt: skip


class FileOfAnotherLanguage(DomainError):
    code = "translation_file_of_another_language"
    message = _("The file is for the language “%(theirs)s”, and you chose “%(ours)s”. Nothing was stored. Choose the language of the file, or another file.")  # fmt: skip


class NotComplete(DomainError):
    code = "translation_not_complete"
    message = _("Some sentences have no translation yet. What you saved is kept; translate the rest, then try again.")


class TextChanged(DomainError):
    code = "translation_text_changed"
    message = _("The text was changed while you read it. Read it again as it is now, then decide.")


class NotYourStep(DomainError):
    code = "translation_not_your_step"
    message = _("This decision is not yours, or not due now. Nothing was changed.")


class OwnWork(DomainError):
    code = "translation_own_work"
    message = _("You translated or signed this text yourself. Somebody else has to review it.")


class NoteNeeded(DomainError):
    code = "translation_note_needed"
    message = _("Say what has to be changed, so that the translator can do it. Your decision was not stored.")


class EditedByItself(DomainError):
    code = "translation_edited_by_itself"
    message = _("This page is edited by itself at present. The sentences are kept; take the page's text up again, then go on.")  # fmt: skip


class Unpublishable(DomainError):
    code = "translation_unpublishable"
    message = _("The page refuses this text: %(why)s. The translations are kept; change them and try again.")


class ExplanationNeeded(DomainError):
    code = "translation_explanation_needed"
    message = _(
        "The checks found something (see the marked sentences). Mend it, or write in the note why it is right so."
    )


class FileNeeded(DomainError):
    code = "translation_file_needed"
    message = _("No file was chosen. Choose the file that you got back, then send it.")
