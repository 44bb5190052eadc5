"""Giving roles and ending them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from core import audit
from people import rules
from people.audit import ROLE_ASKED, ROLE_CONFIRMED, ROLE_ENDED, ROLE_GIVEN
from people.errors import RoleDecided, SecondPersonNeeded
from people.models import Cohort, Person, RoleGrant, Unit
from people.sessions import end_sessions


def _told(grant: RoleGrant) -> Mapping[str, Any]:
    """What the audit trail keeps of a grant."""
    return {
        "role": grant.role,
        "unit": grant.unit.code if grant.unit else "",
        "cohort": grant.cohort.public_id if grant.cohort else "",
        "with_names": grant.with_names,
        "from": grant.starts_on,
        "until": grant.ends_on,
    }


@transaction.atomic
def grant_role(
    person: Person,
    role: str,
    *,
    by: Person | None,
    reason: str,
    starts_on: date,
    ends_on: date | None = None,
    unit: Unit | None = None,
    cohort: Cohort | None = None,
    with_names: bool = False,
) -> RoleGrant:
    """Give a role. One that takes two people waits for the second, unless the product gives it at set-up (by None).

    Raises ValidationError, worded for people, where it cannot be: held already, no unit for a supervisor, given to oneself.
    """
    grant = RoleGrant(
        person=person,
        role=role,
        granted_by=by,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
        unit=unit,
        cohort=cohort,
        with_names=with_names,
        is_confirmed=by is None or role not in rules.BY_TWO,
    )
    grant.full_clean()
    grant.save()
    action = ROLE_GIVEN if grant.is_confirmed else ROLE_ASKED
    audit.record(action, by=by, about=grant, people=[person], **_told(grant), reason=grant.reason)
    follow_roles(person)
    if grant.is_confirmed:
        person.pins.all().delete()
        end_sessions(person)  # another role asks for other proof and has other limits
    return grant


@transaction.atomic
def confirm_role(grant: RoleGrant, *, by: Person) -> RoleGrant:
    """The second person's word: the role is in force. Raises SecondPersonNeeded, RoleDecided."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.is_confirmed or grant.ended_at:
        raise RoleDecided
    if by.pk in (grant.granted_by_id, grant.person_id):
        raise SecondPersonNeeded
    grant.is_confirmed, grant.confirmed_by = True, by
    grant.save(update_fields=["is_confirmed", "confirmed_by", "updated_at"])
    audit.record(ROLE_CONFIRMED, by=by, about=grant, people=[grant.person], **_told(grant))
    follow_roles(grant.person)
    grant.person.pins.all().delete()
    end_sessions(grant.person)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Person | None, reason: str, at: datetime) -> RoleGrant:
    """End a role now, or refuse one that waits. Raises RoleDecided where it has ended."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_at:
        raise RoleDecided
    grant.ended_at, grant.ended_by, grant.end_reason = at, by, reason
    grant.save(update_fields=["ended_at", "ended_by", "end_reason", "updated_at"])
    audit.record(ROLE_ENDED, by=by, about=grant, people=[grant.person], **_told(grant), reason=reason)
    follow_roles(grant.person)
    end_sessions(grant.person)
    return grant


def follow_roles(person: Person) -> None:
    """Bring the groups of Wagtail's admin into line with the roles held today."""
    person.__dict__.pop("held", None)
    wanted = {group for role, group in rules.ADMIN_GROUPS.items() if person.has_role(role)}
    if wanted != set(person.groups.values_list("name", flat=True)):
        person.groups.set(Group.objects.filter(name__in=wanted))
