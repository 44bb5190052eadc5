"""What the fields of Wagtail's admin take: clean texts, and Burmese digits in numbers, dates and codes.

Imported when the app is ready, before any form of the admin is made.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin import widgets
from wagtail.admin.forms.models import register_form_field_override as register
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from core import forms
from core.fields import CleanTextField


def _char_field(field: models.Field) -> dict[str, Any]:
    """Wagtail's own texts are what people write; a plain text field of ours is a code."""
    return {"form_class": forms.CleanCharField if field.model.__module__.startswith("wagtail") else forms.CodeField}


def _text_field(field: models.Field) -> dict[str, Any]:
    widget: dict[str, Any] = {"widget": widgets.AdminAutoHeightTextInput}
    if field.model.__module__.startswith("wagtail"):
        return {"form_class": forms.CleanCharField, "shape": "lines", **widget}
    return widget


register(models.CharField, override=_char_field, exact_class=True)
register(models.TextField, override=_text_field, exact_class=True)
register(CleanTextField, override={"widget": widgets.AdminAutoHeightTextInput})
register(models.SlugField, override={"form_class": forms.SlugField, "widget": widgets.SlugInput})
register(models.IntegerField, override={"form_class": forms.IntegerField})
register(models.DecimalField, override={"form_class": forms.DecimalField})
register(models.DateField, override={"form_class": forms.DateField, "widget": widgets.AdminDateInput})
register(models.TimeField, override={"form_class": forms.TimeField, "widget": widgets.AdminTimeInput})
register(models.DateTimeField, override={"form_class": forms.DateTimeField, "widget": widgets.AdminDateTimeInput})


# The forms of files do not ask the register.
class DocumentForm(BaseDocumentForm):
    """A document with its title."""

    title = forms.CleanCharField(label=_("Title"), max_length=255)


class ImageForm(BaseImageForm):
    """An image with its title and what it shows."""

    title = forms.CleanCharField(label=_("Title"), max_length=255)
    description = forms.CleanCharField(label=_("Description"), max_length=255, required=False)
