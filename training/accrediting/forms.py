"""Forms around the right to teach."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from content.rubrics import rubrics
from core.forms import CleanCharField, IntegerField, SpokenSelect
from courses.catalogue import Catalogue
from people.access import people_teaching
from people.fields import PeopleField
from training.models import AccreditationRule
from training.models.accreditations import Tier

BURMESE = {"data-burmese-keys": True}


def _course_choices(known: Catalogue) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} – {one.title}") for one in known.courses]


class MasterForm(forms.Form):
    """Who belongs to the master group of a course."""

    course = forms.ChoiceField(label=_("Course"))
    people = PeopleField(rows=2, unknown=_("Nobody was named. No trainers: %(numbers)s. Give them the role first."))
    reason = CleanCharField(
        label=_("Reason"), max_length=300, widget=forms.TextInput(attrs=BURMESE), help_text=_("Such as the course in which the master group was trained.")
    )  # fmt: skip

    def __init__(self, known: Catalogue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", "–"), *_course_choices(known)]  # type: ignore[attr-defined]
        self.fields["people"].among = people_teaching()  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """What a tier asks for."""

    course = forms.ChoiceField(label=_("Course"))
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices)
    least_percent = IntegerField(
        label=_("Exam passed with at least (per cent)"), required=False, min_value=0, max_value=100
    )
    also = forms.MultipleChoiceField(
        label=_("Courses completed besides"), required=False, widget=forms.CheckboxSelectMultiple
    )
    rubric_code = forms.ChoiceField(label=_("Rubric"), required=False, widget=SpokenSelect)
    observed = IntegerField(label=_("Exercises passed by it"), min_value=0, max_value=20, initial=0)
    months = IntegerField(label=_("Valid for (months)"), min_value=1, max_value=120, initial=24)
    supported = IntegerField(
        label=_("First deliveries with support"), min_value=0, max_value=10, initial=2, help_text=_("So many first sessions need somebody accredited beside the trainer."),
    )  # fmt: skip

    def __init__(self, known: Catalogue, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        choices = _course_choices(known)
        offered: dict[str, Any] = {
            "course": [("", "–"), *choices],
            "also": choices,
            "rubric_code": [("", "–"), *((one.code, one.label) for one in rubrics(language))],
        }
        for name, values in offered.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("observed") and not given.get("rubric_code"):
            self.add_error("rubric_code", _("Say by which rubric."))
        return given

    def save(self) -> AccreditationRule:
        """Store the rule of this course and tier, in place of what it was."""
        given = self.cleaned_data
        course = self.known.by_code[given["course"]]
        values = {name: given[name] for name in ("least_percent", "rubric_code", "observed", "months", "supported")}
        values["also"] = [str(self.known.by_code[code].key) for code in given["also"]]
        rule, _made = AccreditationRule.objects.update_or_create(
            course_key=course.key, tier=given["tier"], defaults=values | {"course_code": course.code}
        )
        return rule


def rule_initial(rule: AccreditationRule, known: Catalogue) -> dict[str, Any]:
    """A stored rule as the form shows it."""
    names = ("tier", "least_percent", "rubric_code", "observed", "months", "supported")
    also = [known.by_key[UUID(key)].code for key in rule.also if UUID(key) in known.by_key]
    return {name: getattr(rule, name) for name in names} | {"course": rule.course_code, "also": also}


class GrantForm(forms.Form):
    """Who of those at a session is accredited, and to which tier."""

    person = forms.UUIDField()
    tier = forms.ChoiceField(choices=Tier.choices)
