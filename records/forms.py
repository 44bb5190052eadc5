"""What is asked around the audit trail."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import ACTIONS
from core.forms import CleanCharField, CodeField, DateField
from people.identity import service_key


class TrailForm(forms.Form):
    """Which entries are asked for."""

    action = forms.ChoiceField(label=_("What was done"), required=False)
    person = CodeField(label=_("Whom it concerns (service number)"), max_length=30, required=False)
    by = CodeField(label=_("Who did it (service number)"), max_length=30, required=False)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = sorted(((code, str(action.label)) for code, action in ACTIONS.items()), key=lambda one: one[1])
        self.fields["action"].choices = [("", _("Everything")), *listed]  # type: ignore[attr-defined]

    def filters(self) -> dict[str, Any]:
        """For the entries' queryset. A service number that is none finds nothing."""
        given, found = self.cleaned_data, {}
        if given["action"]:
            found["action"] = given["action"]
        for name, path in (("person", "people__person__service_number"), ("by", "by__service_number")):
            if given[name]:
                try:
                    found[path] = service_key(given[name])
                except ValueError:
                    found[path] = ""
        if given["since"]:
            found["at__gte"] = _midnight(given["since"])
        if given["until"]:
            found["at__lt"] = _midnight(given["until"] + timedelta(days=1))
        return found


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class ReasonForm(forms.Form):
    """Why personal data is taken out."""

    reason = CleanCharField(label=_("Reason"), max_length=200, help_text=_("It is kept in the audit trail."))
