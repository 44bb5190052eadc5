"""Granting, renewing and withdrawing the right to teach; and who may lead a session."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from certificates.errors import RequestWaits
from certificates.issuing import months_later
from certificates.life import ask
from certificates.models import Certificate, CertificateRequest, CertificateRule
from certificates.models.certificates import CertificateQuerySet
from core import audit
from courses.catalogue import CourseInfo, catalogue
from people.models import Person
from training.accrediting.conditions import conditions, shown
from training.audit import ACCREDITED, WITHDRAWN
from training.errors import ConditionsOpen, MayNotAccredit, NotAccredited, NotThere, OwnRight, SupportMissing
from training.models import Accreditation, AccreditationRule, SessionTrainer, TrainingSession
from training.models.accreditations import Tier

LEADING = (Tier.MASTER, Tier.TRAINER)
MONTHS, SUPPORTED = 24, 2  # where no rule says otherwise


def live(person: Person, course_key: UUID, *, on: date) -> Accreditation | None:
    """A person's accreditation for a course on a day."""
    return Accreditation.objects.live(on).filter(person=person, course_key=course_key).first()


def tiers_to_grant(viewer: Person, course_key: UUID, *, on: date) -> tuple[Tier, ...]:
    """The tiers to which somebody may accredit for a course: a master trainer to all. The programme lead names the master group."""
    mine = live(viewer, course_key, on=on)
    return tuple(Tier) if mine and mine.tier == Tier.MASTER else ()


def rule_of(course_key: UUID, tier: str) -> AccreditationRule | None:
    """What a tier asks for; None where nobody said anything."""
    return AccreditationRule.objects.filter(course_key=course_key, tier=tier).first()


@transaction.atomic
def accredit(session: TrainingSession, person: Person, tier: Tier, *, by: Person, at: datetime) -> Accreditation:
    """Give somebody who attended a session the right to teach its course. What they held before is renewed or changed by it.

    Raises MayNotAccredit, NotThere or ConditionsOpen.
    """
    if by.pk == person.pk or tier not in tiers_to_grant(by, session.course_key, on=timezone.localdate(at)):
        raise MayNotAccredit
    if not session.attendance.there().filter(person=person).exists():
        raise NotThere
    rule = rule_of(session.course_key, tier)
    codes = {key: course.code for key, course in catalogue("en").by_key.items()}
    found = conditions(rule, shown([person], session.course_key)[person.pk], codes=codes)
    if not all(one.is_met for one in found):
        raise ConditionsOpen
    made = _give(
        person, tier, by=by, at=at, session=session, key=session.course_key, code=session.course_code,
        version=session.course_version, months=rule.months if rule else MONTHS,
    )  # fmt: skip
    audit.record(
        ACCREDITED, by=by, about=session, people=[person], tier=tier.value, conditions=[asdict(one) for one in found]
    )
    return made


@transaction.atomic
def name_master(person: Person, course: CourseInfo, *, by: Person, reason: str, at: datetime) -> Accreditation:
    """Name somebody to the master group of a course, from whom the cascade begins. For the programme lead."""
    rule = rule_of(course.key, Tier.MASTER)
    made = _give(
        person, Tier.MASTER, by=by, at=at, session=None, key=course.key, code=course.code, version=course.version,
        months=rule.months if rule else MONTHS, reason=reason,
    )  # fmt: skip
    audit.record(ACCREDITED, by=by, people=[person], tier=Tier.MASTER.value, course=course.code, reason=reason)
    return made


def _give(
    person: Person, tier: Tier, *, by: Person, at: datetime, session: TrainingSession | None, key: UUID, code: str, version: str,
    months: int, reason: str = "",
) -> Accreditation:  # fmt: skip
    Accreditation.objects.filter(person=person, course_key=key, ended_at=None).update(
        ended_at=at, ended_by=by, ending=Accreditation.Ending.RENEWED, updated_at=at
    )
    return Accreditation.objects.create(
        person=person, course_key=key, course_code=code, course_version=version, tier=tier, session=session, granted_by=by,
        granted_at=at, valid_until=months_later(timezone.localdate(at), months), reason=reason,
    )  # fmt: skip


@transaction.atomic
def withdraw(accreditation: Accreditation, *, by: Person, reason: str, at: datetime) -> list[Certificate]:
    """Take the right back, for a reason; a second time changes nothing. Goes out: the certificates that say it, whose
    revocation is asked for with the same reason and waits for a second person.

    Raises OwnRight for one's own where a certificate says it.
    """
    changed = Accreditation.objects.filter(pk=accreditation.pk, ended_at=None).update(
        ended_at=at, ended_by=by, ending=Accreditation.Ending.WITHDRAWN, reason=reason, updated_at=at
    )
    if not changed:
        return []
    audit.record(WITHDRAWN, by=by, about=accreditation, people=[accreditation.person], reason=reason)
    saying = list(certificates_of(accreditation, on=timezone.localdate(at)))
    if saying and by.pk == accreditation.person_id:
        raise OwnRight
    for certificate in saying:
        with suppress(RequestWaits):  # somebody asked before
            ask(certificate, CertificateRequest.Kind.REVOKED, by=by, reason=reason, at=at)
    return saying


def certificates_of(accreditation: Accreditation, *, on: date) -> CertificateQuerySet:
    """What says on a day that somebody may teach the course: an accreditation's certificate, and those of the ones that it
    renewed, which hold on beside it.
    """
    earned = Certificate.objects.standing().filter(
        person=accreditation.person,
        rule__kind=CertificateRule.Kind.ACCREDITATION,
        rule__course_key=accreditation.course_key,
    )
    return earned.filter(Q(valid_until=None) | Q(valid_until__gte=on)).order_by("pk")


# --- Leading a session ----------------------------------------------------------------------------------------------------


def check_lead(lead: Person, course: CourseInfo, *, on: date, beside: Sequence[Person]) -> None:
    """Whether somebody may lead a session of a course on a day, with these co-trainers and observers beside them.

    Raises NotAccredited; SupportMissing where a trainee trainer, or one of the first deliveries, lacks somebody accredited in the room.
    """
    mine = live(lead, course.key, on=on)
    if mine is None or mine.tier == Tier.CO_TRAINER:
        raise NotAccredited(course=course.code)
    rule = rule_of(course.key, mine.tier)
    first = delivered(lead, course) < (rule.supported if rule else SUPPORTED) and mine.tier != Tier.MASTER
    if (mine.tier == Tier.TRAINEE or first) and not _has_support(course, on=on, beside=beside):
        raise SupportMissing


def _has_support(course: CourseInfo, *, on: date, beside: Sequence[Person]) -> bool:
    held = Accreditation.objects.live(on).filter(course_key=course.key, person__in=beside, tier__in=LEADING)
    return held.exists()


def delivered(person: Person, course: CourseInfo) -> int:
    """How many sessions of a course somebody led to which people came."""
    led = TrainingSession.objects.standing().filter(
        course_key=course.key,
        trainers__person=person,
        trainers__part=SessionTrainer.Part.LEAD,
        attendance__isnull=False,
    )
    return led.distinct().count()
