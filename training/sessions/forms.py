"""Forms around sessions."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField, DateField, Grouped, RecordField, TimeField, meant
from courses.catalogue import Catalogue, CourseInfo, ModuleInfo
from people.access import people_teaching
from people.fields import PeopleField
from people.models import Person, Unit
from training.sessions.planning import Plan

LONGEST_HOURS = 14
CLOCK = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8})
NOT_TEACHING = _("Nobody who trains has these numbers: %(numbers)s. Correct or remove these.")


class SessionForm(Grouped):
    """What a session is to be."""

    in_groups: ClassVar = [
        (_("What"), ["course", "modules"]),
        (_("When and where"), ["day", "begins", "ends", "unit", "place"]),
        (_("Who teaches with you"), ["co_trainers", "observers"]),
        (_("Notes"), ["notes"]),
    ]

    course = forms.ChoiceField(label=_("Course"))
    modules = forms.MultipleChoiceField(
        label=_("Modules"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that are taught in this session. Nothing ticked means the whole course."),
    )  # fmt: skip
    day = DateField(
        label=_("Day"), help_text=_("Day-month-year, like 31-12-2026."), widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    begins = TimeField(
        label=_("Begins"), input_formats=["%H:%M", "%H.%M", "%H%M"], widget=CLOCK, help_text=_("Like 09:00.")
    )
    ends = TimeField(
        label=_("Ends"), input_formats=["%H:%M", "%H.%M", "%H%M"], widget=CLOCK, help_text=_("Like 16:30.")
    )
    unit = RecordField(label=_("Post"), queryset=Unit.objects.none(), required=False)
    place = CleanCharField(
        label=_("Place"), max_length=120, printed=True, widget=forms.TextInput(attrs={"data-burmese-keys": True}), help_text=_("Such as the room or the building."),
    )  # fmt: skip
    co_trainers = PeopleField(label=_("Co-trainers"), rows=2, required=False, unknown=NOT_TEACHING)
    observers = PeopleField(label=_("Observers"), rows=2, required=False, unknown=NOT_TEACHING)
    notes = CleanCharField(
        label=_("Notes for the trainers"), required=False, max_length=4000, shape="lines", widget=forms.Textarea(attrs={"rows": 4, "data-burmese-keys": True}),
    )  # fmt: skip

    def __init__(self, known: Catalogue, lead: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.lead = known, lead
        choices: dict[str, Any] = {
            "course": [("", "–"), *map(_named, known.courses)],
            "modules": [(_named(course)[1], [*map(_named, course.modules)]) for course in known.courses],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.open().in_order()  # type: ignore[attr-defined]
        teaching = people_teaching().exclude(pk=lead.pk)
        for name in ("co_trainers", "observers"):
            self.fields[name].among = teaching  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if f"{day:%d-%m-%Y}" == self.initial.get("day"):  # of an old session something else is corrected
            return day
        return meant(day, on=timezone.localdate())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        course = self.known.by_code[given["course"]]
        own = {module.code for module in course.modules}
        if others := [code for code in given["modules"] if code not in own]:
            self.add_error("modules", ValidationError(_("These belong to another course: %(codes)s."), params={"codes": ", ".join(others)}))  # fmt: skip
        if given["ends"] <= given["begins"]:
            self.add_error("ends", _("It ends before it begins. A course of several days is a session for each day."))
        elif (given["ends"].hour - given["begins"].hour) > LONGEST_HOURS:
            self.add_error("ends", _("That is too long for one session."))
        if both := [one for one in given["co_trainers"] if one in given["observers"]]:
            numbers = ", ".join(one.service_number for one in both)
            self.add_error("observers", ValidationError(_("Who teaches does not observe: %(numbers)s."), params={"numbers": numbers}))  # fmt: skip
        return given

    def plan(self) -> Plan:
        """What was given, once it is valid."""
        given = self.cleaned_data
        course = self.known.by_code[given["course"]]
        zone = timezone.get_current_timezone()
        ticked = set(given["modules"])
        return Plan(
            course=course,
            modules=[one.code for one in course.modules if one.code in ticked or not ticked],
            place=given["place"],
            unit=given["unit"],
            starts_at=datetime.combine(given["day"], given["begins"], zone),
            ends_at=datetime.combine(given["day"], given["ends"], zone),
            notes=given["notes"],
            co_trainers=given["co_trainers"],
            observers=given["observers"],
        )


class CodeForm(forms.Form):
    """The code of the room."""

    code = CleanCharField(
        label=_("Code of the room"), max_length=12, help_text=_("Six digits, as they are shown in the room now."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
    )  # fmt: skip


class CancelForm(forms.Form):
    """Why a session is not held."""

    reason = CleanCharField(
        label=_("Reason"), max_length=300, widget=forms.TextInput(attrs={"data-burmese-keys": True}), help_text=_("Those who were expected read it."),
    )  # fmt: skip


def _named(one: CourseInfo | ModuleInfo) -> tuple[str, str]:
    """A course or module to choose."""
    return one.code, f"{one.code} – {one.title}"
