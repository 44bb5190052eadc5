"""Forms around a trainer's own groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField, RecordField
from people.fields import PeopleField
from people.models import Person, Unit
from training.groups.making import nameable
from training.models import CohortRule

BURMESE = {"data-burmese-keys": True}
NOT_HERE = _("Nobody was added yet. Not in your unit or in your groups: %(numbers)s. Correct or remove these.")


class GroupForm(forms.Form):
    """A new group: its name, and who is in it from the beginning."""

    name_my = CleanCharField(
        label=_("Name in Burmese"), max_length=120, required=False, printed=True, widget=forms.TextInput(attrs=BURMESE)
    )
    name_en = CleanCharField(label=_("Name in English"), max_length=120, required=False, printed=True)
    people = PeopleField(required=False, unknown=NOT_HERE)

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].among = nameable(viewer)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given["name_my"] and not given["name_en"]:
            self.add_error("name_my", _("Give at least one name."))
        return given


class RuleForm(forms.ModelForm):
    """Who belongs to a group by where they serve."""

    unit = RecordField(label=_("Unit"), queryset=Unit.objects.none())

    class Meta:
        model = CohortRule
        fields = ("unit", "with_below", "who")

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Unit.objects.none()
        if viewer.unit:
            own = Unit.objects.within(viewer.unit).open().in_order()
        self.fields["unit"].queryset = own  # type: ignore[attr-defined]


class EnterForm(forms.Form):
    """The code of a group."""

    code = CleanCharField(
        label=_("Code of the group"), max_length=16, help_text=_("Six letters and digits, as your trainer shows them."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false", "size": 10}),
    )  # fmt: skip
