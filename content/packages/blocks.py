"""The block that plays a package inside a lesson."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import CharBlock
from content.packages.chooser import PackageChooserBlock

# When an activity counts as done; what was right or wrong in it never matters.
RULES: Final = [
    ("answered", _("answered once, whatever the answers")),
    ("completed", _("completed, as the activity itself says")),
    ("consumed", _("looked at, as the activity itself says")),
    ("opened", _("open for some time (for activities that say nothing)")),
]


class RuleBlock(blocks.ChoiceBlock):
    """When it is done."""

    choices = RULES

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Migrations see a plain choice without our words."""
        return "wagtail.blocks.ChoiceBlock", [], {"choices": []}


class ActivityBlock(blocks.StructBlock):
    """An activity made elsewhere (H5P, SCORM). Practice: its answers lie open in the reader's browser."""

    package = PackageChooserBlock(label=_("Package"))
    title = CharBlock(
        label=_("Title"), max_length=120, help_text=_("Shown above the activity and read out as its name")
    )
    rule = RuleBlock(label=_("Done when"), default="answered")
    seconds = blocks.IntegerBlock(
        label=_("Seconds"), required=False, min_value=5, max_value=3600, help_text=_("For “open for some time”")
    )
    needed = blocks.BooleanBlock(
        label=_("Needed to complete the lesson"),
        required=False,
        help_text=_(
            "This is practice. It can be needed beside reading and checks, and its score never counts: whoever knows how can read the answers "
            "in the browser. It can be no exam, and no certificate rests on it. For an exam, take its questions over into the item bank."
        ),
    )

    class Meta:
        icon = "resubmit"
        label = _("Activity (H5P, SCORM)")
        template = "content/blocks/activity_preview.html"
        description = _("An activity made elsewhere, as practice: it can be no exam, and no certificate rests on it")

    def clean(self, value: Any) -> Any:
        """What stays open for some time says for how long."""
        cleaned = super().clean(value)
        if cleaned["rule"] == "opened" and not cleaned["seconds"]:
            said = ValidationError(_("Say after how many seconds it counts as done."))
            raise blocks.StructBlockValidationError({"seconds": said})
        return cleaned
