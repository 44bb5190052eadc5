"""Forms of the office."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField, CodeField, DateField, RecordField
from people import access
from people.fields import PeopleField
from people.models import Agency, Cohort, CohortMembership, Person, RoleGrant, Unit

BURMESE = {"data-burmese-keys": True}
DAY = {"inputmode": "numeric", "autocomplete": "off"}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = CleanCharField(
        label=_("Reason"), max_length=200, help_text=_("It is kept, and others can read it."), widget=forms.TextInput(attrs=BURMESE)
    )  # fmt: skip


class UnitForm(forms.Form):
    """A unit: its names, code and the unit above."""

    name_my = CleanCharField(label=_("Name in Burmese"), max_length=120, widget=forms.TextInput(attrs=BURMESE))
    name_en = CleanCharField(label=_("Name in English"), max_length=120)
    code = CodeField(label=_("Code"), max_length=20, help_text=_("Short and unique, as in your lists."))
    parent = RecordField(label=_("Belongs to"), queryset=Unit.objects.none(), required=False)
    agency = forms.ChoiceField(label=_("Agency"), choices=[("", "–"), *Agency.choices], required=False)

    def __init__(self, viewer: Person, unit: Unit | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = access.reach(viewer, "units.manage")
        above = access.visible_units(viewer, "units.manage").open().in_order()
        parent = self.fields["parent"]
        if unit is None:
            parent.queryset = above.exclude(kind=Unit.Kind.POST)  # type: ignore[attr-defined]
            parent.required = not within.everything
            if within.everything:
                parent.help_text = _("Leave empty for the head of an agency, and choose the agency.")
            else:
                del self.fields["agency"]
            return
        del self.fields["agency"]
        if unit.parent is None or unit.parent not in above:
            del self.fields["parent"]
        else:
            parent.queryset = above.filter(kind=unit.parent.kind, agency=unit.agency)  # type: ignore[attr-defined]
            parent.required = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "agency" in self.fields and not self.errors and not given.get("parent") and not given.get("agency"):
            self.add_error("agency", _("Choose the unit that it belongs to, or for the head of an agency the agency."))
        return given


class MergeForm(forms.Form):
    """Into which unit."""

    into = RecordField(label=_("Merge into"), queryset=Unit.objects.none())

    def __init__(self, viewer: Person, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alike = access.visible_units(viewer, "units.manage").open().filter(kind=unit.kind, agency=unit.agency)
        self.fields["into"].queryset = alike.exclude(pk=unit.pk).in_order()  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """What is kept about a person."""

    service_number = CodeField(label=_("Service number"), max_length=30, widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}))  # fmt: skip
    name_my = CleanCharField(
        label=_("Name in Burmese"), max_length=120, required=False, widget=forms.TextInput(attrs=BURMESE)
    )
    name_latin = CleanCharField(label=_("Name in Latin letters"), max_length=120, required=False, help_text=_("As the person writes it; leave empty where it is not known."))  # fmt: skip
    unit = RecordField(label=_("Unit"), queryset=Unit.objects.none())

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = access.reach(viewer, "people.manage")
        self.fields["unit"].queryset = Unit.objects.filter(within.units_q()).open().in_order()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given["name_my"] and not given["name_latin"]:
            self.add_error("name_my", _("Give at least one name."))
        return given


class RoleForm(forms.Form):
    """A role, how far it reaches, for how long and why."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *RoleGrant.Role.choices])
    unit = RecordField(label=_("Within the unit"), queryset=Unit.objects.none(), required=False)
    cohort = RecordField(label=_("For the group"), queryset=Cohort.objects.none(), required=False)
    with_names = forms.BooleanField(
        label=_("A supervisor sees names"), required=False,
        help_text=_("Without it a supervisor sees counts only."),
    )  # fmt: skip
    starts_on = DateField(label=_("From"), widget=forms.DateInput(attrs=DAY, format="%d-%m-%Y"))
    ends_on = DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs=DAY, format="%d-%m-%Y"),
        help_text=_("Day-month-year, like 31-12-2026. Leave empty for no end."),
    )  # fmt: skip
    reason = CleanCharField(label=_("Reason"), max_length=200, help_text=_("It is kept, and others can read it."), widget=forms.TextInput(attrs=BURMESE))  # fmt: skip

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"starts_on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.within = access.reach(viewer, "roles.give")
        units: QuerySet[Any] = access.visible_units(viewer, "roles.give").open().in_order()
        cohorts: QuerySet[Any] = access.visible_cohorts(viewer, "roles.give").in_order()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]
        if self.within.everything:
            self.fields["unit"].help_text = _("Leave unit and group empty for a role that reaches everywhere.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not self.within.everything and not given["unit"] and not given["cohort"]:
            self.add_error("unit", _("Choose a unit or a group: you give roles within your own only."))
        return given


class CohortForm(forms.Form):
    """A group: its names and its unit."""

    name_my = CleanCharField(
        label=_("Name in Burmese"), max_length=120, required=False, printed=True, widget=forms.TextInput(attrs=BURMESE)
    )
    name_en = CleanCharField(label=_("Name in English"), max_length=120, required=False, printed=True)
    unit = RecordField(label=_("Unit"), queryset=Unit.objects.none(), required=False)

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = access.reach(viewer, "cohorts.manage")
        unit = self.fields["unit"]
        unit.queryset = Unit.objects.filter(within.units_q()).open().in_order()  # type: ignore[attr-defined]
        unit.required = not within.everything
        if within.everything:
            unit.help_text = _("Leave empty for a group of several agencies.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given["name_my"] and not given["name_en"]:
            self.add_error("name_my", _("Give at least one name."))
        return given


class JoinForm(forms.Form):
    """Who joins a group: service numbers as they stand in a list."""

    numbers = PeopleField()
    part = forms.ChoiceField(label=_("As"), choices=CohortMembership.Part.choices)

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = access.visible_people(viewer, "people.see").filter(is_active=True)
        self.fields["numbers"].among = among  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        people: list[Person] = given.get("numbers", [])
        if given.get("part") == CohortMembership.Part.TRAINER:
            teaching = set(
                access.people_teaching().filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True)
            )
            if others := [one.service_number for one in people if one.pk not in teaching]:
                self.add_error("numbers", _("Nobody was added yet. No trainers: %(numbers)s. Give them the role first.") % {"numbers": ", ".join(others)})  # fmt: skip
        return given
