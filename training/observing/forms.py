"""Forms around observed practice."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.rubrics import LEVELS, Criterion, RubricInfo
from core.forms import CleanCharField, SpokenSelect
from core.languages import Spoken, interface_language
from core.templatetags.burmese import digits
from people.models import Person

BURMESE = {"data-burmese-keys": True}
LEVEL_NAMES = {
    0: _("not done, or harmful"),
    1: _("attempted, needs prompting"),
    2: _("done to standard"),
    3: _("done well, and adapted to the person or the situation"),
}


def named(person: Person) -> str:
    """A person as a choice, in the language of the name."""
    name = str(person)
    return Spoken(f"{name} ({person.service_number})", getattr(name, "language", interface_language()))


class BeginForm(forms.Form):
    """Whose practice is observed, by which rubric, in which exercise."""

    person = forms.ChoiceField(label=_("Who practises"), widget=SpokenSelect)
    rubric = forms.ChoiceField(label=_("Rubric"), widget=SpokenSelect)
    exercise = CleanCharField(
        label=_("Exercise"), max_length=80, help_text=_("The same words as the other observer writes, such as: Round 1."), widget=forms.TextInput(attrs=BURMESE),
    )  # fmt: skip

    def __init__(self, people: Sequence[Person], rubrics: Sequence[RubricInfo], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = {
            "person": [(str(one.public_id), named(one)) for one in people],
            "rubric": [(one.code, one.label) for one in rubrics],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


class ObservationForm(forms.Form):
    """A rubric to fill in: for each criterion what was said or done, then the level."""

    comment = CleanCharField(
        label=_("Comment"), required=False, max_length=2000, shape="lines", widget=forms.Textarea(attrs={"rows": 3} | BURMESE),
        help_text=_("What went well, and one thing to try next time. The person reads it."),
    )  # fmt: skip

    def __init__(self, info: RubricInfo, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.info = info
        for one in info.criteria:
            self.fields[f"evidence-{one.id}"] = CleanCharField(
                label=_("What was said or done"), required=False, max_length=500, shape="lines",
                widget=forms.Textarea(attrs={"rows": 2, "aria-describedby": f"c-{one.id}"} | BURMESE),
            )  # fmt: skip
            self.fields[f"level-{one.id}"] = forms.TypedChoiceField(
                label=_("Level"), required=False, coerce=int, empty_value=None,
                choices=[(level, f"{digits(level)} – {LEVEL_NAMES[level]}") for level in LEVELS], widget=forms.RadioSelect,
            )  # fmt: skip

    def rows(self) -> list[tuple[Criterion, Any, Any]]:
        """Each criterion with its two fields."""
        return [(one, self[f"evidence-{one.id}"], self[f"level-{one.id}"]) for one in self.info.criteria]

    def told(self) -> tuple[dict[str, str], dict[str, int]]:
        """Evidence and levels by criterion, once the fields are valid."""
        given = self.cleaned_data
        levels = {one.id: given[f"level-{one.id}"] for one in self.info.criteria}
        return (
            {one.id: given[f"evidence-{one.id}"] for one in self.info.criteria},
            {id: level for id, level in levels.items() if level is not None},
        )


class SignForm(forms.Form):
    """That one has read what was written."""

    agrees = forms.TypedChoiceField(
        label=_("Do you agree?"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("Yes, this is how it was")), ("no", _("I see it otherwise"))],
    )  # fmt: skip
    comment = CleanCharField(
        label=_("In my own words"), required=False, max_length=1000, shape="lines", widget=forms.Textarea(attrs={"rows": 3} | BURMESE)
    )  # fmt: skip
