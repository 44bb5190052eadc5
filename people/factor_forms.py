"""The form of a reset."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField


class ResetForm(forms.Form):
    """Why."""

    reason = CleanCharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("How you know that it is them. It is kept in the audit trail; write no names."),
        widget=forms.TextInput(attrs={"data-burmese-keys": True}),
    )
