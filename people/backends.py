"""Signing in, and who is signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from people.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which loads the person of a session with their unit: every page asks for the agency."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, if they may still sign in."""
        person = Person.objects.select_related("unit").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
