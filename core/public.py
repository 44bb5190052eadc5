"""Deny by default: a view is for signed-in people unless it says otherwise."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Marks a view that anyone may reach without signing in."""
    setattr(view, "login_required", False)  # noqa: B010 (the mark that Django's own decorator sets)
    return view
