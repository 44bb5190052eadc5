"""Signing in, and who is signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from people.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which loads the person of a session with what every page asks of them, in one query."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, if they may still sign in."""
        person = Person.objects.for_session().filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
