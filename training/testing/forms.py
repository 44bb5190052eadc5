"""Letters typed from paper forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments import on_paper
from assessments.errors import LettersMissing, LettersWrong
from assessments.models import PrintedForm
from core.forms import CleanCharField
from people.models import Person
from training.testing.holding import Seat


@dataclass(frozen=True)
class Typed:
    """What one person wrote. scope: of their place in the course; responses: by place."""

    person: Person
    scope: UUID
    printed: PrintedForm
    responses: dict[int, list[str]]


class LettersForm(forms.Form):
    """What everybody wrote: one line for each person, its form by the code that stands on the paper."""

    reason = CleanCharField(
        label=_("Why something is typed again"), required=False, max_length=200,
        help_text=_("Only where somebody's paper was typed already. What is there stays beside it."),
    )  # fmt: skip

    def __init__(self, printed: Sequence[PrintedForm], seats: Sequence[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.printed = {one.code: one for one in printed}
        self.seats = {str(seat.person.public_id): seat for seat in seats if seat.enrolment}
        first = {one.form: one.code for one in reversed(printed)}  # the newest of each
        choices = [(one.code, str(one)) for one in printed]
        for public_id, seat in self.seats.items():
            self.fields[f"form-{public_id}"] = forms.ChoiceField(
                label=_("Form"),
                required=False,
                choices=choices,
                initial=first.get(seat.form) or next(iter(self.printed), None),
            )
            self.fields[f"letters-{public_id}"] = forms.CharField(
                label=_("Letters"), required=False, max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.typed: list[Typed] = []
        for public_id, seat in self.seats.items():
            letters, code = given.get(f"letters-{public_id}", "").strip(), given.get(f"form-{public_id}", "")
            if not letters or code not in self.printed:
                continue
            try:
                responses = on_paper.read_letters(self.printed[code], letters)
            except (LettersMissing, LettersWrong) as error:
                self.add_error(f"letters-{public_id}", str(error))
                continue
            if seat.attempt and not given.get("reason"):
                self.add_error("reason", _("Somebody's paper was typed already: say why it is typed again."))
            if seat.enrolment:
                self.typed.append(Typed(seat.person, seat.enrolment.public_id, self.printed[code], responses))
        return given

    def rows(self) -> list[tuple[Seat, Any, Any]]:
        """Each person with the two fields of their line."""
        return [(seat, self[f"form-{id}"], self[f"letters-{id}"]) for id, seat in self.seats.items()]
