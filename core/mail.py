"""E-mail, where an installation has a mail server and somebody gave an address. Off by default: nothing calls out."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

log = logging.getLogger("thindan")


def send(address: str, subject: str, text: str) -> bool:
    """Whether the mail server took it. What fails is written to the log, without the address."""
    if not settings.MAIL or not address:
        return False
    try:
        return bool(send_mail(subject, text, None, [address]))
    except (OSError, SMTPException) as error:
        log.warning("a mail was not sent: %s", type(error).__name__)
        return False
