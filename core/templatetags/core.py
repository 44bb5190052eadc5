"""The places in the header, and those of the office."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()

# (label, url name, paths it is current for, what one must be allowed (people/rules.py); none means everyone)
PLACES = [
    (_("Learn"), "courses:learn", ("/learn/", "/courses/", "/quiz/", "/attempt/"), ()),
    (_("Practice"), "practice", ("/practice/",), ()),
    (_("Certificates"), "certificates:mine", ("/certificates/",), ()),
    (_("Teach"), "training:desk", ("/teach/", "/office/marking/"), ("teach",)),
    (
        _("Translations"),
        "translation:desk",
        ("/office/translations/",),
        ("translations.see",),
    ),
    (_("Facts"), "facts", ("/office/facts/",), ("facts.see",)),
    (_("Coverage"), "coverage:overview", ("/office/coverage/",), ("facts.see",)),
    (_("Packages"), "packages_desk:list", ("/office/packages/",), ("packages.see",)),
    (_("Items"), "assessments:items", ("/office/items/", "/office/quizzes/"), ("bank.see",)),
    (_("Exams"), "assessments:exams", ("/office/exams/", "/office/marking/"), ("exams.edit",)),
    (_("Office"), "training:office", ("/office/",), ("reports.see",)),
    (_("Editing"), "wagtailadmin_home", ("/admin/",), ("pages.edit", "items.edit")),
]

# Within the office, in the order of a registrar's day; apps on the left add theirs: (label, what one does there, url name, what one must be allowed).
OFFICE: list[tuple[Any, Any, str, tuple[str, ...]]] = [
    (_("Reach"), _("How many learn, and what they can still do"), "training:office", ("reports.see",)),
    (_("People"), _("Finding people, adding and changing them"), "office:people", ("people.see",)),
    (_("Groups"), _("Who learns together, and who leads them"), "office:cohorts", ("cohorts.see",)),
    (_("Units"), _("Agencies, regions and posts"), "office:units", ("units.see",)),
    (_("Roles"), _("Who may do what, and what waits for a second person"), "office:roles", ("roles.see",)),
    (_("Sign-in slips"), _("Codes on paper for a first sign-in or a new password"), "slips:choose", ("slips.print",)),
    (_("Shared devices"), _("Where officers sign in with a PIN"), "pins:devices", ("devices.enrol",)),
    (_("Second factors"), _("Resets that wait for a second person"), "factors:waiting", ("factors.reset",)),
    (
        _("Grades"),
        _("Changed grades that wait for a second person"),
        "assessments:grades",
        ("grades.change",),
    ),
    (
        _("Certificates"),
        _("Looking them up, issuing, correcting and revoking them"),
        "certificate_office:certificates",
        ("certificates.see",),
    ),
    (
        _("Rules and designs"),
        _("What earns a certificate, and how it looks"),
        "certificate_office:rules",
        ("certificates.design",),
    ),
    (_("Cascade"), _("How far a course has come, and through whom"), "training:cascade", ("cascade.see",)),
    (
        _("Accreditations"),
        _("Who may teach what, and what that asks for"),
        "training:accreditations",
        ("accreditations.see",),
    ),
    (_("Evaluation"), _("What training brought about, on four levels"), "training:evaluation", ("reports.see",)),
    (_("Training plan"), _("Who is to be trained until when, and how far that is"), "training:targets", ("plans.see",)),
    (
        _("Practice after training"),
        _("Reporting what officers do of it at work"),
        "training:behaviour_due",
        ("behaviour.report",),
    ),
    (_("Audit trail"), _("Who did what, and to whom it was shown"), "records:audit", ("audit.see",)),
]


@register.simple_tag(takes_context=True)
def office_places(context: Any, person: Any) -> list[dict[str, Any]]:
    """The places of the office that a person may go, with the one they are in marked."""
    path = context["request"].path
    found = [
        {"label": label, "note": note, "url": reverse(name)}
        for label, note, name, verbs in OFFICE
        if any(person.may(verb) for verb in verbs)
    ]
    here = max((one["url"] for one in found if path.startswith(one["url"])), key=len, default="")
    return [one | {"is_here": one["url"] == here} for one in found]


@register.simple_tag(takes_context=True)
def places(context: Any, person: Any) -> list[dict[str, Any]]:
    """The places a person may go, with the one they are in marked."""
    path = context["request"].path.removeprefix(f"/{get_language()}")
    here = max((one for place in PLACES for one in place[2] if path.startswith(one)), key=len, default="")
    return [
        {"label": label, "url": reverse(name), "is_here": here in paths}
        for label, name, paths, verbs in PLACES
        if not verbs or any(person.may(verb) for verb in verbs)
    ]
