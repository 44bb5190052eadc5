"""Forms of the evaluation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField
from core.templatetags.burmese import digits
from training.evaluating.reactions import Given, text_of
from training.models.evaluation import STATEMENTS

BURMESE = {"data-burmese-keys": True}
WARNING = _("No names, and nothing of real cases or clients. Leave it empty if you like.")
AGREEMENT = {1: _("not at all"), 2: _("rather not"), 3: _("rather yes"), 4: _("fully")}


class ReactionForm(forms.Form):
    """Six questions on the day: five statements and free words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in STATEMENTS:
            self.fields[name] = forms.TypedChoiceField(
                label=text_of(name), coerce=int, widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the four for each sentence.")},
                choices=[(level, f"{digits(level)} – {text}") for level, text in AGREEMENT.items()],
            )  # fmt: skip
        self.fields["comment"] = CleanCharField(
            label=_("What should change?"), required=False, max_length=1000, shape="lines", help_text=WARNING,
            widget=forms.Textarea(attrs={"rows": 3} | BURMESE),
        )  # fmt: skip

    def given(self, language: str) -> Given:
        """What was answered, once it is valid."""
        answers = self.cleaned_data
        return Given({name: answers[name] for name in STATEMENTS}, answers["comment"], language)
