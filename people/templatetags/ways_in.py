"""Which ways in a page may speak of."""

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from people import directory as directories
from people import passkeys

register = template.Library()


@register.filter
def takes_passkeys(request: HttpRequest) -> bool:
    """`{% if request|takes_passkeys %}`: they work at this address."""
    return passkeys.work_at(request)


@register.simple_tag
def directory() -> str:
    """`{% directory as name %}`: what the agency's directory is called, or nothing where there is none."""
    return (settings.OIDC_NAME or _("the agency's directory")) if directories.is_on() else ""
