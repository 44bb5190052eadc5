"""How allauth works here: no sign-up, no e-mail."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import security_log
from people import known, passkeys
from people.factors import is_last
from people.models import Person, RoleGrant
from people.secrets import decrypt, encrypt


def codes_left(person: Person) -> int:
    """How many recovery codes somebody can still use."""
    held = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(held.wrap().get_unused_codes()) if held else 0


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a registrar; a person lands where their work is."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "The service number or the password is not right. Check both and try again; after five tries there is a pause."
        ),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes and try again, or ask your trainer for a new password."
        ),
        "too_many_login_attempts_anywhere": _(
            "Wrong passwords were tried for this number from many places. Your password and your records are kept. Sign in on a device where you signed in before, ask your trainer for a slip, or try again in an hour."
        ),
        "incorrect_password": _("The password is not right. Check it and try again."),
        "account_inactive": _("This account is closed. Your records are kept. Ask your registrar to open it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try, by account and place first; notes that somebody was put off, or that an account paused there."""
        try:
            super().pre_authenticate(request, **credentials)
            if not known.is_known(request, credentials["username"]):
                self._count_anywhere(request, **credentials)
        except ValidationError:
            security_log.note("sign_in_paused", request, means="password")
            raise

    def _count_anywhere(self, request: HttpRequest, **credentials: Any) -> None:
        usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed_anywhere",
            key=super()._get_login_attempts_cache_key(request, **credentials),
        )
        if not usage:
            raise self.validation_error("too_many_login_attempts_anywhere")
        self._login_failed_rl_usage.usage += usage.usage  # taken back with it by the right password

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By account and place: who guesses elsewhere pauses nobody here."""
        account: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{known.place(request, credentials['username'])}"

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """From now on the account knows this device."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known.remember(request, response, user.get_username())
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        person = request.user
        if isinstance(person, Person):
            if person.is_office and is_mfa_enabled(person) and not codes_left(person) and not settings.DEMONSTRATION:
                return reverse("mfa_generate_recovery_codes")  # before the day on which the phone is lost
            for role, place in (
                (RoleGrant.Role.TRAINER, "training:desk"),
                (RoleGrant.Role.REGISTRAR, "training:office"),
                (RoleGrant.Role.LEAD, "training:office"),
                (RoleGrant.Role.EDITOR, "wagtailadmin_home"),
            ):
                if person.has_role(role):
                    return reverse(place)
        return reverse("courses:learn")

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Password, code, passkey: the last where it works."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        place = reverse("mfa_reauthenticate_webauthn")
        if not passkeys.work_at(self.request):
            return [method for method in methods if method["url"] != place]
        for method in methods:
            if method["url"] == place:
                method["description"] = _("Use your passkey")
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is mailed: accounts have no address."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are stored encrypted; the name in the phone's app is the service number."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Wait for the app's next code and type that one."),
        "cannot_delete_authenticator": _(
            "Your role needs a second factor, and this is the last one. Add another first; then this one can go."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return decrypt(encrypted_text)
        except BadSignature:
            return ""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who holds a role keeps at least an app or a passkey."""
        return not (authenticator.user.is_office and is_last(authenticator))

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A passkey's name until its owner gives it one."""
        return gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """What the device keeps, and whoever keeps its passkeys for it: the service number, no name."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.get_username(), "display_name": user.get_username()}
