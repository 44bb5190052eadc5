"""Proving once more who one is, before a dangerous act."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest


def ask_again(request: HttpRequest) -> None:
    """Before a POST goes on, ask for the password or a code again unless that was done within five minutes.

    What was sent is kept and done afterwards (allauth's account middleware suspends and resumes the request).
    """
    if request.method == "POST":
        raise_if_reauthentication_required(request, app="account")
