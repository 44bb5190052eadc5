"""Enrolled devices and PINs."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core import security_log
from core.errors import DomainError
from core.public import public
from core.ratelimit import limited
from people import access, pins
from people.models import EnrolledDevice, Person
from people.pin_forms import EnrolForm, PinForm, SetPinForm

# --- The trainer's side --------------------------------------------------------------------------------------------------


@access.only("devices.enrol")
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """The devices of the groups within reach; and enrolling the one that this page is read on."""
    viewer: Person = request.user  # type: ignore[assignment]
    cohorts = access.visible_cohorts(viewer, "devices.enrol")
    now = timezone.now()
    form = EnrolForm(request.POST or None, cohorts=cohorts.in_order())
    if request.method == "POST" and form.is_valid():
        _device, token = pins.enrol_device(form.cleaned_data["name"], form.cleaned_data["cohort"], by=viewer, at=now)
        messages.success(
            request, _("This device is enrolled. Now sign out, so that the officers sign in and set a PIN.")
        )
        response = redirect("pins:devices")
        response.set_cookie(
            pins.COOKIE, token, max_age=pins.DAYS * 86400, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
        return response
    enrolled = EnrolledDevice.objects.filter(cohort__in=cohorts, ended_at=None, valid_until__gt=now)
    context = {
        "form": form,
        "devices": enrolled.select_related("cohort").order_by("name", "pk"),
        "here": pins.device_of(request, at=now),
    }
    return render(request, "pins/devices.html", context)


@access.only("devices.enrol")
@reauthentication_required
@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a device off the list."""
    viewer: Person = request.user  # type: ignore[assignment]
    within = EnrolledDevice.objects.filter(cohort__in=access.visible_cohorts(viewer, "devices.enrol"))
    pins.end_device(get_object_or_404(within, public_id=public_id), by=viewer, at=timezone.now())
    messages.success(request, _("Nobody signs in there with a PIN any more."))
    return redirect("pins:devices")


# --- The officer's side --------------------------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters("pin", "again")
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_pin(request: HttpRequest) -> HttpResponse:
    """A PIN for this device, for who gave the password a moment ago."""
    person: Person = request.user  # type: ignore[assignment]
    device = pins.device_of(request, at=timezone.now())
    if device is None or not pins.may_have(person, device):
        return render(request, "pins/not_here.html", status=404)
    form = SetPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pins.set_pin(person, device, form.cleaned_data["pin"], at=timezone.now())
        except DomainError as error:
            form.add_error("pin", str(error))
        else:
            messages.success(request, _("The PIN is set. It works on this device only."))
            return redirect("account")
    return render(request, "pins/set.html", {"form": form, "device": device})


@public
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
@limited("pin", limit=300, seconds=60)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Service number and PIN, on an enrolled device; anywhere else the door."""
    device = pins.device_of(request, at=timezone.now())
    if device is None or request.user.is_authenticated:
        return redirect("account_login")
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person: Any = pins.check_pin(form.cleaned_data["number"], form.cleaned_data["pin"], device)
        except DomainError as error:
            security_log.note("sign_in_failed", request, means="pin")
            form.add_error(None, str(error))
        else:
            record_authentication(request, person, method="pin")
            answer: HttpResponse = perform_login(request, Login(user=person))
            return answer
    return render(request, "pins/sign_in.html", {"form": form, "device": device})
