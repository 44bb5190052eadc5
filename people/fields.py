"""Form fields that name people."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.identity import service_key
from people.models import Person


class PeopleField(forms.CharField):
    """Service numbers as they stand in a list; what is cleaned are their people, in the order typed.

    among: who may be named, set by a form that knows its viewer. unknown: the refusal, with %(numbers)s.
    """

    def __init__(self, *, rows: int = 4, unknown: Any = None, **kwargs: Any) -> None:
        look = {"rows": rows, "autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}
        kwargs.setdefault("label", _("Service numbers"))
        kwargs.setdefault("help_text", _("One after the other, with spaces, commas or new lines between them; also pasted from a list."))  # fmt: skip
        super().__init__(max_length=40_000, widget=forms.Textarea(attrs=look), **kwargs)
        self.unknown = unknown or _("Nobody was added yet. Not among the people whom you see: %(numbers)s. Correct or remove these.")  # fmt: skip
        self.among: QuerySet[Person] = Person.objects.none()

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        typed = {one: number(one) for one in re.split(r"[\s,;၊။]+", text) if one}
        found = {one.service_number: one for one in self.among.filter(service_number__in=typed.values())}
        if unknown := [one for one, canonical in typed.items() if canonical not in found]:
            raise ValidationError(self.unknown, params={"numbers": ", ".join(unknown)})
        return list({canonical: found[canonical] for canonical in typed.values()}.values())


def number(typed: str) -> str:
    """The one spelling of a service number; "" for what cannot be one."""
    try:
        return service_key(typed)
    except ValueError:
        return ""
