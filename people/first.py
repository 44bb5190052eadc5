"""The first roles of an installation: there is nobody yet who could give them."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.errors import FirstAccountClosed, FirstIsGiven, FirstTakesTwo
from people.models import Person, RoleGrant, SignInSlip
from people.persons import make_person
from people.roles import grant_role
from people.rules import RULES
from people.slips import keep_slips, new_slips

REASON = "first account"
_OWN = Q(last_login__isnull=False) | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)  # or by the agency's directory


@transaction.atomic
def first_account(
    number: str, roles: Collection[str], *, days: int, at: datetime, name_my: str = "", name_latin: str = ""
) -> tuple[Person, SignInSlip | None, str]:
    """Give roles that take two people to somebody while nobody can sign in who holds them; the person is made if not here.

    roles: of rules.BY_TWO. Returns the person, and the slip with its code with which they choose a password; none where
    they have signed in before. Whoever lost the slip is asked for again. Raises ValidationError, FirstIsGiven,
    FirstTakesTwo, FirstAccountClosed.
    """
    person = Person.objects.by_number(number)
    if person is None:
        person = make_person(by=None, service_number=number, name_my=name_my, name_latin=name_latin)
    if not person.is_active:
        raise FirstAccountClosed(number=person.service_number)
    signs_in = Person.objects.filter(_OWN, pk=person.pk).exists()
    for role in roles:
        if holder := _holder(role, besides=None if signs_in else person, at=at):
            raise FirstIsGiven(number=holder.person.service_number, role=holder.get_role_display())
    if len((person.roles | set(roles)) & RULES["roles.give"].keys()) > 1:
        raise FirstTakesTwo
    for role in sorted(set(roles) - person.roles):
        grant_role(person, role, by=None, reason=REASON, starts_on=timezone.localdate(at))
    if signs_in:
        return person, None, ""
    made = new_slips([person], by=None, days=days, reason=REASON, at=at)
    keep_slips(made, by=None, at=at)
    return person, *made[0]


def _holder(role: str, *, besides: Person | None, at: datetime) -> RoleGrant | None:
    """A grant in force of somebody else who can sign in, or has a slip with which they can."""
    slip = SignInSlip.objects.usable(at=at).filter(person=OuterRef("pk"))
    able = Person.objects.filter(_OWN | Exists(slip), is_active=True)
    if besides:
        able = able.exclude(pk=besides.pk)
    grants = RoleGrant.objects.current(on=timezone.localdate(at)).filter(role=role, person__in=able)
    return grants.select_related("person").first()
