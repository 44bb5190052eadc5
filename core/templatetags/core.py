"""The places in the header."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

# (label, url name, paths it is current for, roles that see it; none means everyone)
PLACES = [
    (_("Learn"), "courses:learn", ("/learn/", "/my/courses/", "/en/courses/", "/quiz/", "/attempt/"), ()),
    (_("Certificates"), "certificates:mine", ("/certificates/",), ()),
    (_("Teach"), "training:desk", ("/teach/",), ("trainer", "lead", "registrar")),
    (_("Office"), "training:office", ("/office/",), ("registrar", "lead")),
    (_("Editing"), "wagtailadmin_home", ("/admin/",), ("editor",)),
]


@register.simple_tag(takes_context=True)
def places(context: Any, person: Any) -> list[dict[str, Any]]:
    """The places a person may go, with the one they are in marked."""
    path = context["request"].path
    return [
        {"label": label, "url": reverse(name), "is_here": path.startswith(paths)}
        for label, name, paths, roles in PLACES
        if not roles or person.has_role(*roles)
    ]
