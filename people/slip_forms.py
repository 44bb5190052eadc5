"""Forms around slips."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField, CodeField, IntegerField, RecordField
from people import slips
from people.models import Cohort, Person, Unit


class WhoForm(forms.Form):
    """For whom: a group, a unit with what lies below it, or single persons by number or name."""

    WHO = (
        ("new", _("Who never signed in and has no slip")),
        ("first", _("Who never signed in")),
        ("all", _("Everybody, for new passwords too")),
    )

    cohort = RecordField(Cohort.objects.none(), label=_("Group"), required=False, to_field_name="public_id")
    unit = RecordField(Unit.objects.none(), label=_("Unit"), required=False, to_field_name="public_id")
    q = CleanCharField(label=_("Name or service number"), required=False, max_length=60)
    who = forms.ChoiceField(label=_("Who"), choices=WHO, required=False)

    def __init__(self, data: Any, *, cohorts: Any, units: Any) -> None:
        super().__init__(data)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if not units.exists():
            del self.fields["unit"]

    @property
    def is_asked(self) -> bool:
        """Whether anybody was asked for."""
        cleaned = getattr(self, "cleaned_data", {})
        return any(cleaned.get(name) for name in ("cohort", "unit", "q"))


class PrintForm(forms.Form):
    """How long slips are good, and why somebody gets a new password."""

    days = IntegerField(label=_("Good for how many days"), min_value=1, max_value=slips.MOST_DAYS)
    reason = CleanCharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        help_text=_("Needed for people who have signed in before. It is kept in the audit trail; write no names."),
        widget=forms.TextInput(attrs={"data-burmese-keys": True}),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"days": settings.SLIP_DAYS})


class SlipForm(forms.Form):
    """What stands on a slip."""

    number = forms.CharField(
        label=_("Service number"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    code = CodeField(
        label=_("Code on the slip"),
        max_length=40,
        help_text=_("Ten letters and digits. Large or small letters, Burmese digits and the dash do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class OwnPasswordForm(forms.Form):
    """A password of one's own, twice."""

    password1 = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password1"].help_text = " ".join(str(text) for text in password_validators_help_texts() if text)

    def clean_password1(self) -> str:
        """Checked against the rules for this person."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "password1" in cleaned and cleaned.get("password2") and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", ValidationError(_("The two are not the same. Type both again.")))
        return cleaned
