"""What was done with a record, in words, from the entries of the audit trail."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.templatetags.burmese import digits
from people.models import CohortMembership, RoleGrant

# How the details of an entry are said; what is not here is for the trail alone.
WORDS = {
    "code": _("Code"),
    "name_my": _("Name in Burmese"),
    "name_en": _("Name in English"),
    "name_latin": _("Name in Latin letters"),
    "service_number": _("Service number"),
    "language": _("Language"),
    "parent": _("Belongs to"),
    "unit": _("Unit"),
    "role": _("Role"),
    "into": _("Merged into"),
    "merged": _("Merged from"),
    "moved": _("People who move"),
    "units": _("Units"),
    "count": _("People"),
    "part": _("As"),
    "changed": _("Changed"),
    "serial": _("Serial"),
    "replaces": _("Replaces"),
    "status": _("Status"),
    "reason": _("Reason"),
}

# How the values of a detail are said, by its name; apps to the left add theirs.
VALUES: dict[str, dict[str, Any]] = {
    "role": dict(RoleGrant.Role.choices),
    "part": dict(CohortMembership.Part.choices),
}


@dataclass(frozen=True)
class Line:
    """One entry. by: who did it, None for the product itself; said: (what, before or "", after or value)."""

    at: datetime
    label: str | Promise
    by: Any
    said: list[tuple[str | Promise, str, str]]


def _value(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(WORDS.get(one, one)) for one in value)
    if isinstance(value, int):
        return digits(value)
    return str(VALUES.get(name, {}).get(value, value))


def _said(details: dict[str, Any]) -> Iterator[tuple[str | Promise, str, str]]:
    for name, word in WORDS.items():
        value = details.get(name)
        if value in (None, "", []):
            continue
        if isinstance(value, list) and len(value) == 2 and name not in ("changed", "units"):
            yield word, _value(name, value[0]) or "–", _value(name, value[1]) or "–"
        else:
            yield word, "", _value(name, value)


def lines(entries: Iterable[Any]) -> list[Line]:
    """Entries of `core.audit.history` for a page."""
    return [Line(one.at, one.label, one.by, list(_said(one.details))) for one in entries]
