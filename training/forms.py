"""Forms of the trainer's desk."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.errors import NothingToAllow
from core.forms import CleanCharField, DateField, DateTimeField, IntegerField, SpokenSelect, meant
from core.languages import Spoken, interface_language
from courses.catalogue import Catalogue
from training.assigning.standing import Given

DAY = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class AssignForm(forms.Form):
    """A course, or a module or quiz of it, for a cohort. What is cleaned as `course` is a Given."""

    course = forms.ChoiceField(label=_("Course, module or test"), widget=SpokenSelect)
    starts_on = DateField(
        label=_("Due from"), required=False, widget=DAY,
        help_text=_("Before this day it is not due, though it can be read. Leave empty for at once."),
    )  # fmt: skip
    due_on = DateField(
        label=_("Due"), required=False, help_text=_("Day-month-year, like 31-12-2026. Leave empty for no due date."), widget=DAY,
    )  # fmt: skip
    message = CleanCharField(
        label=_("Message"), required=False, max_length=500, shape="lines", widget=forms.Textarea(attrs={"rows": 3, "data-burmese-keys": True}),
        help_text=_("Shown to the officers beside the course."),
    )  # fmt: skip

    def __init__(self, known: Catalogue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given: dict[str, Given] = {}
        choices: list[Any] = [("", "–")]
        for course in known.courses:
            whole = self._offer(course.code, Given(course, None, None), course.code, course.title)
            modules = [
                self._offer(f"{course.code}/{one.code}", Given(course, one, None), one.code, one.title)
                for one in course.modules
            ]
            quizzes = [
                self._offer(f"{course.code}/{one.code}", Given(course, None, one), course.code, one.heading)
                for one in ([course.exam] if course.exam else []) + list(course.tests)
            ]
            choices.append((f"{course.code} – {course.title}", [whole, *modules, *quizzes]))
        self.fields["course"].choices = choices  # type: ignore[attr-defined]

    def _offer(self, value: str, given: Given, code: str, title: object) -> tuple[str, Spoken]:
        self.given[value] = given
        spoken = str(title)
        return value, Spoken(f"{code} – {spoken}", getattr(spoken, "language", interface_language()))

    def clean_course(self) -> Given:
        return self.given[self.cleaned_data["course"]]

    def clean_starts_on(self) -> date | None:
        starts: date | None = self.cleaned_data["starts_on"]
        return meant(starts, on=timezone.localdate()) if starts else None

    def clean_due_on(self) -> date | None:
        return _not_over(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        starts, due = given.get("starts_on"), given.get("due_on")
        if starts and due and due < starts:
            raise ValidationError({"starts_on": _("It has to begin before it is due.")})
        return given


def _not_over(due: date | None) -> date | None:
    if due and due < timezone.localdate():
        raise ValidationError(_("This day is over. Choose today or a later day."))
    return meant(due, on=timezone.localdate()) if due else None


class ChangeForm(forms.Form):
    """Another day for some, or none."""

    due_on = DateField(
        label=_("Another day"), required=False, help_text=_("Day-month-year, like 31-12-2026. Leave empty for those who are excused."), widget=DAY,
    )  # fmt: skip
    is_excused = forms.BooleanField(label=_("They are excused from it"), required=False)
    reason = CleanCharField(
        label=_("Reason"), max_length=300, widget=forms.TextInput(attrs={"data-burmese-keys": True}),
        help_text=_("It is kept with the change. The officer finds it in their data."),
    )  # fmt: skip

    def clean_due_on(self) -> date | None:
        return _not_over(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(given["due_on"]) == given["is_excused"]:
            raise ValidationError(_("Give another day, or tick that they are excused: one of them."))
        return given


class ReminderForm(forms.Form):
    """What is written to those who have something still to do."""

    text = CleanCharField(
        label=_("Text"), max_length=1000, shape="lines", widget=forms.Textarea(attrs={"rows": 8, "data-burmese-keys": True}),
        help_text=_("Without names or service numbers: the same text can be copied into the group's own channel."),
    )  # fmt: skip


class AllowanceForm(forms.Form):
    """One more attempt at an exam, with the reason."""

    reason = CleanCharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("What you talked about; the reason is kept with the attempt."),
        widget=forms.TextInput(attrs={"data-burmese-keys": True}),
    )


MOMENT = forms.TextInput(attrs={"autocomplete": "off"})


class ExceptionForm(AllowanceForm):
    """What one person is allowed beyond the rules of a quiz, with the reason."""

    field_order = ("attempts", "minutes", "percent", "closes_at", "reason")

    attempts = IntegerField(label=_("Attempts more"), min_value=0, max_value=5, initial=0)
    minutes = IntegerField(
        label=_("Minutes more"), min_value=0, max_value=600, initial=0,
        help_text=_("Also for an attempt that is open now; what is given twice adds up."),
    )  # fmt: skip
    percent = IntegerField(
        label=_("Per cent more time"), min_value=0, max_value=300, initial=0,
        help_text=_("For everything this person sits of this exam; of several the largest counts."),
    )  # fmt: skip
    closes_at = DateTimeField(
        label=_("Closes for this person"), required=False, widget=MOMENT,
        help_text=_("Year-month-day and time, like 2026-12-31 17:00. Leave empty to change nothing."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The reason is kept with what you allow.")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(given[name] for name in ("attempts", "minutes", "percent", "closes_at")):
            raise ValidationError(str(NothingToAllow()))
        return given


class TicketsForm(forms.Form):
    """Tickets for a cohort: one for each learner, and blank ones."""

    named = forms.BooleanField(label=_("One for each learner of the group"), required=False, initial=True)
    blank = IntegerField(
        label=_("Blank ones"), min_value=0, max_value=50, initial=0,
        help_text=_("Any learner of the group may use one, once."),
    )  # fmt: skip
    valid_from = DateTimeField(label=_("Valid from"), widget=MOMENT)
    valid_until = DateTimeField(
        label=_("Valid until"), widget=MOMENT, help_text=_("Year-month-day and time, like 2026-12-31 17:00.")
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        if not given["named"] and not given["blank"]:
            raise ValidationError(_("Say for whom: for each learner, or how many blank ones. No ticket was made."))
        if given["valid_until"] <= max(given["valid_from"], timezone.now()):
            raise ValidationError({"valid_until": _("The end has to come after the beginning, and after now.")})
        return given
