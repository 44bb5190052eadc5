"""Forms of the evaluation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField, SpokenSelect
from core.languages import Spoken, interface_language
from core.templatetags.burmese import digits
from training.evaluating.behaviour import BARRIERS, HOW_OFTEN, TASKS, Told
from training.evaluating.reactions import Given, text_of
from training.models.evaluation import STATEMENTS
from training.observing.forms import LEVEL_NAMES

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


class BehaviourForm(forms.Form):
    """Three tasks from the session's objectives, each with a level; what stands in the way; free words.

    objectives: their texts by code. of_oneself: asks how often; else by the levels of a rubric what was seen.
    """

    def __init__(self, objectives: Mapping[str, Any], *args: Any, of_oneself: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = range(1, min(TASKS, len(objectives)) + 1)
        levels = HOW_OFTEN if of_oneself else LEVEL_NAMES
        choices = [
            (code, Spoken(f"{code} – {text}", getattr(text, "language", interface_language())))
            for code, text in objectives.items()
        ]
        for n in self.tasks:
            self.fields[f"task-{n}"] = forms.ChoiceField(
                label=_("Task"), choices=[("", "–"), *choices], widget=SpokenSelect
            )
            self.fields[f"level-{n}"] = forms.TypedChoiceField(
                label=_("How often as it was taught?") if of_oneself else _("What did you see?"), coerce=int, widget=forms.RadioSelect,
                choices=[(level, f"{digits(level)} – {text}") for level, text in levels.items()],
            )  # fmt: skip
        if of_oneself:
            self.fields["barriers"] = forms.MultipleChoiceField(
                label=_("What stands in the way?"), required=False, choices=list(BARRIERS.items()), widget=forms.CheckboxSelectMultiple
            )  # fmt: skip
        self.fields["comment"] = CleanCharField(
            label=_("In your own words"), required=False, max_length=1000, shape="lines", help_text=WARNING,
            widget=forms.Textarea(attrs={"rows": 3} | BURMESE),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        seen: set[str] = set()
        for n in self.tasks:
            code = given.get(f"task-{n}")
            if code in seen:
                self.add_error(f"task-{n}", _("Choose another task; this one is above already."))
            seen.add(code or "")
        return given

    def rows(self) -> list[tuple[int, Any, Any]]:
        """Each task with its number and its two fields."""
        return [(n, self[f"task-{n}"], self[f"level-{n}"]) for n in self.tasks]

    def told(self) -> Told:
        """What is reported, once it is valid."""
        given = self.cleaned_data
        tasks = [(given[f"task-{n}"], given[f"level-{n}"]) for n in self.tasks]
        return Told(tasks, given.get("barriers", []), given["comment"])
