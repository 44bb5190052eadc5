"""Signing in, and who is signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef

from people.models import Person, RoleGrant

# Built once, for every page asks: with the unit, for the agency, and whether there ever was a role.
PEOPLE = Person.objects.select_related("unit").annotate(
    had_a_role=Exists(RoleGrant.objects.filter(person=OuterRef("pk")))
)


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which loads the person of a session with what every page asks of them."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, if they may still sign in."""
        try:
            person: Person = PEOPLE.get(pk=user_id)
        except Person.DoesNotExist:
            return None
        if not person.had_a_role:  # most never had one; for the others the day decides
            person.held = ()
        return person if self.user_can_authenticate(person) else None
