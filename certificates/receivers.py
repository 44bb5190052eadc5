"""A completed course earns its certificate, and a new course has a rule that says so."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.signals import page_published

from assessments.models import Attempt
from assessments.signals import certificates_asked
from certificates import life
from certificates.models import Certificate
from certificates.rules import keep_rules
from certificates.tasks import certify
from content.translation.work import is_source
from core.templatetags.burmese import digits
from courses.models import CoursePage, Enrolment
from courses.signals import course_completed, notices_asked
from people.models import Person


@receiver(course_completed)
def earn(enrolment: Enrolment, **kwargs: Any) -> None:
    """Leave it to the worker; should that fail, the daily duty and `manage.py issue_due` make it up."""
    certify.enqueue(str(enrolment.person.public_id))


@receiver(page_published, sender=CoursePage)
def rule_for_course(instance: CoursePage, **kwargs: Any) -> None:
    """Every published course has a rule, which the registrar may change."""
    if is_source(instance):
        keep_rules()


@receiver(notices_asked)
def ends_soon(person: Person, on: date, **kwargs: Any) -> list[tuple[str, str]]:
    """The desk says it first when a certificate ends within 90 days and was not renewed."""
    ends = [one.valid_until for one in life.ending([person], on=on) if one.valid_until]
    if not ends:
        return []
    left = (min(ends) - on).days
    text = ngettext(
        "A certificate of yours ends in %(count)s day.", "A certificate of yours ends in %(count)s days.", left
    )
    return [(text % {"count": digits(left)}, reverse("certificates:mine"))]


@receiver(certificates_asked)
def certificates_resting_on(attempts: Sequence[Attempt], **kwargs: Any) -> dict[UUID, list[str]]:
    """The serials of the certificates that were earned where these attempts belong."""
    serials: dict[UUID, list[str]] = defaultdict(list)
    rows = Certificate.objects.filter(enrolment__public_id__in={attempt.scope for attempt in attempts})
    for scope, serial in rows.order_by("serial").values_list("enrolment__public_id", "serial"):
        serials[scope].append(serial)
    return {attempt.public_id: serials[attempt.scope] for attempt in attempts if attempt.scope in serials}
