"""Refusals around sitting a quiz."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotReady(DomainError):
    """Something has to be completed first."""

    code = "not_ready"
    message = _("The exam opens when you have completed every required module. Your progress is kept.")


class NoAttemptLeft(DomainError):
    """All attempts are used."""

    code = "no_attempt_left"
    message = _("You have used all your attempts. Talk to your trainer, who can allow one more.")


class TooEarly(DomainError):
    """The pause between two attempts is not over."""

    code = "too_early"
    message = _("You can try again from %(when)s. Use the time to read again what was difficult.")


class BankTooSmall(DomainError):
    """The item bank cannot fill the paper."""

    code = "bank_too_small"
    message = _("This exam is not ready yet: it has too few questions. Tell your trainer; nothing of yours is lost.")


class TimeIsOver(DomainError):
    """An answer or the hand-in came after the end."""

    code = "time_is_over"
    message = _("Time has run out. The answers saved before then count; here is your result.")


class NotAResponse(DomainError):
    """A value that is no possible answer."""

    code = "not_a_response"
    message = _("This answer could not be read. Choose again; your other answers are kept.")


class NotDue(DomainError):
    """A question to refresh that is not asked now."""

    code = "not_due"
    message = _(
        "This question is not asked now; it was answered before. That answer counts, and the question comes again."
    )


class NotOpenYet(DomainError):
    """The window has not begun."""

    code = "not_open_yet"
    message = _("This opens %(when)s. Come back then; nothing of yours is lost.")


class WindowClosed(DomainError):
    """The window is over."""

    code = "window_closed"
    message = _(
        "This closed %(when)s. What you handed in is kept. Talk to your trainer, who can allow you a later time."
    )


class CodeWrong(DomainError):
    """No room or ticket has this code for this person now."""

    code = "code_wrong"
    message = _(
        "This code does not open it. Look at it again and type it once more; a ticket works once and until its end. "
        "If it stays so, tell your trainer. Nothing of yours is lost."
    )


class TooManyCodes(DomainError):
    """Codes are being guessed."""

    code = "too_many_codes"
    message = _(
        "Too many codes were tried. Wait ten minutes and ask your trainer for the code; nothing of yours is lost."
    )


class NothingToAllow(DomainError):
    """An exception that allows nothing."""

    code = "nothing_to_allow"
    message = _("Say what is allowed: an attempt, more time or a later closing. Nothing was changed.")


class GradesMoved(DomainError):
    """What was looked at before regrading is no longer so."""

    code = "grades_moved"
    message = _("Something changed since this page was made. Nothing was regraded; look at it again and confirm then.")


class NeedsSecondPerson(DomainError):
    """Somebody confirms their own proposal."""

    code = "needs_second_person"
    message = _("You proposed this yourself. Nothing was changed; ask somebody else to confirm it.")


class AlreadyDecided(DomainError):
    """A proposal that is decided, or whose grade was replaced since."""

    code = "already_decided"
    message = _("This was decided already, or the grade is another by now. Nothing was changed.")


class WaitsForMarks(DomainError):
    """Another attempt while answers of the last one are still to be marked."""

    code = "waits_for_marks"
    message = _("A person is marking what you wrote. You can go on when that is done; nothing of yours is lost.")


class NotAMarking(DomainError):
    """Levels that are not one of each criterion."""

    code = "not_a_marking"
    message = _("Choose one level of every criterion. Your comment is kept on this page.")


class MarkedAlready(DomainError):
    """An answer that needs no mark of this person any more."""

    code = "marked_already"
    message = _("Somebody else has marked this answer meanwhile. Your mark was not stored; go on with the next one.")


class NoPicturesHere(DomainError):
    """A file for a question that takes none now."""

    code = "no_pictures_here"
    message = _("This question takes no files now. What you handed in before is kept.")


class UploadTooBig(DomainError):
    """A file over the limit."""

    code = "upload_too_big"
    message = _(
        "This file is larger than %(megabytes)s MB. Nothing was stored; your other answers are kept. Take a smaller photo or a part of the file."
    )


class NotAPicture(DomainError):
    """A file that is no picture or PDF, or that cannot be read."""

    code = "not_a_picture"
    message = _(
        "This file could not be read as a photo or PDF. Nothing of it was stored; your other answers are kept. Take the photo again or choose another file."
    )


class TooManyPictures(DomainError):
    """More pictures than the question takes."""

    code = "too_many_pictures"
    message = _("There is room for %(most)s pictures. Nothing was added; take one away first, or send fewer pages.")


class TooManyUploads(DomainError):
    """Files are being sent without end."""

    code = "too_many_uploads"
    message = _("Too many files were sent. Wait ten minutes; what you sent before is kept.")


class ExchangeFileNeeded(DomainError):
    """The form was sent without a file."""

    code = "exchange_file_needed"
    message = _("No file came with the form. Nothing was stored. Choose the file, then send it again.")


class ExchangeUnknown(DomainError):
    """A file in no format that is known."""

    code = "exchange_unknown"
    message = _(
        "This file holds no questions in a format that can be read here. Nothing was stored. Send GIFT, Aiken, "
        "Moodle XML, QTI 2.1 to 3 (XML or ZIP), H5P, XLSX, CSV, or an items.yaml of this project."
    )


class ExchangeBroken(DomainError):
    """A damaged or hostile file."""

    code = "exchange_broken"
    message = _(
        "This file is damaged, or holds what no file of questions has, and was not read. Nothing was stored. "
        "Export it again from the program that it comes from (text files as UTF-8), and send it once more."
    )


class ExchangeTooBig(DomainError):
    """More bytes than one file may have, packed or unpacked."""

    code = "exchange_too_big"
    message = _(
        "This file is too big; one file may have %(megabytes)s MB. Nothing was stored. Send the questions in parts."
    )


class ExchangeTooMany(DomainError):
    """More items than one file may have."""

    code = "exchange_too_many"
    message = _(
        "This file holds too many questions; one file may have %(items)s. Nothing was stored. Send them in parts."
    )


class ExchangeNotWhole(DomainError):
    """The whole file was to be stored or nothing, and something in it cannot be."""

    code = "exchange_not_whole"
    message = _(
        "Not every question of the file can be taken, so nothing was stored. Mend what is marked in the file and send it "
        "again, or store only those that can be taken."
    )


class NotOnPaper(DomainError):
    """A question that letters cannot answer."""

    code = "not_on_paper"
    message = _(
        "This test cannot go on paper: the question %(item)s cannot be answered by letters. Ask the editor for another one."
    )


class LettersMissing(DomainError):
    """Another number of answers than the form has questions."""

    code = "letters_missing"
    message = _(
        "%(given)s answers were typed and the form has %(asked)s questions. Leave a space between them, and write “-” where nothing was answered."
    )


class LettersWrong(DomainError):
    """Letters that a question does not have."""

    code = "letters_wrong"
    message = _("Question %(place)s cannot be answered with “%(given)s”. Look at the paper again.")


class AlreadySat(DomainError):
    """Somebody has sat the test, or is at it."""

    code = "already_sat"
    message = _("This person has sat the test already. Give a reason to type it again; what is there stays beside it.")
