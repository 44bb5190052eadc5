"""What people say about certificates."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.claim import CertificateClaim
from core.forms import DateField

LONGEST_SHARE = timedelta(days=365)


class ShareForm(forms.Form):
    """What a link shows, and until when."""

    with_name = forms.BooleanField(label=_("my name"), required=False)
    with_score = forms.BooleanField(label=_("my score"), required=False)
    until = DateField(label=_("Until"), help_text=_("The link ends after this day; a year at most."))

    def __init__(self, claim: CertificateClaim, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": timezone.localdate() + timedelta(days=30)})
        super().__init__(*args, **kwargs)
        if claim.score_percent is None:
            del self.fields["with_score"]

    def clean_until(self) -> Any:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until and not today <= until <= today + LONGEST_SHARE:
            raise ValidationError(_("Choose a day from today on, within a year."))
        return until
