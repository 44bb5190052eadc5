"""How allauth works here: no sign-up, no e-mail."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.signing import BadSignature
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
        "incorrect_password": _("The password is not right. Check it and try again."),
        "account_inactive": _("This account is closed. Your records are kept. Ask your registrar to open it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is mailed: accounts have no address."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are stored encrypted; the name in the phone's app is the service number."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Wait for the app's next code and type that one."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return decrypt(encrypted_text)
        except BadSignature:
            return ""

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()
