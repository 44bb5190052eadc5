"""The block that asks an item inside a lesson."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import ReferenceBlock


def _check_items() -> list[tuple[str, str]]:
    from assessments.models import Item  # noqa: PLC0415 (models import blocks)

    rows = Item.objects.filter(use=Item.Use.CHECK, locale__language_code="en").order_by("code")
    return [(item.code, f"{item.code} – {item.stem[:80]}") for item in rows]


class CheckBlock(blocks.StructBlock):
    """One question to the reader, judged at once. Answering it is part of completing the lesson."""

    item = ReferenceBlock(_check_items, label=_("Item"))

    class Meta:
        icon = "help"
        label = _("Check")
        template = "assessments/blocks/check_preview.html"
        description = _("One question to the reader, judged at once")
