"""What may be wrong with a row, and what is good to know about it: codes with their values, worded when they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.templatetags.burmese import digits
from people.exchange.columns import column

# code -> sentence. Values: column (its name), text (what stands there), row, many, names, before, after, unit.
FAULTS: Final[dict[str, str | Promise]] = {
    "empty": _("“%(column)s” is empty. Fill it in."),
    "no_name": _("Both names are empty. Write at least one."),
    "number": _("“%(text)s” is no service number: letters A–Z, digits, - and / only."),
    "twice": _("“%(text)s” stands in row %(row)s already. Keep one of the two rows."),
    "long": _("“%(column)s” has %(many)s letters; at most %(most)s fit. Shorten it."),
    "formula": _("“%(column)s” begins with a sign by which a spreadsheet knows a formula. Write the text itself."),
    "mixed": _("“%(column)s” is partly in Zawgyi, partly in Unicode. Write it again with a Unicode keyboard."),
    "broken": _("“%(column)s” holds signs that are no letters. Write it again."),
    "glyph": _("“%(column)s” cannot be printed: %(characters)s. Write it in Burmese or Latin letters."),
    "not_burmese": _("“%(column)s” holds no Burmese letter. Write it in the column for Latin letters."),
    "not_latin": _("“%(column)s” holds Burmese letters. Write them in the column for the Burmese name."),
    "no_letters": _("“%(text)s” is no name: it holds no letter."),
    "unit": _("The unit “%(text)s” is not known. Write its code, or bring the unit in first."),
    "unit_like": _("The unit “%(text)s” is not known. Did you mean %(names)s?"),
    "unit_many": _("Several units are called “%(text)s”: %(names)s. Write the code."),
    "unit_closed": _("The unit “%(text)s” is closed. Write one that is open."),
    "unit_outside": _("The unit “%(text)s” is not one for which you bring people in. Ask the registrar of that unit."),
    "person_outside": _(
        "Somebody with the service number “%(text)s” is here, outside the units for which you bring people in. Check the number, or ask the registrar there."
    ),
    "language": _("The language “%(text)s” is not spoken here. Write my or en, or leave it empty."),
    "cohort": _("The group “%(text)s” is not known. Make it first, or leave the column empty."),
    "cohort_like": _("The group “%(text)s” is not known. Did you mean %(names)s?"),
    "cohort_new": _("The group “%(text)s” is not known. Write yes in the column “New” where it is to be made."),
    "cohort_many": _("Several groups are called “%(text)s”. Give them different names first."),
    "person": _("Nobody here has the service number “%(text)s”. Bring the person in first."),
    "part": _("“%(text)s” is no part. Write learner or trainer."),
    "yes": _("“%(text)s” is neither yes nor no."),
    "kind": _("“%(text)s” is no kind of unit. Write agency, region or post."),
    "agency": _("“%(text)s” is none of the agencies. Write immigration, police or social_welfare."),
    "code": _("“%(text)s” is no code: letters A–Z, digits and - only, at most 20."),
    "parent": _("The unit above, “%(text)s”, is not known. Write its code, or bring it in with this file."),
    "parent_like": _("The unit above, “%(text)s”, is not known. Did you mean %(names)s?"),
    "parent_level": _("A region belongs to an agency, a post to a region, of the same agency. “%(text)s” is neither."),
    "parent_empty": _("A region belongs to an agency, a post to a region. Write the code of the unit above."),
    "parent_none": _("An agency belongs to no other unit. Leave the unit above empty."),
    "other_kind": _("“%(text)s” is here as another kind of unit or of another agency. Choose another code."),
    "name_taken": _("The unit above has one called “%(text)s” already. Give them different names."),
}
NOTES: Final[dict[str, str | Promise]] = {
    "zawgyi": _("“%(column)s” was converted from Zawgyi: “%(before)s” is now “%(after)s”. Check it."),
    "number": _("The service number “%(before)s” is kept as “%(after)s”."),
    "similar": _("Somebody of almost the same name is in the same unit: %(names)s. Check that it is another person."),
    "similar_row": _("Row %(row)s holds almost the same name in the same unit. Check that it is another person."),
    "cohort_made": _("The group “%(text)s” will be made."),
}


@dataclass
class Told:
    """What is found out about one row while it is read."""

    faults: list[list[Any]] = field(default_factory=list)
    notes: list[list[Any]] = field(default_factory=list)

    def fault(self, code: str, **values: Any) -> None:
        """Something because of which the row cannot be taken."""
        self.faults.append([code, values])

    def note(self, code: str, **values: Any) -> None:
        """Something to look at."""
        self.notes.append([code, values])


def worded(kind: str, told: Iterable[Sequence[Any]], sentences: dict[str, str | Promise]) -> list[str]:
    """Faults or notes of a row as sentences in the reader's language."""
    return [str(sentences[code]) % _shown(kind, values) for code, values in told]


def _shown(kind: str, values: dict[str, Any]) -> dict[str, str]:
    shown = {}
    for name, value in values.items():
        if name == "column":
            shown[name] = str(column(kind, value))
        elif name == "names":
            shown[name] = ", ".join(f"“{one}”" for one in value)
        else:
            shown[name] = digits(value) if isinstance(value, int) else str(value)
    return shown
