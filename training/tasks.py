"""Work that waits for a worker."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from core.mail import send
from people.models import Contact


@task()
def write_to_reminded(public_id: str) -> None:
    """Write to those of a reminder who gave an address. Run twice it writes twice, which harms nobody.

    A mail names neither the person nor what is due: whoever else reads it learns nothing.
    """
    for contact in Contact.objects.filter(person__reminders__reminder__public_id=public_id).select_related("person"):
        if contact.email:
            with translation.override(contact.person.language or settings.LANGUAGE_CODE):
                text = _("Your trainer reminds you of something. Sign in to read it: %(address)s")
                send(contact.email, _("A reminder from your trainer"), text % {"address": settings.SITE_URL})
