"""Model fields for what people write: clean however they are saved."""

from typing import Any

from django.db import models

from core import forms
from core.text import Shape, check_printed, stored
from myanmar.digits import to_ascii_digits

# What people type into Wagtail's own models.
_OF_WAGTAIL = {
    "wagtailcore.page": ("title", "draft_title", "seo_title", "search_description"),
    "wagtailimages.image": ("title", "description"),
    "wagtaildocs.document": ("title",),
}


class _Clean(models.Field):
    """Undoubted Zawgyi is converted and the text normalised (`core.text.stored`) before it is checked or stored."""

    shape: Shape
    printed = False  # whether it goes onto papers

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return stored(value, self.shape) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The instance holds what is stored."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)
        return value

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if self.printed and value:
            check_printed(value)

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]
        given = {"form_class": forms.CleanCharField, "shape": self.shape, "printed": self.printed}
        return super().formfield(**given | kwargs)


class CleanCharField(_Clean, models.CharField):
    """A short text that a person writes: one line, or several with multiline. printed: it goes onto papers, and what they
    could not print is not valid.
    """

    def __init__(self, *args: Any, multiline: bool = False, printed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = "lines" if multiline else "line"
        self.printed = printed

    def deconstruct(self) -> Any:
        """Migrations see a plain field and import no code of ours."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class DigitsField(models.CharField):
    """A number that counts nothing, such as a telephone's: typed with the digits of either script, kept in ASCII."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return to_ascii_digits(value) if isinstance(value, str) else value

    def deconstruct(self) -> Any:
        """Migrations see a plain field and import no code of ours."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class CleanTextField(_Clean, models.TextField):
    """Lines and paragraphs that a person writes."""

    shape = "lines"

    def deconstruct(self) -> Any:
        """Migrations see a plain field and import no code of ours."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


def shape_of(field: Any) -> Shape | None:
    """The shape of the text that a model field holds; None for a field that holds none that people write."""
    if isinstance(field, _Clean):
        return field.shape
    if field.name in _OF_WAGTAIL.get(field.model._meta.label_lower, ()):
        return "lines" if isinstance(field, models.TextField) else "line"
    return None


def clean_texts(instance: models.Model) -> None:
    """Clean every text of an instance now, before something is computed from it."""
    for field in instance._meta.concrete_fields:
        shape, value = shape_of(field), getattr(instance, field.attname, None)
        if shape and isinstance(value, str):
            setattr(instance, field.attname, stored(value, shape))
