"""Forms of the trainer's desk."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.catalogue import Catalogue
from myanmar.dates import parse_date
from myanmar.text import clean_text


class DateField(forms.CharField):
    """A date typed as day-month-year with Burmese or other digits, or as a browser's date field sends it."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError:
            raise ValidationError(_("This is no date. Write day-month-year, like 31-12-2026.")) from None


class AssignForm(forms.Form):
    """A course for a cohort."""

    course = forms.ChoiceField(label=_("Course"))
    due_on = DateField(
        label=_("Due"), required=False, help_text=_("Day-month-year, like 31-12-2026. Leave empty for no due date."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    message = forms.CharField(
        label=_("Message"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Shown to the officers beside the course."),
    )  # fmt: skip

    def __init__(self, known: Catalogue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["course"].choices = [("", "–"), *((c.code, f"{c.code} – {c.title}") for c in known.courses)]  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due and due < timezone.localdate():
            raise ValidationError(_("This day is over. Choose today or a later day."))
        return due

    def clean_message(self) -> str:
        return clean_text(self.cleaned_data["message"], multiline=True)


class AllowanceForm(forms.Form):
    """One more attempt at an exam, with the reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("What you talked about; the reason is kept with the attempt.")
    )

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])
