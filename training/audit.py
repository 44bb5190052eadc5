"""What training tells the audit trail."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from core.audit import Action

SESSION_PLANNED: Final = Action("training.session_planned", _("A training session was planned"))
SESSION_CHANGED: Final = Action("training.session_changed", _("A training session was changed"))
SESSION_CANCELLED: Final = Action("training.session_cancelled", _("A training session was cancelled"))
ATTENDANCE_CORRECTED: Final = Action(
    "training.attendance_corrected", _("The attendance of a session was corrected afterwards"), shown=True
)
TEST_OPENED: Final = Action("training.test_opened", _("A test was opened in a session"))
TEST_CLOSED: Final = Action("training.test_closed", _("A test was ended in a session"))
TEST_PRINTED: Final = Action("training.test_printed", _("The forms of a test were printed"))
TEST_TYPED: Final = Action("training.test_typed", _("A test that was sat on paper was typed in"), shown=True)
OBSERVED: Final = Action("training.observed", _("Practice was observed by a rubric"), shown=True)
ACCREDITED: Final = Action("training.accredited", _("Was accredited to teach a course"), shown=True)
WITHDRAWN: Final = Action(
    "training.accreditation_withdrawn", _("The right to teach a course was withdrawn"), shown=True
)
REACTION_TYPED: Final = Action(
    "training.reaction_typed", _("A sheet with what somebody thought of a session was typed in")
)
BEHAVIOUR_REPORTED: Final = Action(
    "training.behaviour_reported", _("Practice at work after training was reported"), shown=True
)
SESSION_COUNTED: Final = Action("training.session_counted", _("Women and men in a session were counted"))
RESULTS_ENTERED: Final = Action("training.results_entered", _("Result figures of an agency were entered"))
TARGET_SET: Final = Action("training.target_set", _("A training target was set or changed"))
ASSIGNMENT_CHANGED: Final = Action(
    "training.assignment_changed", _("Another day was set for what was given, or somebody was excused"), shown=True
)
ASSIGNMENT_ENDED: Final = Action("training.assignment_ended", _("What was given to a group was withdrawn"))
REMINDED: Final = Action("training.reminded", _("Was reminded of what is due"), shown=True)
PROGRESS_EXPORTED: Final = Action("training.progress_exported", _("The progress of a group was taken out as a table"))
