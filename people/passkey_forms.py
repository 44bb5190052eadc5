"""The forms of passkeys: what the browser's ceremony gave, and a name for it."""

import struct
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import CleanCharField
from people import passkeys

# What the libraries raise about bytes that no browser sends.
_MALFORMED: Final = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)
_NOT_TAKEN: Final = _("The passkey was not accepted. Try once more, or go another way: it is offered below.")
_NOT_KEPT: Final = _("The passkey was not taken over. Nothing was changed. Try once more.")


def _credential(message: Any) -> forms.JSONField:
    return forms.JSONField(widget=forms.HiddenInput, error_messages={"required": message, "invalid": message})


def _name(**kwargs: Any) -> CleanCharField:
    return CleanCharField(
        label=_("Name"),
        max_length=60,
        help_text=_("So that you tell it from others, such as: my phone."),
        widget=forms.TextInput(attrs={"data-burmese-keys": True}),
        **kwargs,
    )


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. Whether it stands for both factors is not asked: the server asks the device for nothing less."""

    passwordless = None
    name = _name(required=False)
    credential = _credential(_NOT_KEPT)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where it is not what this page asked for, or there are too many."""
        if Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).count() >= passkeys.MOST:
            raise ValidationError(_("You have ten passkeys. Remove one that you do not use, then add this one."))
        try:
            cleaned: dict[str, Any] = super().clean()
        except (ValidationError, *_MALFORMED):
            raise ValidationError(_NOT_KEPT) from None
        return cleaned


class _Used(forms.Form):
    """Every refusal is worded alike: nobody learns which account a passkey belongs to."""

    credential = _credential(_NOT_TAKEN)

    def clean_credential(self) -> Authenticator:
        try:
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        except ValidationError as error:
            if error.code == "too_many_login_attempts":
                raise
            raise ValidationError(_NOT_TAKEN) from None
        except _MALFORMED:
            raise ValidationError(_NOT_TAKEN) from None
        return authenticator


class SignInForm(_Used, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """In place of service number and password."""


class AuthenticateForm(_Used, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """Beside the password."""


class ConfirmForm(_Used, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before a dangerous act."""


class RenameForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]
    """Another name."""

    name = _name()
