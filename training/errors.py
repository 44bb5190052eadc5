"""What training refuses."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class SessionCancelled(DomainError):
    """It will not be held."""

    code = "session_cancelled"
    message = _("This session was cancelled. Ask your trainer when it is held instead.")


class NotOpenYet(DomainError):
    """Nobody signs in so long before."""

    code = "session_not_open"
    message = _(
        "It is too early to sign in; this opens half an hour before the session begins. Type the code again then."
    )


class SessionClosed(DomainError):
    """It is over, by the time at which the code was typed."""

    code = "session_closed"
    message = _("This session is over. If you were there, ask your trainer to put you on the list.")


class WrongCode(DomainError):
    """A code that was not shown in the room at that time."""

    code = "session_wrong_code"
    message = _(
        "This is not the code that is shown in the room now. It changes every half minute: look again and type the new one."
    )


class TooLateToSend(DomainError):
    """Kept on a device for weeks."""

    code = "session_too_late"
    message = _("This was kept on the telephone for more than two weeks. Ask your trainer to put you on the list.")


class ReasonMissing(DomainError):
    """A change of the list after the session without a word why."""

    code = "session_reason_missing"
    message = _("The session is over. Say why the list changes; the first entry is kept beside it.")


class AlreadyHeld(DomainError):
    """A session to which people came cannot be cancelled or moved to other modules."""

    code = "session_already_held"
    message = _("People signed in to this session already. It stays as it is.")


class NobodyObservesThemselves(DomainError):
    """Observer and observed are one person."""

    code = "observes_themselves"
    message = _("Nobody observes their own practice. Ask another trainer.")


class LevelMissing(DomainError):
    """A criterion without a level."""

    code = "level_missing"
    message = _("Choose a level for this.")


class EvidenceMissing(DomainError):
    """A level without what was seen."""

    code = "evidence_missing"
    message = _("Write what was said or done, then choose the level.")


class NotAccredited(DomainError):
    """Somebody who may not lead a session of this course."""

    code = "not_accredited"
    message = _(
        "You are not accredited to teach %(course)s on this day. A master trainer accredits at a session; ask one."
    )


class SupportMissing(DomainError):
    """A first delivery, or a trainee trainer, alone in the room."""

    code = "support_missing"
    message = _(
        "The first sessions of a trainer need somebody accredited beside them. Name a co-trainer or an observer who teaches this course."
    )


class MayNotAccredit(DomainError):
    """Somebody who is no master trainer of the course, or who means themselves."""

    code = "may_not_accredit"
    message = _("Only a master trainer of this course accredits others, and nobody themselves.")


class NotThere(DomainError):
    """Somebody who did not attend the session."""

    code = "accreditation_not_there"
    message = _("This person is not on the list of those who attended. Nothing was granted.")


class ConditionsOpen(DomainError):
    """Something has still to be shown."""

    code = "accreditation_conditions_open"
    message = _("Not everything that this tier asks for has been shown yet. Nothing was granted.")


class DoorClosed(DomainError):
    """No group has this code now."""

    code = "group_code_wrong"
    message = _("No group is open with this code now. Look again, or ask your trainer for a new one.")


class TestNotHeld(DomainError):
    """A course without such a test, or a session that was cancelled."""

    code = "test_not_held"
    message = _(
        "This test is not held here: the course has none that is opened in the room, or the session was cancelled."
    )


class NotOnTheList(DomainError):
    """Somebody who was not there says what they thought of it."""

    code = "reaction_not_there"
    message = _("You are not on the list of those who were there. Ask your trainer to put you on it, then answer.")


class ReactionTooEarly(DomainError):
    """Nobody judges a session that has hardly begun."""

    code = "reaction_too_early"
    message = _("This opens half an hour before the session ends. Answer then; nothing was kept.")


class ReactionClosed(DomainError):
    """Two weeks are over."""

    code = "reaction_closed"
    message = _("Answers are taken for two weeks after a session. This one came later and was not kept.")


class ReactionsComplete(DomainError):
    """More sheets than people."""

    code = "reactions_complete"
    message = _(
        "There are as many answers as people on the list already. This sheet was not kept; look at the list first."
    )


class ReportTooEarly(DomainError):
    """Practice cannot show yet."""

    code = "behaviour_too_early"
    message = _("Practice is asked about from sixty days after the session. Nothing was kept; come back then.")


class ReportClosed(DomainError):
    """Ninety days are over."""

    code = "behaviour_closed"
    message = _("Practice is asked about until ninety days after the session. This came later and was not kept.")


class CountTooHigh(DomainError):
    """More women and men than people."""

    code = "count_too_high"
    message = _(
        "Together these are more than the %(there)s who were there. Nothing was saved; correct the numbers or the list."
    )


class FiguresThere(DomainError):
    """Figures of this agency or region and quarter exist."""

    code = "results_there"
    message = _(
        "Figures for this quarter are there already. Nothing was saved. Correct those, with a reason, on the list."
    )


class CorrectedAlready(DomainError):
    """Somebody else corrected these figures first."""

    code = "results_corrected_already"
    message = _("These figures were corrected in the meantime. Nothing was saved. Look at the newest ones first.")


class TargetThere(DomainError):
    """One target for a place, year and course."""

    code = "target_there"
    message = _("There is a target for this place, course and year already. Nothing was saved; change that one.")


class OwnRight(DomainError):
    """Who withdraws it would ask that their own certificate be revoked."""

    code = "accreditation_own"
    message = _(
        "A certificate says that you may teach this course. Nothing was changed; ask another programme lead to withdraw your right."
    )


class NobodyChosen(DomainError):
    """A change for nobody."""

    code = "nobody_chosen"
    message = _("Nobody is ticked, so nothing was changed. Tick for whom it is, and send it again.")


class AssignmentOver(DomainError):
    """Withdrawn, or given anew."""

    code = "assignment_over"
    message = _(
        "This was withdrawn or given again, so nothing was changed. Open the list of what is given to the group."
    )


class NobodyToRemind(DomainError):
    """All have done it, are excused, or were reminded today."""

    code = "nobody_to_remind"
    message = _(
        "Nobody was reminded: nobody is ticked who has it still to do and was not reminded today. The text is kept here."
    )
