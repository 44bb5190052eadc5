"""Adding and changing single persons, and closing their accounts."""

from typing import Any, Final

from django.db import transaction

from core import audit
from people.audit import ACCOUNT_CLOSED, ACCOUNT_OPENED, PERSON_CHANGED, PERSON_MADE
from people.errors import OwnAccount
from people.models import Person, Unit
from people.sessions import end_sessions

KEPT: Final = ("service_number", "name_my", "name_latin", "unit", "language")


def _kept(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in KEPT}


def _code(unit: Unit | None) -> str:
    return unit.code if unit else ""


@transaction.atomic
def make_person(*, by: Person | None, **values: Any) -> Person:
    """Add a person, who signs in for the first time with a slip. values: KEPT. Raises ValidationError."""
    person = Person(**values)
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    audit.record(PERSON_MADE, by=by, about=person, people=[person], unit=_code(person.unit))
    return person


@transaction.atomic
def change_person(person: Person, *, by: Person | None, **values: Any) -> Person:
    """Change what is kept about a person. The trail names what was changed, not the names. Raises ValidationError."""
    before = _kept(Person.objects.select_related("unit").get(pk=person.pk))
    for name, value in values.items():
        setattr(person, name, value)
    person.full_clean(exclude=["password"])
    changed = audit.changes(before, _kept(person))
    if not changed:
        return person
    person.save()
    units = {"unit": [_code(unit) for unit in changed["unit"]]} if "unit" in changed else {}
    audit.record(PERSON_CHANGED, by=by, about=person, people=[person], changed=list(changed), **units)
    return person


@transaction.atomic
def close_account(person: Person, *, by: Person, reason: str) -> None:
    """Nobody signs in to it any more, and open sessions end; what is recorded stays. Raises OwnAccount."""
    if person == by:
        raise OwnAccount
    if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        end_sessions(person)  # for good: they do not come to life again with the account
        audit.record(ACCOUNT_CLOSED, by=by, about=person, people=[person], reason=reason)


@transaction.atomic
def open_account(person: Person, *, by: Person, reason: str) -> None:
    """Open a closed account again; the old password counts."""
    if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        audit.record(ACCOUNT_OPENED, by=by, about=person, people=[person], reason=reason)
