"""Who works at the trainer's desk."""

from typing import Any

from django.http import Http404

from people.models import Person, RoleGrant

Role = RoleGrant.Role


def teacher_or_404(user: Any) -> Person:
    """The viewer, if they train or look over training; else there is no such desk."""
    if isinstance(user, Person) and user.has_role(Role.TRAINER, Role.LEAD, Role.REGISTRAR):
        return user
    raise Http404
