"""What a password must be: long, not common, not about the person. No rules of composition, no expiry."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.templatetags.burmese import digits
from people.models import Person

MINIMUM_ALONE, MINIMUM_WITH_SECOND_FACTOR, MAXIMUM = 15, 8, 128  # NIST SP 800-63B-4


class LengthValidator:
    """15 characters where the password is the only factor, 8 where a second one is asked; 128 at most."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password too short or too long for this person."""
        minimum = (
            MINIMUM_WITH_SECOND_FACTOR if isinstance(user, Person) and user.pk and user.is_office else MINIMUM_ALONE
        )
        if not minimum <= len(password) <= MAXIMUM:
            raise ValidationError(
                _(
                    "Use %(minimum)s to %(maximum)s characters. Four or five words that you remember are a good password."
                ),
                code="password_length",
                params={"minimum": digits(minimum), "maximum": digits(MAXIMUM)},
            )

    def get_help_text(self) -> str:
        """The rule, before it is broken."""
        return str(_("Four or five words that you remember are a good password. Spaces are allowed."))


class ContextValidator:
    """Refuses what anyone would try first: the service number, the name, the product."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password that holds one of these."""
        words = ["thindan", "သင်တန်း"]
        if isinstance(user, Person):
            words += [user.service_number, *user.name_latin.split(), *user.name_my.split()]
        squeezed = password.casefold().replace(" ", "")
        if any(len(word) > 3 and word.casefold() in squeezed for word in words):
            raise ValidationError(
                _("The password holds your name, your service number or the name of this site. Choose another."),
                code="password_context",
            )

    def get_help_text(self) -> str:
        """The rule, before it is broken."""
        return str(_("It may not hold your name or service number."))
