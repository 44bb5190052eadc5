"""Deny by default: a view is for signed-in people unless it says otherwise."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


def public(view: View) -> View:
    """Marks a view that anyone may reach without signing in."""
    view.login_required = False  # type: ignore[attr-defined]  (the mark Django's own decorator sets)
    return view
