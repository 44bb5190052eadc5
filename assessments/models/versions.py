"""Items as they were published. Facts: inserted, never changed."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments import kinds
from assessments.models.items import Item


class ItemVersion(models.Model):
    """An item as published, in all its languages. Never changed: an attempt shows for ever what was asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item_key = models.UUIDField(db_index=True, help_text="translation_key of the item")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    use = models.CharField(max_length=10, choices=Item.Use)
    objective = models.CharField(max_length=10, db_index=True)
    difficulty = models.PositiveSmallIntegerField()
    key = models.JSONField(help_text="what is right; its shape is the kind's")
    asks_certainty = models.BooleanField(default=False)
    texts = models.JSONField(help_text="language -> stem, options, rationales, feedback")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("item version"), _("item versions")
        constraints = [models.UniqueConstraint(fields=["item_key", "number"], name="item_version_number_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    def get_kind_display(self) -> str:
        """The kind in words."""
        return str(kinds.KINDS[self.kind].label)

    def text_in(self, language: str) -> dict[str, Any]:
        """The texts in a language, or in English where there is no translation; `language` says which it is."""
        shown = next((one for one in (language, "en") if one in self.texts), None) or min(self.texts)
        texts: dict[str, Any] = self.texts[shown]
        return texts | {"language": shown}
