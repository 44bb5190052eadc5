"""Forms around PINs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField, CodeField
from people.models import Cohort
from people.pins import DIGITS

_PIN = {"inputmode": "numeric", "maxlength": DIGITS}


class EnrolForm(forms.Form):
    """This device, for a group."""

    name = CleanCharField(
        label=_("Name of the device"),
        max_length=60,
        help_text=_("As it is written on it, so that you find it in the list."),
    )
    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=_("Group"), to_field_name="public_id")

    def __init__(self, data: Any, *, cohorts: Any) -> None:
        super().__init__(data)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]


class _Digits(CodeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=DIGITS, max_length=DIGITS, **kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.isdigit():
            raise forms.ValidationError(_("A PIN has six digits and nothing else."))
        return cleaned


class SetPinForm(forms.Form):
    """A PIN, twice."""

    pin = _Digits(label=_("Six digits"), widget=forms.PasswordInput(attrs={**_PIN, "autocomplete": "new-password"}))
    again = _Digits(
        label=_("The same digits again"), widget=forms.PasswordInput(attrs={**_PIN, "autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "pin" in cleaned and "again" in cleaned and cleaned["pin"] != cleaned["again"]:
            self.add_error("again", _("The two are not the same. Type both again."))
        return cleaned


class PinForm(forms.Form):
    """Signing in."""

    number = forms.CharField(
        label=_("Service number"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}),
    )  # fmt: skip
    pin = _Digits(label=_("PIN"), widget=forms.PasswordInput(attrs={**_PIN, "autocomplete": "off"}))
