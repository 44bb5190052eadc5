"""The columns of the tables that come in, and how they are recognised: by Burmese or English heading, in any order."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.languages import interface_language
from myanmar.search import fold
from myanmar.text import normalise
from people.models import PeopleImport

Kind = PeopleImport.Kind


@dataclass(frozen=True)
class Column:
    """A column. my, en: its headings, both always shown; also: what else people write there; note: what belongs in it."""

    name: str
    my: str
    en: str
    note: str | Promise = ""
    also: tuple[str, ...] = ()
    is_required: bool = False
    example: str = ""

    @property
    def heading(self) -> str:
        """Both headings, as they stand in a table that is handed out; such a table comes back as it is."""
        return f"{self.my} / {self.en}"

    def __str__(self) -> str:
        return self.my if interface_language() == "my" else self.en


# What marks the row of the template that nobody is: it is left out wherever it comes in.
EXAMPLE: Final = "EXAMPLE"

NUMBER: Final = Column(
    "service_number",
    "ဝန်ထမ်းအမှတ်",
    "Service number",
    _("Letters A–Z, digits, - and / only. It is what the person signs in with."),
    ("ကိုယ်ပိုင်အမှတ်", "အမှတ်", "ဝန်ထမ်းအိုင်ဒီ", "personal number", "staff number", "number", "no", "id", "service id", "service no"),
    is_required=True,
    example=EXAMPLE,
)  # fmt: skip
COHORT: Final = Column(
    "cohort",
    "အုပ်စု",
    "Group",
    _("The name of a group that is here already; several with ; between them. May stay empty."),
    ("သင်တန်းအုပ်စု", "သင်တန်းအပတ်စဉ်", "cohort", "class", "batch", "group name"),
)

COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    Kind.PEOPLE: (
        NUMBER,
        Column(
            "name_my",
            "မြန်မာအမည်",
            "Name in Burmese",
            _("One of the two names is needed."),
            ("အမည်", "နာမည်", "အမည်အပြည့်အစုံ", "မြန်မာလိုအမည်", "name", "full name", "burmese name", "name my", "myanmar name"),
            example="ဒေါ်ဥပမာ",
        ),
        Column(
            "name_latin",
            "အင်္ဂလိပ်စာလုံးဖြင့် အမည်",
            "Name in Latin letters",
            _("As the person writes it, never made from the Burmese name by rule."),
            ("အင်္ဂလိပ်အမည်", "name in english", "name english", "english name", "latin name", "name en", "name latin"),
            example="Daw Upama",
        ),
        Column(
            "unit",
            "ဌာနခွဲ",
            "Unit",
            _("The code of a unit, or its name in either language. The second sheet lists them."),
            ("ဌာန", "စခန်း", "ရုံး", "တာဝန်ကျရာဌာန", "unit code", "ဌာနခွဲကုဒ်", "unit name", "post", "station", "office"),
            is_required=True,
        ),
        Column(
            "language",
            "ဘာသာစကား",
            "Language",
            _("my or en. May stay empty."),
            ("language of the interface", "lang"),
            example="my",
        ),
        COHORT,
    ),
    Kind.UNITS: (
        Column(
            "kind",
            "အမျိုးအစား",
            "Kind",
            _("agency, region or post"),
            ("အဆင့်", "level", "type"),
            is_required=True,
            example="post",
        ),
        Column(
            "agency",
            "ဌာန",
            "Agency",
            _("immigration, police or social_welfare"),
            ("service",),
            is_required=True,
            example="immigration",
        ),
        Column(
            "code",
            "ကုဒ်",
            "Code",
            _("Short, for ever, and nobody else's: letters A–Z, digits and -."),
            ("ဌာနခွဲကုဒ်", "unit code"),
            is_required=True,
            example=EXAMPLE,
        ),
        Column("name_my", "မြန်မာအမည်", "Name in Burmese", "", ("အမည်", "name my", "burmese name"), is_required=True, example="ဥပမာစခန်း"),
        Column("name_en", "အင်္ဂလိပ်အမည်", "Name in English", "", ("name", "name en", "name english", "english name"), is_required=True, example="Example post"),
        Column(
            "parent",
            "သက်ဆိုင်ရာဌာနခွဲကုဒ်",
            "Code of the unit above",
            _("The agency of a region, the region of a post; it may stand in the same file. Empty for an agency."),
            ("သက်ဆိုင်ရာ", "အထက်ဌာန", "parent", "parent code", "belongs to", "above"),
        ),
    ),
    Kind.COHORTS: (
        Column(
            "cohort",
            "အုပ်စု",
            "Group",
            _("The name of the group."),
            ("သင်တန်းအုပ်စု", "သင်တန်းအပတ်စဉ်", "cohort", "class", "batch", "group name"),
            is_required=True,
            example="ဥပမာအုပ်စု",
        ),
        Column(
            "new",
            "အသစ်",
            "New",
            _("yes where the group is to be made."),
            ("အုပ်စုအသစ်", "is new", "new group"),
            example="yes",
        ),
        NUMBER,
        Column(
            "part",
            "ပါဝင်သည့်အခန်းကဏ္ဍ",
            "Part",
            _("learner or trainer; empty means learner."),
            ("အခန်းကဏ္ဍ", "role", "as"),
            example="learner",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Matched:
    """What the headings of a file are. headings: column -> heading; unused: headings that name no column here; missing:
    columns that are needed and not there."""

    headings: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    missing: list[Column] = field(default_factory=list)


def column(kind: str, name: str) -> Column:
    """A column by name."""
    return next(one for one in COLUMNS[kind] if one.name == name)


def _key(heading: str) -> str:
    """A heading without what people write differently: case, spaces, signs, tall aa."""
    return fold("".join(sign for sign in normalise(heading) if unicodedata.category(sign)[0] in "LMN"))


def match(kind: str, headings: Iterable[str]) -> Matched:
    """Tell the columns of a file. A heading may hold both languages, cut by a stroke; the first that fits a column is it."""
    names: dict[str, str] = {}
    for one in COLUMNS[kind]:
        for text in (one.my, one.en, one.name):
            names[_key(text)] = one.name
    for one in COLUMNS[kind]:
        for text in one.also:
            names.setdefault(_key(text), one.name)
    found = Matched()
    for heading in headings:
        parts = [heading, re.sub(r"\(.*?\)", "", heading), *re.split(r"[/|\n]", heading)]
        name = next((names[key] for part in parts if (key := _key(part)) in names), None)
        if name and name not in found.headings:
            found.headings[name] = heading
        elif heading:
            found.unused.append(heading)
    found.missing.extend(one for one in COLUMNS[kind] if one.is_required and one.name not in found.headings)
    if kind == Kind.PEOPLE and not {"name_my", "name_latin"} & found.headings.keys():
        found.missing.append(column(kind, "name_my"))
    return found
