"""The right to teach: granted at a session, looked over and withdrawn in the office."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates.models import Certificate
from core.errors import DomainError
from core.templatetags.burmese import sentence
from courses.catalogue import spoken
from people.access import may_or_404, reach
from people.models import Person
from people.office.forms import ReasonForm
from training import access
from training.accrediting import granting
from training.accrediting.conditions import conditions, shown
from training.accrediting.forms import GrantForm, MasterForm, RuleForm, rule_initial
from training.models import Accreditation, AccreditationRule
from training.models.accreditations import Tier

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def accredit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who attended a session, and what each has shown; POST accredits one of them."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id, to_hold=True)
    today = timezone.localdate()
    tiers = granting.tiers_to_grant(viewer, session.course_key, on=today)
    if not tiers or session.is_cancelled:
        raise Http404
    if request.method == "POST":
        form = GrantForm(request.POST)
        if form.is_valid():
            person = get_object_or_404(Person, public_id=form.cleaned_data["person"])
            try:
                granting.accredit(session, person, Tier(form.cleaned_data["tier"]), by=viewer, at=timezone.now())
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, sentence(_("%(name)s is accredited."), name=person))
        return redirect("training:accredit", session.public_id)
    there = [
        one.person for one in session.attendance.there().select_related("person__unit").order_by("person__sort_key")
    ]
    people = [one for one in there if one.pk != viewer.pk]
    have = shown(people, session.course_key)
    rules = {rule.tier: rule for rule in AccreditationRule.objects.filter(course_key=session.course_key)}
    held = {
        one.person_id: one
        for one in Accreditation.objects.live(today).filter(person__in=people, course_key=session.course_key)
    }
    codes = {key: course.code for key, course in spoken().by_key.items()}
    rows = []
    for person in people:
        offers = []
        for tier in tiers:
            found = conditions(rules.get(tier), have[person.pk], codes=codes)
            offers.append(
                {"tier": tier, "label": tier.label, "conditions": found, "is_open": all(one.is_met for one in found)}
            )
        rows.append({"person": person, "held": held.get(person.pk), "offers": offers})
    return render(request, "training/accrediting/session.html", {"session": session, "rows": rows})


@require_safe
def accreditations(request: HttpRequest) -> HttpResponse:
    """Who may teach what, until when; those that end soon first where asked for."""
    viewer = may_or_404(request.user, "accreditations.see")
    within = reach(viewer, "accreditations.see")
    rows = Accreditation.objects.filter(person__in=Person.objects.filter(within.people_q())).select_related(
        "person__unit", "granted_by", "session"
    )
    known = spoken()
    course = known.by_code.get(request.GET.get("course", ""))
    if course:
        rows = rows.filter(course_key=course.key)
    show = request.GET.get("show", "")
    today = timezone.localdate()
    if show != "ended":
        rows = (
            rows.live(today).order_by("valid_until", "person__sort_key")
            if show == "ending"
            else rows.live(today).order_by("course_code", "tier", "person__sort_key")
        )
    else:
        rows = rows.exclude(pk__in=Accreditation.objects.live(today))
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "courses": known.courses,
        "course": course,
        "show": show,
        "rules": AccreditationRule.objects.order_by("course_code", "tier"),
        "can_manage": viewer.may("accreditations.manage"),
    }
    return render(request, "training/accrediting/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def masters(request: HttpRequest) -> HttpResponse:
    """Name people to the master group of a course."""
    viewer = may_or_404(request.user, "accreditations.manage")
    known = spoken()
    form = MasterForm(known, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        for person in given["people"]:
            granting.name_master(
                person, known.by_code[given["course"]], by=viewer, reason=given["reason"], at=timezone.now()
            )
        messages.success(request, _("They are master trainers of this course from now on."))
        return redirect("training:accreditations")
    return _form(request, form, title=_("Name the master group"), button=_("Name them"))


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """What a tier of a course asks for; ?course= and ?tier= open one that is there."""
    may_or_404(request.user, "accreditations.manage")
    known = spoken()
    asked = {"course_code": request.GET.get("course", ""), "tier": request.GET.get("tier", "")}
    stored = AccreditationRule.objects.filter(**asked).first()
    form = RuleForm(
        known, get_language() or "my", request.POST or None, initial=rule_initial(stored, known) if stored else {}
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The rule is saved. It holds for what is granted from now on."))
        return redirect("training:accreditations")
    return _form(request, form, title=_("What a tier asks for"), button=_("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take the right to teach back. Where a certificate says it, lands on the request that it be revoked."""
    viewer = may_or_404(request.user, "accreditations.manage")
    within = reach(viewer, "accreditations.manage")
    rows = Accreditation.objects.filter(ended_at=None, person__in=Person.objects.filter(within.people_q()))
    found = get_object_or_404(rows.select_related("person"), public_id=public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saying = granting.withdraw(found, by=viewer, reason=form.cleaned_data["reason"], at=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, sentence(_("%(name)s may no longer teach this course."), name=found.person))
            if saying:
                messages.info(
                    request, _("That the certificate be revoked is asked for; a second person has to confirm it.")
                )
            is_decider = saying and viewer.may("certificates.revoke")
            return redirect("certificate_office:requests" if is_decider else "training:accreditations")
    return _form(
        request,
        form,
        title=_("Withdraw the right to teach"),
        button=_("Withdraw"),
        about=found,
        saying=granting.certificates_of(found, on=timezone.localdate()),
    )


def _form(
    request: HttpRequest,
    form: Any,
    *,
    title: str,
    button: str,
    about: Accreditation | None = None,
    saying: Iterable[Certificate] = (),
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "about": about, "saying": saying}
    return render(request, "training/accrediting/form.html", context)
