"""Printing slips, and signing in with one."""

import time
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import security_log
from core.errors import DomainError
from core.pdf import MissingGlyph, PdfUnavailable
from core.public import public
from core.ratelimit import limited
from core.search import matching
from people import access, slips
from people.models import Person, SignInSlip
from people.paper import render_slips
from people.slip_forms import OwnPasswordForm, PrintForm, SlipForm, WhoForm

_PROVEN: Final = "people.slip"  # in the session: which slip was shown, and when
PROVEN_SECONDS: Final = 15 * 60

# --- Printing ----------------------------------------------------------------------------------------------------------


def _asked(request: HttpRequest, viewer: Person) -> tuple[WhoForm, QuerySet[Person]]:
    """The form of whom to print for, and the people it asks for, by name."""
    form = WhoForm(
        request.GET,
        cohorts=access.visible_cohorts(viewer, "slips.print").in_order(),
        units=access.visible_units(viewer, "slips.print").in_order(),
    )
    people = access.people_for_slips(viewer)
    if not form.is_valid() or not form.is_asked:
        return form, people.none()
    asked = form.cleaned_data
    if asked["cohort"]:
        people = people.filter(
            memberships__cohort=asked["cohort"], memberships__left_at=None, memberships__part="learner"
        )
    if unit := asked.get("unit"):
        people = people.filter(access.below(unit))
    if asked["q"]:
        people = matching(people, asked["q"])
    if asked["who"] in ("new", "first", ""):
        people = people.filter(last_login=None)
    if asked["who"] in ("new", ""):
        usable = SignInSlip.objects.usable(at=timezone.now()).filter(person=OuterRef("pk"))
        people = people.filter(~Exists(usable))
    return form, people.select_related("unit").distinct().in_order()


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """For whom slips are to be printed, and how many people that is."""
    viewer = access.may_or_404(request.user, "slips.print")
    form, people = _asked(request, viewer)
    context = {"form": form, "number": people.count(), "most": slips.MOST, "first": people[:20]}
    return render(request, "slips/choose.html", context)


@never_cache
@access.only("slips.print")
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def print_slips(request: HttpRequest) -> HttpResponse:
    """The people with their boxes to tick, days and reason; POST answers with the sheet."""
    viewer = access.may_or_404(request.user, "slips.print")
    _form, asked = _asked(request, viewer)
    return _sheet(
        request, viewer, list(asked[: slips.MOST]), back=f"{reverse('slips:choose')}?{request.GET.urlencode()}"
    )


@never_cache
@access.only("slips.print")
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person's slip."""
    viewer = access.may_or_404(request.user, "slips.print")
    people = access.people_for_slips(viewer).select_related("unit")
    found = get_object_or_404(people, public_id=public_id)
    return _sheet(request, viewer, [found], back=reverse("slips:choose"), only=found)


@access.only("slips.print")
@reauthentication_required
@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End somebody's open slip."""
    viewer = access.may_or_404(request.user, "slips.print")
    found = get_object_or_404(access.people_for_slips(viewer), public_id=public_id)
    slips.withdraw_slip(found, by=viewer, at=timezone.now())
    messages.success(request, _("The slip is withdrawn. Its code no longer works."))
    return redirect("slips:person", public_id)


def _sheet(
    request: HttpRequest, viewer: Person, people: list[Person], *, back: str, only: Person | None = None
) -> HttpResponse:
    form = PrintForm(request.POST or None)
    ticked = set(request.POST.getlist("person"))
    if request.method == "POST" and form.is_valid():
        chosen = [one for one in people if only or str(one.public_id) in ticked]
        if not chosen:
            form.add_error(None, _("Nobody is chosen. Tick at least one person."))
        else:
            try:
                return _printed(chosen, viewer, **form.cleaned_data)
            except DomainError as error:
                form.add_error("reason", str(error))
            except MissingGlyph as error:
                letters = " ".join(chr(point) for point in error.codepoints)
                said = _(
                    "A name holds letters that cannot be printed: %(letters)s. No slip was made. Correct the name."
                )
                form.add_error(None, said % {"letters": letters})
            except PdfUnavailable as error:
                form.add_error(None, str(error))
    open_slips = dict(
        SignInSlip.objects.usable(at=timezone.now()).filter(person__in=people).values_list("person", "valid_until")
    )
    rows = [(one, open_slips.get(one.pk), not ticked or str(one.public_id) in ticked) for one in people]
    return render(request, "slips/print.html", {"form": form, "rows": rows, "back": back, "only": only})


def _printed(people: Sequence[Person], viewer: Person, *, days: int, reason: str) -> HttpResponse:
    """The sheet. It is kept nowhere: what is lost is made again, and the lost codes stop working."""
    now = timezone.now()
    address = settings.SITE_URL + reverse("account_slip")
    made = slips.new_slips(people, by=viewer, days=days, reason=reason, at=now)
    sheet = render_slips(made, address=address, at=now)
    slips.keep_slips(made, by=viewer, at=now)
    response = HttpResponse(sheet, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="slips.pdf"'
    response["Cache-Control"] = "no-store"
    return response


# --- Signing in with one -----------------------------------------------------------------------------------------------


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@limited("slip", limit=300, seconds=60)
def show_slip(request: HttpRequest) -> HttpResponse:
    """Service number and code from the slip; right ones lead on to the password."""
    if request.user.is_authenticated:  # a shared phone: the slip is likely another person's
        return render(request, "account/slip_signed_in.html", {"here": request.get_full_path()})
    form = SlipForm(request.POST or None, initial={"number": request.GET.get("n", "")[:60]})
    form.fields["code" if request.GET.get("n") else "number"].widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid():
        try:
            typed = form.cleaned_data
            slip = slips.check_slip(typed["number"], typed["code"], at=timezone.now(), network=get_ip(request))
        except DomainError as error:
            security_log.note("sign_in_failed", request, means="slip", why=error.code)
            form.add_error(None, str(error))
        else:
            request.session[_PROVEN] = {"slip": str(slip.public_id), "at": int(time.time())}
            return redirect("account_slip_password")
    return render(request, "account/slip.html", {"form": form})


@public
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """A password of one's own, for who showed a slip a moment ago; then they are in."""
    slip = _shown(request)
    if slip is None or request.user.is_authenticated:
        request.session.pop(_PROVEN, None)
        return redirect("account_slip")
    form = OwnPasswordForm(slip.person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = slips.use_slip(slip, form.cleaned_data["password1"], at=timezone.now())
        except DomainError as error:
            request.session.pop(_PROVEN, None)
            messages.error(request, str(error))
            return redirect("account_slip")
        request.session.pop(_PROVEN, None)
        credentials = {"username": person.service_number}
        answer: HttpResponse = perform_password_login(request, credentials, Login(user=person))
        return answer
    return render(request, "account/slip_password.html", {"form": form, "person": slip.person})


def _shown(request: HttpRequest) -> SignInSlip | None:
    """The slip that this session showed, if that is not long ago and it is still good."""
    proven: Any = request.session.get(_PROVEN)
    if not proven or time.time() - proven["at"] > PROVEN_SECONDS:
        return None
    usable = SignInSlip.objects.usable(at=timezone.now()).select_related("person__unit")
    return usable.filter(public_id=proven["slip"]).first()
