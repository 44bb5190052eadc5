"""What H5P's core itself says, under the names by which it asks. What it never shows here (licences, embedding) is left out."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "fullscreen": _("Full screen"),
    "disableFullscreen": _("Leave full screen"),
    "close": _("Close"),
    "contentChanged": _("This activity was changed since you last used it."),
    "startingOver": _("You begin again."),
    "confirmDialogHeader": _("Confirm"),
    "confirmDialogBody": _("Do you want to go on? This cannot be undone."),
    "cancelLabel": _("Cancel"),
    "confirmLabel": _("Confirm"),
    "offlineDialogHeader": _("There is no line"),
    "offlineDialogBody": _("What you did is kept on this device and is sent by itself."),
    "offlineDialogRetryMessage": _("Trying again in :num …"),
    "offlineDialogRetryButtonLabel": _("Try now"),
    "offlineSuccessfulSubmit": _("Sent."),
}
