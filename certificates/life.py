"""What becomes of a certificate: its status, who may change it and how, its renewal and its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from certificates import keyring
from certificates.audit import ASKED, CHANGED, REFUSED
from certificates.errors import NotYetRenewed, RequestDecided, RequestWaits, SecondPersonDecides, StatusStands
from certificates.issuing import digest
from certificates.models import (
    Certificate,
    CertificateEvent,
    CertificateReminder,
    CertificateRequest,
    CertificateRule,
)
from certificates.signing import message
from core import audit
from core.mail import send
from core.templatetags.burmese import day
from courses.catalogue import Catalogue, CourseInfo, catalogue
from courses.models import Enrolment
from people.models import Contact, Person

Kind = CertificateRequest.Kind
Renewal = CertificateRule.Renewal
REMIND_DAYS: Final = (90, 30, 7)  # before the last day


def last_event(certificate: Certificate) -> CertificateEvent | None:
    """What happened to it last."""
    return next(reversed(certificate.events.all()), None)


def newer(certificate: Certificate) -> Certificate | None:
    """The certificate that supersedes it."""
    return getattr(certificate, "superseded_by", None)


def status_of(certificate: Certificate, *, on: date) -> str:
    """valid, expired, revoked, withdrawn or superseded."""
    last = last_event(certificate)
    if last and last.kind != CertificateEvent.Kind.REINSTATED:
        return str(last.kind)
    if newer(certificate):
        return "superseded"
    if certificate.valid_until and certificate.valid_until < on:
        return "expired"
    return "valid"


def is_intact(certificate: Certificate) -> bool:
    """Whether the claim is the one that was signed: by its hash, and by a key that is still believed."""
    if digest(certificate.claim) != certificate.claim_sha256:
        return False
    signatures = certificate.signatures.filter(key__withdrawn_at=None).select_related("key")
    said = message(certificate.claim)
    return any(keyring.is_signature(one.key.jwk, one.signature, said) for one in signatures)


# --- Status, by two people -------------------------------------------------------------------------------------------------


def ask(certificate: Certificate, kind: str, *, by: Person, reason: str, at: datetime) -> CertificateRequest:
    """Ask that a certificate be revoked, withdrawn or set valid again. Nothing changes until another person confirms.

    Raises SecondPersonDecides for one's own, StatusStands, RequestWaits.
    """
    if certificate.person_id == by.pk:
        raise SecondPersonDecides
    last = last_event(certificate)
    stands = last.kind if last else Kind.REINSTATED
    if stands == kind or (kind == Kind.REINSTATED and newer(certificate)):
        raise StatusStands
    try:
        with transaction.atomic():
            request = CertificateRequest.objects.create(
                certificate=certificate, kind=kind, reason=reason, asked_by=by, asked_at=at
            )
            audit.record(ASKED, by=by, about=certificate, people=[certificate.person], status=kind, reason=reason)
    except IntegrityError:
        raise RequestWaits from None
    return request


@transaction.atomic
def decide(request: CertificateRequest, *, by: Person, is_confirmed: bool, at: datetime) -> CertificateRequest:
    """The second person's word. Who asked may only take it back. Raises RequestDecided, SecondPersonDecides."""
    request = CertificateRequest.objects.select_for_update(of=("self",)).select_related("certificate__person").get(pk=request.pk)  # fmt: skip
    certificate = request.certificate
    if request.outcome != CertificateRequest.Outcome.WAITING:
        raise RequestDecided
    if by.pk == certificate.person_id or (is_confirmed and by.pk == request.asked_by_id):
        raise SecondPersonDecides
    request.outcome = CertificateRequest.Outcome.DONE if is_confirmed else CertificateRequest.Outcome.REFUSED
    request.decided_by, request.decided_at = by, at
    request.save(update_fields=["outcome", "decided_by", "decided_at"])
    if is_confirmed:
        CertificateEvent.objects.create(
            certificate=certificate, request=request, kind=request.kind, reason=request.reason, at=at, by=by
        )
    action = CHANGED if is_confirmed else REFUSED
    audit.record(action, by=by, about=certificate, people=[certificate.person], status=request.kind)
    return request


# --- Renewal ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RenewalState:
    """How a certificate can be renewed: how ("" for not at all), from which day, in which course, and whether it is under way."""

    how: str = ""
    opens_on: date | None = None
    course: CourseInfo | None = None
    is_open: bool = False
    is_under_way: bool = False


def renewal_of(certificate: Certificate, *, on: date, language: str = "my") -> RenewalState:
    """Whether and how its holder can renew it. One that was renewed already, revoked or superseded cannot be."""
    return renewals_of(certificate.person_id, [certificate], on=on, language=language)[certificate.pk]


def renewals_of(
    person: int, certificates: Sequence[Certificate], *, on: date, language: str = "my"
) -> dict[int, RenewalState]:
    """The same of several certificates of one person, by their ids."""
    held = Certificate.objects.standing().filter(person=person).values_list("rule", "valid_until")
    ends = {rule: until or date.max for rule, until in held.order_by(F("valid_until").asc(nulls_last=True))}  # the last
    active = Enrolment.objects.filter(person=person, status=Enrolment.Status.ACTIVE)
    under_way, known = set(active.values_list("course_key", flat=True)), catalogue(language)
    return {one.pk: _renewal(one, ends, under_way, known, on=on) for one in certificates}


def _renewal(
    certificate: Certificate, ends: Mapping[int, date], under_way: Set[UUID], known: Catalogue, *, on: date
) -> RenewalState:
    rule, until = certificate.rule, certificate.valid_until
    if until is None or rule.renewal == Renewal.NONE or rule.course_key is None or not rule.is_live:
        return RenewalState()
    key = rule.refresher_key if rule.renewal == Renewal.REFRESHER else rule.course_key
    course = known.by_key.get(key) if key else None
    is_renewed = ends.get(rule.pk, until) > until
    if course is None or status_of(certificate, on=on) not in ("valid", "expired") or is_renewed:
        return RenewalState()
    how = Renewal.COURSE if rule.renewal == Renewal.EXAM and course.exam is None else rule.renewal
    opens_on = until - timedelta(days=rule.renew_days)
    return RenewalState(str(how), opens_on, course, opens_on <= on, course.key in under_way)


@transaction.atomic
def renew(certificate: Certificate, *, at: datetime) -> Enrolment:
    """Begin renewing: a new place in the course, in which the exam alone is enough where the rule says so. What was recorded
    before stays. Called twice, it gives the place that is under way. Raises NotYetRenewed.
    """
    state = renewal_of(certificate, on=timezone.localdate(at))
    if state.course is None or not state.is_open:
        raise NotYetRenewed
    place, _new = Enrolment.objects.get_or_create(
        person=certificate.person,
        course_key=state.course.key,
        status=Enrolment.Status.ACTIVE,
        defaults={"course_code": state.course.code, "exam_only": state.how == Renewal.EXAM},
    )
    return place


# --- Reminders ---------------------------------------------------------------------------------------------------------------


def ending(people: Sequence[Person] | None, *, on: date, days: int = REMIND_DAYS[0]) -> list[Certificate]:
    """Certificates that end within so many days and were not renewed, soonest first; of these people, or of all."""
    later = Certificate.objects.standing().filter(rule=OuterRef("rule"), person=OuterRef("person"))
    renewed = later.filter(Q(valid_until__gt=OuterRef("valid_until")) | Q(valid_until=None))
    found = Certificate.objects.standing().filter(valid_until__range=(on, on + timedelta(days=days)))
    if people is not None:
        found = found.filter(person__in=people)
    return list(found.exclude(Exists(renewed)).select_related("person").order_by("valid_until", "pk"))


def remind(*, at: datetime) -> int:
    """Tell holders that a certificate ends, once at each of 90, 30 and 7 days: in the product, and by e-mail to whoever gave
    an address. How many were told.
    """
    on, told = timezone.localdate(at), 0
    for certificate in ending(None, on=on):
        left = (certificate.valid_until - on).days  # type: ignore[operator]
        due = min(days for days in REMIND_DAYS if left <= days)
        if not CertificateReminder.objects.filter(certificate=certificate, days=due).exists():
            by_mail = _write_to(certificate)
            CertificateReminder.objects.create(certificate=certificate, days=due, at=at, by_mail=by_mail)
            told += 1
    return told


def _write_to(certificate: Certificate) -> bool:
    """A mail that names neither the holder nor the course: whoever else reads it learns nothing."""
    contact = Contact.objects.filter(person=certificate.person_id).first()
    if contact is None or not contact.email:
        return False
    with translation.override(certificate.person.language or settings.LANGUAGE_CODE):
        text = gettext(
            "One of your certificates ends on %(day)s. Sign in to see how it can be renewed: %(address)s"
        ) % {
            "day": day(certificate.valid_until),
            "address": settings.SITE_URL,
        }
        return send(contact.email, gettext("A certificate ends soon"), text)
