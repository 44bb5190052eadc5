"""Verbs around people."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction

from people.models import Person, RoleGrant

# The group of Wagtail's admin that a role brings with it.
EDITORS = "Curriculum editors"


@transaction.atomic
def grant_role(
    person: Person, role: str, *, by: Person | None, reason: str, starts_on: date, ends_on: date | None = None
) -> RoleGrant:
    """Give a role. An editor is also let into Wagtail's admin."""
    grant = RoleGrant.objects.create(
        person=person, role=role, granted_by=by, reason=reason, starts_on=starts_on, ends_on=ends_on
    )
    if role == RoleGrant.Role.EDITOR:
        person.groups.add(Group.objects.get(name=EDITORS))
    return grant
