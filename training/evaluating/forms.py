"""Forms of the evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField, DateField, DecimalField, IntegerField, SpokenSelect
from core.languages import Spoken, interface_language
from core.templatetags.burmese import digits
from courses.catalogue import Catalogue
from people.models import Agency
from training.evaluating.behaviour import BARRIERS, HOW_OFTEN, TASKS, Told
from training.evaluating.counting import Sexes
from training.evaluating.plans import Goal
from training.evaluating.quarters import Quarter
from training.evaluating.reactions import Given, text_of
from training.evaluating.results import Place, Totals
from training.models import ResultFigures
from training.models.evaluation import STATEMENTS
from training.observing.forms import LEVEL_NAMES

BURMESE = {"data-burmese-keys": True}
WARNING = _("No names, and nothing of real cases or clients. Leave it empty if you like.")
AGREEMENT = {1: _("no, not at all"), 2: _("rather not"), 3: _("rather yes"), 4: _("fully")}


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


class TotalsForm(forms.Form):
    """What was counted in a quarter."""

    referrals = IntegerField(label=_("Referrals made"), min_value=0)
    with_consent = IntegerField(label=_("Of these, with consent recorded"), min_value=0)
    median_days = DecimalField(
        label=_("Median days to service"), min_value=0, max_digits=5, decimal_places=1, required=False,
        help_text=_("From referral to service: half took longer, half less. Leave it empty where nobody knows."),
    )  # fmt: skip
    complaints = IntegerField(label=_("Complaints"), min_value=0)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and given["with_consent"] > given["referrals"]:
            self.add_error("with_consent", _("There cannot be more with consent than referrals."))
        return given

    def totals(self) -> Totals:
        """What was counted, once it is valid."""
        return Totals(*(self.cleaned_data[name] for name in ("referrals", "with_consent", "median_days", "complaints")))


class ResultsForm(TotalsForm):
    """The figures of a place and quarter. places, quarters: what is offered."""

    place = forms.ChoiceField(label=_("Agency or region"), widget=SpokenSelect)
    quarter = forms.ChoiceField(label=_("Quarter"))
    field_order = ("place", "quarter")

    def __init__(self, places: Sequence[Place], quarters: Sequence[Quarter], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place_code(one): one for one in places}
        self.fields["place"].choices = [("", "–"), *((code, place_name(one)) for code, one in self.places.items())]  # type: ignore[attr-defined]
        self.fields["quarter"].choices = [(one.code, str(one)) for one in quarters]  # type: ignore[attr-defined]

    def place_given(self) -> Place:
        """The place that was chosen, once it is valid."""
        return self.places[self.cleaned_data["place"]]


class CorrectionForm(TotalsForm):
    """Other figures for the same place and quarter, and why."""

    reason = CleanCharField(label=_("Why the figures change"), max_length=300, widget=forms.TextInput(attrs=BURMESE))

    def __init__(self, old: ResultFigures, *args: Any, **kwargs: Any) -> None:
        names = ("referrals", "with_consent", "median_days", "complaints")
        kwargs["initial"] = {name: getattr(old, name) for name in names}
        super().__init__(*args, **kwargs)


def place_code(place: Place) -> str:
    """What names a place in a form."""
    return f"{place.agency}/{place.unit.code if place.unit else ''}"


def place_name(place: Place) -> str:
    """A place as a choice, in the language of its name."""
    if place.unit is None:
        return str(Agency(place.agency).label)
    name = str(place.unit)
    return Spoken(f"{name} ({place.unit.code})", getattr(name, "language", interface_language()))


class CountForm(forms.Form):
    """Women and men in a session. Shows what was counted before, also where it no longer fits."""

    women = IntegerField(label=_("Women"), min_value=0, max_value=1000)
    men = IntegerField(label=_("Men"), min_value=0, max_value=1000)
    others = IntegerField(label=_("Others, or not said"), min_value=0, max_value=1000, initial=0)

    def __init__(self, before: Sexes | None, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = asdict(before) if before else {}
        super().__init__(*args, **kwargs)


class ReportForm(forms.Form):
    """Which courses a report is about, and in which language it is made. Region and quarters stand beside it."""

    course = forms.MultipleChoiceField(
        label=_("Courses"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Nothing ticked means all.")
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=[("my", _("Burmese")), ("en", _("English"))])

    def __init__(self, known: Catalogue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [(one.code, f"{one.code} – {one.title}") for one in known.courses]  # type: ignore[attr-defined]


class GoalForm(forms.Form):
    """How many people until when."""

    people = IntegerField(label=_("How many people"), min_value=1, max_value=1_000_000)
    due_on = DateField(
        label=_("Until"), help_text=_("Day-month-year, like 31-12-2026."), widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )  # fmt: skip

    def goal(self) -> Goal:
        """What is to be reached, once it is valid."""
        return Goal(self.cleaned_data["people"], self.cleaned_data["due_on"])


class TargetForm(GoalForm):
    """A target of a place for a course. places: what is offered."""

    place = forms.ChoiceField(label=_("Agency, region or post"), widget=SpokenSelect)
    course = forms.ChoiceField(label=_("Course"))
    field_order = ("place", "course")

    def __init__(self, places: Sequence[Place], known: Catalogue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place_code(one): one for one in places}
        self.fields["place"].choices = [("", "–"), *((code, place_name(one)) for code, one in self.places.items())]  # type: ignore[attr-defined]
        self.fields["course"].choices = [("", "–"), *((one.code, f"{one.code} – {one.title}") for one in known.courses)]  # type: ignore[attr-defined]

    def place_given(self) -> Place:
        """The place that was chosen, once it is valid."""
        return self.places[self.cleaned_data["place"]]
