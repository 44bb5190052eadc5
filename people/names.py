"""What may be the name of a person or a unit: one rule, for tables that come in, for forms, and before a certificate says it."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core import pdf
from myanmar.text import has_myanmar

SCRIPTS: Final = {
    "name_my": "my",
    "name_latin": "latin",
    "name_en": "latin",
}  # field -> the letters that it is written in
_FORMULA: Final = ("=", "+", "-", "@", "|", "＝")
_SIGNS: Final = re.compile("[<>\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffd\ufffe\uffff]")

# As a form says it; tables say the same of their columns (people/exchange/faults.py).
_SAID: Final[dict[str, Any]] = {
    "formula": _(
        "A name does not begin with this sign, by which a spreadsheet knows a formula. Nothing was stored. Write the name itself."
    ),
    "broken": _("This holds signs that are in no name. Nothing was stored. Write the name again, with letters only."),
    "glyph": _(
        "A name with %(characters)s cannot be printed on a certificate. Nothing was stored. Write it in Burmese or Latin letters."
    ),
    "no_letters": _("This is no name: it holds no letter. Nothing was stored. Write the name."),
    "not_burmese": _(
        "There is no Burmese letter in this name. Nothing was stored. Write it in the box for Latin letters."
    ),
    "not_latin": _(
        "There are Burmese letters in this name. Nothing was stored. Write them in the box for the Burmese name."
    ),
}


def fault(text: str, script: str = "") -> tuple[str, dict[str, str]] | None:
    """Why a text is no name, as a code with its values; None for a name. script: "my", "latin", or "" for either."""
    if text.startswith(_FORMULA):
        return "formula", {}
    if _SIGNS.search(text):
        return "broken", {}
    if lacking := pdf.lacking(text):
        return "glyph", {"characters": pdf.named(lacking)}
    if not any(map(str.isalpha, text)):
        return "no_letters", {"text": text}
    if script == "my" and not has_myanmar(text):
        return "not_burmese", {}
    if script == "latin" and has_myanmar(text):
        return "not_latin", {}
    return None


def faults(one: Model) -> dict[str, ValidationError]:
    """What is wrong with the names of a person or a unit, by field."""
    found: dict[str, ValidationError] = {}
    for field, script in SCRIPTS.items():
        if (text := getattr(one, field, "")) and (wrong := fault(text, script)):
            code, values = wrong
            found[field] = ValidationError(_SAID[code], code=code, params=values)
    return found
