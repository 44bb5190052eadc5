"""Files of items, and what would become of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.formats.draft import Draft, Note
from core.fields import CleanCharField
from core.models import PublicId, TimeStamped


class ItemImport(PublicId, TimeStamped):
    """A file of items: what was read of it, kept until somebody looked at what it would do and said yes."""

    locale = models.ForeignKey("wagtailcore.Locale", models.PROTECT, related_name="+")
    name = CleanCharField(_("file name"), max_length=200)
    drafts = models.JSONField(help_text="list of formats.Draft")
    notes = models.JSONField(help_text="list of [what, why, places]: what of the file could not be read")
    defaults = models.JSONField(default=dict, help_text="field -> what a new item gets where the file says nothing")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("file of items"), _("files of items")

    def __str__(self) -> str:
        return self.name

    def read_drafts(self) -> list[Draft]:
        """The items of the file."""
        return [Draft(**one) for one in self.drafts]

    def read_notes(self) -> list[Note]:
        """What could not be read."""
        return [Note(what, why, tuple(places)) for what, why, places in self.notes]
