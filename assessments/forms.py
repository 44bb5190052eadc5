"""The forms of the office: rules of a quiz, its sections, a regrade, a grade."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments import bank, showing
from assessments.models import Item, Quiz, QuizSection
from core.forms import CleanCharField, CodeField, DateTimeField, DecimalField, IntegerField
from core.templatetags.burmese import digits

HUNDRED = Decimal(100)
MOMENT_HELP = _("Year-month-day and time, like 2026-12-31 17:00. Leave empty for none.")


def plainly(number: Decimal) -> str:
    """A number without zeros that say nothing, and never as 5E+1."""
    return f"{number.normalize():f}"


def _percent(share: Decimal | None) -> str | None:
    return None if share is None else plainly(share * HUNDRED)


class NewQuizForm(forms.Form):
    """A quiz that there is not yet."""

    subject = forms.ChoiceField(label=_("Course"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[(k.value, k.label) for k in Quiz.Kind if k != Quiz.Kind.CHECK])
    code = CodeField(label=_("Code"), max_length=40, help_text=_("A short name that no other has, like C2-1."))

    def __init__(self, subjects: Mapping[UUID, object], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "–"), *((str(key), str(title)) for key, title in subjects.items())]  # type: ignore[attr-defined]

    def quiz(self) -> Quiz:
        """The quiz that is asked for. Its items are asked again in the other form or attempt, so no answers are shown."""
        given = self.cleaned_data
        is_exam = given["kind"] == Quiz.Kind.EXAM
        return Quiz(
            code=given["code"],
            kind=given["kind"],
            subject_key=UUID(given["subject"]),
            attempts_allowed=2 if is_exam else 1,
            retry_hours=24 if is_exam else 0,
            shown=showing.when_done() if is_exam else {"score": ["after_attempt"], "objectives": ["after_attempt"]},
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.quiz().full_clean()  # its constraints say what there is already
        return given


class RulesForm(forms.ModelForm):
    """The rules of sitting a quiz. Attempts keep those that they began with."""

    cut_percent = DecimalField(label=_("Per cent needed to pass"), min_value=0, max_value=100, decimal_places=1)
    limit_minutes = IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600, help_text=_("Leave empty for no limit."))  # fmt: skip
    opens_at = DateTimeField(label=_("Opens"), required=False, help_text=MOMENT_HELP, widget=forms.TextInput)
    closes_at = DateTimeField(label=_("Closes"), required=False, help_text=MOMENT_HELP, widget=forms.TextInput)
    attempts_allowed = IntegerField(label=_("Attempts"), min_value=1, max_value=20)
    retry_hours = IntegerField(label=_("Hours between attempts"), min_value=0, max_value=1000)
    late_hours = IntegerField(
        label=_("Hours after the end in which kept answers still count"), min_value=0, max_value=336, initial=0,
        help_text=_("For a device without a line: answers given in time, by its own clock, count when they arrive within these hours."),
    )  # fmt: skip

    class Meta:
        model = Quiz
        fields = (
            "opens_at",
            "closes_at",
            "late_hours",
            "attempts_allowed",
            "retry_hours",
            "is_sequential",
            "forms",
            "entry",
        )

    field_order = (
        "cut_percent",
        "limit_minutes",
        "attempts_allowed",
        "retry_hours",
        "opens_at",
        "closes_at",
        "late_hours",
        "entry",
        "forms",
        "is_sequential",
    )

    def __init__(self, data: Any, *, instance: Quiz) -> None:
        limit = instance.limit_seconds
        initial = {"cut_percent": _percent(instance.cut_score), "limit_minutes": limit // 60 if limit else None}
        super().__init__(data, instance=instance, initial=initial)
        for what, label in showing.WHAT.items():
            self.fields[f"shown_{what}"] = forms.MultipleChoiceField(
                label=str(label),
                choices=list(showing.WHEN.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=instance.shown.get(what, []),
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        rule = {what: given.get(f"shown_{what}", []) for what in showing.WHAT}
        is_trusted = self.instance.kind not in (Quiz.Kind.CHECK, Quiz.Kind.PRACTICE)
        for problem in showing.problems(rule, is_trusted=is_trusted):
            self.add_error(None, str(problem))
        if self.instance.kind == Quiz.Kind.EXAM and "after_attempt" not in rule["score"]:
            self.add_error(
                "shown_score", _("Of an exam the score is shown after handing in: the certificate tells it.")
            )
        self.instance.shown = rule
        if not self.errors:
            self.instance.cut_score = given["cut_percent"] / HUNDRED
            self.instance.limit_seconds = given["limit_minutes"] * 60 if given["limit_minutes"] else None
        return given


class SectionForm(forms.Form):
    """One section: named items, or a draw. An empty one is left out."""

    form = forms.ChoiceField(label=_("Form"), choices=QuizSection.Form, required=False)
    objective = CodeField(label=_("Objective"), max_length=10, required=False)
    tags = CleanCharField(label=_("Tags"), max_length=200, required=False)
    difficulty_from = IntegerField(label=_("Difficulty from"), min_value=1, max_value=5, initial=1, required=False)
    difficulty_to = IntegerField(label=_("Difficulty to"), min_value=1, max_value=5, initial=5, required=False)
    count = IntegerField(label=_("How many"), min_value=0, max_value=200, required=False)
    codes = CleanCharField(label=_("Or these items"), max_length=4000, required=False, help_text=_("Their codes, with a space between them"))  # fmt: skip
    cut_percent = DecimalField(
        label=_("Per cent needed in it"), min_value=0, max_value=100, decimal_places=1, required=False
    )

    def has_changed(self) -> bool:
        """An empty row is none, whatever its difficulty says."""
        return bool({"objective", "tags", "count", "codes"} & set(self.changed_data))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors or not any(given.get(name) for name in ("objective", "tags", "codes", "count")):
            return given  # an empty one is taken out
        codes, count = (given.get("codes") or "").split(), given.get("count") or 0
        is_draw = bool(count and (given["objective"] or given["tags"]))
        if bool(codes) == is_draw or (codes and (count or given["objective"] or given["tags"])):
            raise ValidationError(
                _("Give either the codes of items, or how many to draw with an objective or tags. Nothing was saved.")
            )
        low, high = given.get("difficulty_from") or 1, given.get("difficulty_to") or 5
        if low > high:
            raise ValidationError(_("The difficulty has to go from the smaller number to the bigger one."))
        keys = dict(
            Item.objects.filter(code__in=codes, live=True, use=Item.Use.EXAM).values_list("code", "translation_key")
        )
        if unknown := [code for code in codes if code not in keys]:
            raise ValidationError(_("No published exam item has this code: %(codes)s") % {"codes": ", ".join(unknown)})
        cut = given.get("cut_percent")
        self.section = QuizSection(
            form=given["form"],
            objective=given["objective"],
            tags=given["tags"],
            difficulty_from=low,
            difficulty_to=high,
            count=count,
            items=[str(keys[code]) for code in codes],
            cut_score=None if cut is None else cut / HUNDRED,
        )
        fitting = sum(bank.fits(self.section, one) for one in bank.candidates())
        if is_draw and fitting < count:
            raise ValidationError(
                _("Only %(fitting)s published items fit, and %(count)s are asked for. Nothing was saved.")
                % {"fitting": digits(fitting), "count": digits(count)}
            )
        return given


class _Sections(forms.BaseFormSet):
    """The sections of a quiz, in order."""

    def sections(self) -> list[QuizSection]:
        """Those that are filled in."""
        return [form.section for form in self.forms if hasattr(form, "section")]

    def clean(self) -> None:
        if not any(self.errors) and not self.sections():
            raise ValidationError(_("A quiz needs at least one section. Nothing was saved."))


SectionFormSet = forms.formset_factory(SectionForm, formset=_Sections, extra=3, max_num=200, absolute_max=200)


def section_values(quiz: Quiz) -> list[dict[str, Any]]:
    """The sections as their forms show them."""
    sections = list(quiz.sections.all())
    named = {key for section in sections for key in section.items}
    codes = {str(key): code for key, code in Item.objects.filter(translation_key__in=named).values_list("translation_key", "code")}  # fmt: skip
    return [
        {
            "form": s.form,
            "objective": s.objective,
            "tags": s.tags,
            "difficulty_from": s.difficulty_from,
            "difficulty_to": s.difficulty_to,
            "count": s.count or None,
            "codes": " ".join(codes.get(key, "?") for key in s.items),
            "cut_percent": _percent(s.cut_score),
        }
        for s in sections
    ]


class ReasonForm(forms.Form):
    """Why grades are changed."""

    reason = CleanCharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("It is kept with every grade that changes, and the officers read it."),
        widget=forms.TextInput(attrs={"data-burmese-keys": True}),
    )


class GradeForm(ReasonForm):
    """A grade that a person gives."""

    field_order = ("score", "passed", "reason")
    score = DecimalField(label=_("Points"), min_value=0, decimal_places=4, max_digits=8)
    passed = forms.BooleanField(label=_("Passed"), required=False)

    def __init__(self, *args: Any, max_score: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_score = max_score

    def clean_score(self) -> Decimal:
        score: Decimal = self.cleaned_data["score"]
        if score > self.max_score:
            most = digits(plainly(self.max_score))
            raise ValidationError(_("At most %(most)s points can be had.") % {"most": most})
        return score
