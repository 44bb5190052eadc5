"""A page with one form: what is done, about whom or what, and the way back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def act(
    request: HttpRequest, form: forms.Form, *, title: str, button: str, back: str, about: Any = None, text: str = ""
) -> HttpResponse:
    """The page. back: name of the place to which one returns; about: the record that it shows, with a public id."""
    to = reverse(back, args=[about.public_id] if about else [])
    return render(
        request,
        "office/act.html",
        {"form": form, "title": title, "button": button, "back": to, "about": about, "text": text},
    )
