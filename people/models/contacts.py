"""How to reach somebody, if they chose to say so."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.persons import Person
from people.secrets import decrypt, encrypt

PURPOSE = "contact"


class SealedField(models.TextField):
    """Text that the database holds encrypted, under a key that it does not hold: it can be read here, and found by nobody."""

    def from_db_value(self, value: str | None, *args: Any) -> str:
        return decrypt(value, PURPOSE) if value else ""

    def get_prep_value(self, value: Any) -> str:
        return encrypt(str(value), PURPOSE) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        """None: no two ciphertexts are alike, so a search would find nothing and seem to work."""
        return None


class Contact(models.Model):
    """Address and telephone number of a person, given by themselves; seen by them and by registrars only."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="contact")
    email = SealedField(_("e-mail address"), blank=True)
    phone = SealedField(_("telephone number"), blank=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("contact data"), _("contact data")

    def __str__(self) -> str:
        return str(self.person_id)
