"""Issuing certificates, exactly once each: the claim is frozen, numbered and signed in one transaction."""

import hashlib
import logging
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from certificates import keyring
from certificates.audit import CORRECTED
from certificates.claim import CertificateClaim, canonical_json
from certificates.earning import SOURCES, Occasion, titles_of
from certificates.errors import NameUnfit, NothingToCorrect, NotStanding
from certificates.models import (
    Certificate,
    CertificateRule,
    CertificateSignature,
    PaperVersion,
    SerialCounter,
    SigningKey,
)
from certificates.paper.design import PaperDesign
from certificates.rules import rule_of_course
from certificates.signing import message
from core import audit, pdf
from courses.catalogue import catalogue
from courses.models import Enrolment
from people import names
from people.models import Person

log = logging.getLogger("thindan")

# Without I, L, O and U: nothing that is misread or mistyped (Crockford's base 32). 16 letters carry 80 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
BUILT_IN = PaperDesign(with_score=True)  # where nobody designed anything


def new_code() -> str:
    """A verification code that cannot be guessed or counted up to."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def digest(claim: dict[str, object]) -> str:
    """SHA-256 of a stored claim in its canonical form."""
    return hashlib.sha256(canonical_json(claim)).hexdigest()


def issue_certificate(enrolment: Enrolment, *, at: datetime) -> Certificate | None:
    """The certificate of a completed enrolment, made on the first call; None while it is not earned."""
    enrolment = Enrolment.objects.select_related("person__unit").get(pk=enrolment.pk)
    course = catalogue("en").by_key.get(enrolment.course_key)
    if course is None or enrolment.status != Enrolment.Status.COMPLETED:
        return Certificate.objects.filter(occasion=enrolment.public_id).order_by("-number").first()
    rule = rule_of_course(course)
    for occasion in SOURCES[rule.kind].occasions(rule, enrolment.person):
        if occasion.key == enrolment.public_id:
            return issue(rule, enrolment.person, occasion, at=at)
    return None


def issue_for(people: Iterable[Person], *, at: datetime) -> list[Certificate]:
    """Every certificate that these people earned and do not have. Safe to repeat, and to be cut off."""
    rules = _rules()
    return [one for person in people for rule in rules for one in _issue_lacking(rule, person, at=at)]


def issue_due(*, at: datetime) -> int:
    """Issue every certificate that is earned and missing; how many were made."""
    made = 0
    for rule in _rules():
        for person in SOURCES[rule.kind].candidates(rule).select_related("unit").order_by("pk"):
            made += len(_issue_lacking(rule, person, at=at))
    return made


def _rules() -> list[CertificateRule]:
    return list(CertificateRule.objects.filter(is_live=True, kind__in=SOURCES).prefetch_related("needs"))


def _issue_lacking(rule: CertificateRule, person: Person, *, at: datetime) -> list[Certificate]:
    """What a person earned by a rule and does not have."""
    have = set(Certificate.objects.filter(rule=rule, person=person).values_list("occasion", flat=True))
    made = []
    for occasion in SOURCES[rule.kind].occasions(rule, person):
        if occasion.key not in have:
            try:
                made.append(issue(rule, person, occasion, at=at))
            except NameUnfit as refusal:  # the others do not wait for it, and the log holds no names
                log.error("no certificate: rule %s, person %s, %s", rule.code, person.public_id, refusal.code)
            except ValueError:  # a name or title that no certificate can say: as above
                log.exception("a certificate could not be issued: rule %s, person %s", rule.code, person.public_id)
    return made


@transaction.atomic
def issue(rule: CertificateRule, person: Person, occasion: Occasion, *, at: datetime) -> Certificate:
    """The certificate that an occasion earned. Called twice, or by two at once, it gives the same one. Raises NameUnfit
    until the person's name is one.
    """
    today = timezone.localdate(at)
    counter = _counter(today.year)  # from here on one at a time
    same = Certificate.objects.filter(rule=rule, person=person, occasion=occasion.key)
    if existing := same.order_by("-number").first():
        return existing
    facts = {"valid_until": _until(rule, person, today)} | occasion.facts()
    paper, serial = newest_paper(rule), _next_serial(counter)
    design = design_of(paper)
    claim = CertificateClaim(
        serial=serial,
        code=new_code(),
        name_my=person.name_my,
        name_latin=person.name_latin,
        unit=unit_of(person) if design.with_unit else "",
        issued_on=today,
        issuer_my=settings.ISSUER_MY,
        issuer_en=settings.ISSUER_EN,
        **facts | ({} if design.with_score else {"score_percent": None}),
    )
    return _store(
        claim, person=person, rule=rule, occasion=occasion.key, enrolment=occasion.enrolment, paper=paper, at=at
    )


@transaction.atomic
def correct(certificate: Certificate, *, by: Person, reason: str, at: datetime) -> Certificate:
    """A new certificate for the same occasion, with names, unit and titles as they are recorded today, that supersedes the old.

    What was earned stays as it was: version, hours, score, objectives, and the day until which it holds. Raises NotStanding
    for one that was superseded or revoked, NothingToCorrect where nothing would change, NameUnfit for a name that is none.
    """
    counter = _counter(timezone.localdate(at).year)
    old = Certificate.objects.select_related("person__unit", "rule", "enrolment").get(pk=certificate.pk)
    if hasattr(old, "superseded_by") or ((last := old.events.last()) and last.kind != last.Kind.REINSTATED):
        raise NotStanding
    before, person, paper = CertificateClaim.from_dict(old.claim), old.person, newest_paper(old.rule)
    design = design_of(paper)
    said = before.to_dict() | {
        "name_my": person.name_my,
        "name_latin": person.name_latin,
        "unit": unit_of(person) if design.with_unit else "",
        "issuer_my": settings.ISSUER_MY,
        "issuer_en": settings.ISSUER_EN,
        **_titles_today(old),
    }
    if said == before.to_dict() and paper == old.paper:
        raise NothingToCorrect
    said |= {"serial": _next_serial(counter), "code": new_code(), "supersedes": old.serial, "issued_on": timezone.localdate(at).isoformat()}  # fmt: skip
    new = _store(
        CertificateClaim.from_dict(said),
        person=person,
        rule=old.rule,
        occasion=old.occasion,
        enrolment=old.enrolment,
        paper=paper,
        at=at,
        number=old.number + 1,
        supersedes=old,
        reason=reason,
    )
    audit.record(CORRECTED, by=by, about=new, people=[person], reason=reason, serial=new.serial, replaces=old.serial)
    return new


def unit_of(person: Person) -> str:
    """Its name in Burmese, or else in English, whoever asks."""
    return person.unit.name_my or person.unit.name_en if person.unit else ""


def _titles_today(certificate: Certificate) -> dict[str, str]:
    """The titles of a course or programme as they are now; nothing for what is gone."""
    rule = certificate.rule
    if rule.kind == CertificateRule.Kind.PROGRAMME:
        return {"course_title_my": rule.title_my, "course_title_en": rule.title_en}
    titles = titles_of(rule.course_key) if rule.course_key else None
    return {"course_title_my": titles[0], "course_title_en": titles[1]} if titles else {}


def _check(claim: CertificateClaim) -> None:
    """Nothing is issued that could not be printed. Raises NameUnfit."""
    for text, script in ((claim.name_my, "my"), (claim.name_latin, "latin")):
        if text and names.fault(text, script):
            raise NameUnfit(text=text)
    parts = (title for part in claim.parts for title in (part.title_my, part.title_en))
    for title in (claim.course_title_my, claim.course_title_en, *parts):
        if pdf.lacking(title):
            raise NameUnfit(text=title)


def _store(claim: CertificateClaim, *, at: datetime, **fields: Any) -> Certificate:
    _check(claim)
    stored = claim.to_dict()
    certificate = Certificate.objects.create(
        serial=claim.serial,
        code=claim.code,
        claim=stored,
        claim_sha256=digest(stored),
        issued_at=at,
        valid_until=claim.valid_until,
        **fields,
    )
    sign(certificate, at=at)
    return certificate


def sign(certificate: Certificate, *, at: datetime) -> CertificateSignature:
    """A signature by the key in use today; the one there is where it signed already."""
    signer = keyring.signer(SigningKey.Purpose.CLAIM)
    signature = keyring.b64(signer.private.sign(message(certificate.claim)))
    known = {"signature": signature, "signed_at": at}
    made, _new = CertificateSignature.objects.get_or_create(certificate=certificate, key=signer.key, defaults=known)
    return made


def sign_lacking(*, at: datetime) -> int:
    """Sign what no believed key has signed: after a key was withdrawn, and what was issued before there were keys."""
    believed = CertificateSignature.objects.filter(certificate=OuterRef("pk"), key__withdrawn_at=None)
    lacking = list(Certificate.objects.exclude(Exists(believed)).order_by("pk"))
    for certificate in lacking:
        sign(certificate, at=at)
    return len(lacking)


def newest_paper(rule: CertificateRule) -> PaperVersion | None:
    """The design that a certificate by the rule is printed with from now on; None for the built-in one."""
    versions = PaperVersion.objects.order_by("-number")
    found = versions.filter(paper=rule.paper_id).first() if rule.paper_id else None
    return found or versions.filter(paper__is_default=True).first()


def design_of(paper: PaperVersion | None) -> PaperDesign:
    """How a certificate looks."""
    return PaperDesign.from_dict(paper.design) if paper else BUILT_IN


def _until(rule: CertificateRule, person: Person, today: date) -> date | None:
    """The last day on which it holds. Renewed before the old one ends, it goes on from there: nobody loses days."""
    months = rule.valid_months
    if months is None:
        course = catalogue("en").by_key.get(rule.course_key) if rule.course_key else None
        months = (course.valid_months if course else None) or 0
    if not months:
        return None
    held = Certificate.objects.standing().filter(rule=rule, person=person, valid_until__gte=today)
    old = held.order_by("-valid_until").first()
    end = old.valid_until if old else None
    within = end is not None and end <= today + timedelta(days=rule.renew_days)
    return months_later(end if end and within else today, months)


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last day of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _counter(year: int) -> SerialCounter:
    """The year's counter, held until the end of the transaction."""
    SerialCounter.objects.get_or_create(year=year)
    return SerialCounter.objects.select_for_update().get(year=year)


def _next_serial(counter: SerialCounter) -> str:
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"THD-{counter.year}-{counter.last:06d}"
