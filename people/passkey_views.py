"""Passkeys: allauth's views, with our pages, and only where passkeys work."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView

from core import security_log
from core.public import public
from core.ratelimit import limited
from people import passkeys, pins

View = Callable[..., HttpResponseBase]


def _where_they_work(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not passkeys.work_at(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class _Shown:
    """A form that is not valid is shown again, with a new challenge."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        return response


class Add(_Shown, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Make a passkey. Not on a device that many use: who unlocks it would be let in as this person."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if pins.device_of(request, at=timezone.now()):
            return render(request, "mfa/webauthn/shared.html", status=404)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The library's own would ask for less than a passkey.
        options = auth.begin_registration(self.request.user, passwordless=True)
        return FormView.get_context_data(self, **kwargs) | {"options": options}


class SignIn(_Shown, webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """A page of its own, so that the door loads no script. No number is asked for: the passkey says whose it is."""

    template_name = "mfa/webauthn/sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return FormView.get(self, request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        security_log.note("sign_in_failed", self.request, means="webauthn")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.POST or self.request.GET
        options = auth.begin_authentication(user=None)
        return FormView.get_context_data(self, **kwargs) | {"options": options, "next": asked.get("next", "")}


class Confirm(_Shown, webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Prove once more who one is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(webauthn.ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        return context | {"options": auth.begin_authentication(self.request.user)}


class Rename(webauthn.EditWebAuthnView):  # type: ignore[misc]
    """Give a passkey another name."""

    success_url = reverse_lazy("mfa_index")


class Remove(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey off the account."""

    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"can_remove": get_adapter().can_delete_authenticator(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(get_adapter().error_messages["cannot_delete_authenticator"]))
            return redirect("mfa_index")
        response: HttpResponse = super().form_valid(form)
        return response


class Authenticate(AuthenticateView):  # type: ignore[misc]
    """The second factor at sign-in: a code, or a passkey where one is held and works."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        held = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        context["has_app"] = Authenticator.Type.TOTP in held
        if Authenticator.Type.WEBAUTHN in held and passkeys.work_at(self.request):
            context["options"] = context["js_data"]["request_options"]
        return context


add = _where_they_work(Add.as_view())
sign_in = public(never_cache(limited("passkey", limit=300, seconds=60)(_where_they_work(SignIn.as_view()))))  # type: ignore[arg-type]
confirm = _where_they_work(Confirm.as_view())
rename = _where_they_work(Rename.as_view())
remove = _where_they_work(Remove.as_view())
authenticate = Authenticate.as_view()
