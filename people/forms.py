"""Forms around the account."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from myanmar.digits import to_ascii_digits
from people.identity import service_key


class LoginForm(account_forms.LoginForm):  # type: ignore[misc]
    """Service number and password. The number is folded to its one spelling before anything else sees it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        login, password = self.fields["login"], self.fields["password"]
        login.label, login.help_text = _("Service number"), ""
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "autofocus": True,
        }
        password.label, password.help_text = _("Password"), ""
        password.widget.attrs = {"autocomplete": "current-password"}

    def clean_login(self) -> str:
        """The canonical service number; one that cannot exist is treated like one that does not."""
        login = super().clean_login()
        try:
            return service_key(login)
        except ValueError:
            return "-"


class _CodeForm(forms.Form):
    """A six-digit code, typed with Burmese or other digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}

    def clean_code(self) -> str:
        code = to_ascii_digits(self.cleaned_data["code"])
        self.cleaned_data["code"] = code
        if settings.DEMONSTRATION and (user := getattr(self, "user", None)):
            # One secret shared by everyone who tries the product: the same code may be used twice, here and nowhere else.
            cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
        cleaned: str = super().clean_code()  # type: ignore[misc]
        return cleaned


class AuthenticateForm(_CodeForm, mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The second factor at sign-in."""


class ReauthenticateForm(_CodeForm, mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """The second factor before a dangerous act."""


class ActivateTOTPForm(_CodeForm, totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator."""


def _without_placeholders(form: forms.Form) -> None:
    """The label says it already."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password beside the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_placeholders(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("password1") and self.user.check_password(cleaned["password1"]):
            self.add_error("password1", _("This is the old password. Choose another."))
        return cleaned


class ConfirmForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _without_placeholders(self)
