"""Where somebody is signed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import PublicId
from people.models.persons import Person


class SignedInSession(PublicId):
    """One place where a person is signed in now; the row goes when they sign out. No address is kept, nor what was seen."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sessions", verbose_name=_("person"))
    session_key = models.CharField(max_length=40, unique=True, editable=False)  # never shown: it is what signs in
    browser = models.CharField(_("browser"), max_length=20, blank=True)
    system = models.CharField(_("system"), max_length=20, blank=True)
    began_at = models.DateTimeField(_("signed in at"))
    seen_at = models.DateTimeField(_("last used at"))  # by the hour

    class Meta:
        verbose_name, verbose_name_plural = _("session"), _("sessions")

    def __str__(self) -> str:
        return f"{self.browser} {self.system}".strip()
