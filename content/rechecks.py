"""That facts grow old, told daily: to the log, to the doctor, and by e-mail to those who edit or confirm facts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.access import can_see_facts
from content.facts import to_confirm
from content.renditions import SOURCE
from core.doctor import check
from core.duties import duty
from core.mail import send
from core.templatetags.burmese import digits
from people.models import Contact, RoleGrant

AHEAD: Final = timedelta(days=14)  # before a fact is past its day, those who confirm it are written to
TOLD_SECONDS: Final = 2 * 86400


@duty("facts")
def tell(at: datetime) -> str:
    """Write to those who edit and confirm facts on the day on which one comes within two weeks of its day, and when it is past."""
    on = timezone.localtime(at).date()
    found = to_confirm(SOURCE, on=on)
    news = [one.code for one in (*found.past, *found.soon) if one.recheck_on in (on + AHEAD, on - timedelta(days=1))]
    # Done again on the same day it writes no second time.
    written = _write(len(news)) if news and cache.add(f"facts-told-{on}", True, TOLD_SECONDS) else 0
    return f"{len(found.past)} past their day, {len(found.soon)} soon, {written} written to"


def _write(number: int) -> int:
    """One mail to everybody who has to do with facts and gave an address. It names no fact: whoever else reads it learns nothing."""
    written = 0
    holders = RoleGrant.objects.current().values(
        "person"
    )  # officers, whose addresses would be opened in vain, hold no role
    for contact in Contact.objects.select_related("person").filter(person__is_active=True, person__in=holders):
        if not contact.email or not can_see_facts(contact.person):
            continue
        with translation.override(contact.person.language or settings.LANGUAGE_CODE):
            text = ngettext(
                "%(number)s fact of the courses is past its day or will be in two weeks. Sign in to see which: %(address)s",
                "%(number)s facts of the courses are past their day or will be in two weeks. Sign in to see which: %(address)s",
                number,
            ) % {"number": digits(number), "address": f"{settings.SITE_URL}/office/facts/"}
            written += send(contact.email, _("Facts to be checked again"), text)
    return written


def due_count(on: date) -> int:
    """How many facts are past their day or soon will be. One query."""
    found = to_confirm(SOURCE, on=on)
    return len(found.past) + len(found.soon)


@check("facts to check")
def _facts_to_check() -> Iterator[str]:
    found = to_confirm(SOURCE, on=timezone.localdate())
    if found.past:
        codes = ", ".join(one.code for one in found.past[:5])
        yield f"{len(found.past)} facts are past the day by which they had to be checked again, {codes} first. See /office/facts/."
