"""What earns a certificate: a rule asks, what somebody did answers.

Each kind of rule has a source that knows who may have earned it, and by what. An app on the left adds its own kinds and
answers what it alone knows: whether somebody's practice was observed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID, uuid5

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from assessments.models import Attempt, GradeRecord
from certificates.claim import Part
from certificates.models import Certificate, CertificateRule, RuleNeed
from certificates.signals import observation_asked
from courses.catalogue import catalogue
from courses.models import Completion, Enrolment
from people.models import Person

Kind = CertificateRule.Kind


@dataclass(frozen=True)
class Occasion:
    """Something that somebody did and that earns a certificate, once.

    key: names it for ever. at: when it was done. facts: fields of `CertificateClaim`, of the day on which they are asked;
    with `valid_until` where what was done has an end of its own, which goes before the rule's.
    """

    key: UUID
    at: datetime
    facts: Callable[[], dict[str, Any]] = field(compare=False)
    enrolment: Enrolment | None = None


class Source(Protocol):
    """Where certificates of one kind come from."""

    def candidates(self, rule: CertificateRule) -> Any:
        """Persons (a queryset) who may have earned one that they have not; a few too many, never too few."""

    def occasions(self, rule: CertificateRule, person: Person) -> list[Occasion]:
        """What earns the person a certificate by the rule, oldest first, also where it was issued already."""


SOURCES: Final[dict[str, Source]] = {}


class CourseSource:
    """A completed enrolment earns the certificate of its course; a course taken again earns another."""

    def candidates(self, rule: CertificateRule) -> Any:
        have = Certificate.objects.filter(rule=rule, occasion=OuterRef("public_id"))
        keys = [key for key in (rule.course_key, rule.refresher_key) if key]
        done = Enrolment.objects.filter(course_key__in=keys, status=Enrolment.Status.COMPLETED)
        return Person.objects.filter(pk__in=done.exclude(Exists(have)).values("person"))

    def occasions(self, rule: CertificateRule, person: Person) -> list[Occasion]:
        if rule.course_key is None:
            return []
        needs = list(rule.needs.all())
        earned = [
            Occasion(one.public_id, one.completed_at, facts_of_course(rule.course_key, one, person), enrolment=one)
            for one in completed_enrolments(person, [rule.course_key])
            if one.completed_at and all(is_met(need, person, [one]) for need in needs)
        ]
        return earned + self._renewed(rule, person)

    def _renewed(self, rule: CertificateRule, person: Person) -> list[Occasion]:
        """A refresher course, completed once there was a certificate that it could renew."""
        if rule.course_key is None or rule.refresher_key is None:
            return []
        held = Certificate.objects.filter(rule=rule, person=person).exclude(valid_until=None).order_by("valid_until")
        opens = [midnight(one.valid_until - _window(rule)) for one in held if one.valid_until][:1]
        return [
            Occasion(one.public_id, one.completed_at, facts_of_course(rule.course_key, one, person), enrolment=one)
            for one in completed_enrolments(person, [rule.refresher_key])
            if one.completed_at and opens and one.completed_at >= opens[0]
        ]


class ProgrammeSource:
    """Every course of the programme completed earns it; once, and again when it can be renewed and all were taken again."""

    def candidates(self, rule: CertificateRule) -> Any:
        keys = [need.course_key for need in rule.needs.all() if need.kind == RuleNeed.Kind.COURSE]
        if not keys:
            return Person.objects.none()
        done = Q(enrolments__course_key__in=keys, enrolments__status=Enrolment.Status.COMPLETED)
        found = Person.objects.annotate(has=Count("enrolments__course_key", filter=done, distinct=True))
        standing = Certificate.objects.filter(rule=rule, person=OuterRef("pk")).filter(
            Q(valid_until=None) | Q(valid_until__gt=timezone.localdate() + _window(rule))
        )
        return found.filter(has=len(set(keys))).exclude(Exists(standing))

    def occasions(self, rule: CertificateRule, person: Person) -> list[Occasion]:
        needs = list(rule.needs.all())
        keys = [need.course_key for need in needs if need.kind == RuleNeed.Kind.COURSE and need.course_key]
        last = Certificate.objects.filter(rule=rule, person=person).order_by("-issued_at", "-pk").first()
        since = None
        if last:
            if last.valid_until is None or rule.renewal == CertificateRule.Renewal.NONE:
                return []
            since = midnight(last.valid_until - _window(rule))
        newest = {
            one.course_key: one
            for one in completed_enrolments(person, keys)
            if one.completed_at and (since is None or one.completed_at >= since)
        }
        used = [newest[key] for key in keys if key in newest]
        if not keys or len(newest) < len(set(keys)) or not all(is_met(need, person, used) for need in needs):
            return []
        name = ",".join(sorted(one.public_id.hex for one in used))
        at = max(one.completed_at for one in used if one.completed_at)
        return [Occasion(uuid5(rule.public_id, name), at, facts_of_programme(rule, used, person))]


SOURCES[Kind.COURSE] = CourseSource()
SOURCES[Kind.PROGRAMME] = ProgrammeSource()


def _window(rule: CertificateRule) -> timedelta:
    return timedelta(days=rule.renew_days)


def midnight(day: date) -> datetime:
    """When a day begins where the officers are."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def completed_enrolments(person: Person, keys: Iterable[UUID]) -> list[Enrolment]:
    """A person's completed enrolments in courses, oldest first."""
    done = Enrolment.objects.filter(person=person, course_key__in=list(keys), status=Enrolment.Status.COMPLETED)
    return list(done.order_by(F("completed_at").asc(nulls_first=True), "pk"))


# --- Needs ---------------------------------------------------------------------------------------------------------------


def is_met(need: RuleNeed, person: Person, enrolments: Sequence[Enrolment]) -> bool:
    """Whether a person meets a need by these enrolments; one that names a course by those in that course."""
    mine = [one for one in enrolments if one.course_key == need.course_key]
    match need.kind:
        case RuleNeed.Kind.COURSE:
            return any(_order(version_of(one)) >= _order(need.version_from) for one in mine)
        case RuleNeed.Kind.EXAM:
            return any((percent_of(one) or 0) >= (need.least or 0) for one in mine)
        case RuleNeed.Kind.HOURS:
            every = Enrolment.objects.filter(person=person, status=Enrolment.Status.COMPLETED)
            return sum(minutes_of(one, person) for one in every) >= 60 * (need.least or 0)
        case _:
            answers = observation_asked.send(sender=RuleNeed, person=person, course_key=need.course_key)
            return any(is_passed for _receiver, is_passed in answers)


def _order(version: str) -> tuple[int, ...]:
    """Versions in their order: 1.10 comes after 1.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def version_of(enrolment: Enrolment) -> str:
    """The content version under which it was completed."""
    done = Completion.objects.filter(enrolment=enrolment, requirement=Completion.Requirement.COURSE).first()
    if done:
        return str(done.version).partition("/")[0]
    course = catalogue("en").by_key.get(enrolment.course_key)
    return course.version if course else ""


def percent_of(enrolment: Enrolment) -> int | None:
    """The best grade of the passed exam, in per cent; None without an exam."""
    attempts = Attempt.objects.filter(scope=enrolment.public_id, quiz__subject_key=enrolment.course_key)
    best = (
        GradeRecord.objects.standing().filter(attempt__in=attempts, passed=True).order_by("-score", "-version").first()
    )
    return best.percent if best else None


def minutes_of(enrolment: Enrolment, person: Person) -> int:
    """Learning time of the course's lessons that the person's agency needs; 0 for a course that is gone."""
    course = catalogue("en").by_key.get(enrolment.course_key)
    return sum(module.minutes for module in course.required_modules(person.agency)) if course else 0


# --- Facts ---------------------------------------------------------------------------------------------------------------


def titles_of(key: UUID) -> tuple[str, str] | None:
    """A course's title in Burmese, where it has been translated, and in English; None for a course that is gone."""
    course_my, course_en = (catalogue(language).by_key.get(key) for language in ("my", "en"))
    if course_my is None or course_en is None:
        return None
    return course_my.title.text if course_my.title.language == "my" else "", course_en.title.text


def facts_of_course(key: UUID, enrolment: Enrolment, person: Person) -> Callable[[], dict[str, Any]]:
    """What a certificate of a course says of it, earned by this enrolment in the course or in its refresher."""

    def facts() -> dict[str, Any]:
        course_my, course_en = (catalogue(language).by_key[key] for language in ("my", "en"))
        title_my, title_en = titles_of(key) or ("", "")
        required = {module.key for module in course_en.required_modules(person.agency)}
        objectives_en = {
            code: text.text for module in course_en.modules if module.key in required for code, text in module.objectives.items()
        }  # fmt: skip
        return {
            "course_code": course_en.code,
            "course_title_my": title_my,
            "course_title_en": title_en,
            "course_version": (version_of(enrolment) if enrolment.course_key == key else "") or course_en.version,
            "minutes": minutes_of(enrolment, person),
            "score_percent": percent_of(enrolment),
            "objectives": tuple(
                (text.text if text.language == "my" else "", objectives_en[code])
                for code, text in course_my.objectives.items()
                if code in objectives_en
            ),
        }

    return facts


def facts_of_programme(
    rule: CertificateRule, enrolments: Sequence[Enrolment], person: Person
) -> Callable[[], dict[str, Any]]:
    """What a certificate of a programme says of the programme."""

    def facts() -> dict[str, Any]:
        parts = [
            Part(one.course_code, *(titles_of(one.course_key) or ("", one.course_code)), version_of(one))
            for one in enrolments
        ]
        return {
            "kind": Kind.PROGRAMME.value,
            "course_code": rule.code,
            "course_title_my": rule.title_my,
            "course_title_en": rule.title_en,
            "course_version": str(len(parts)),
            "minutes": sum(minutes_of(one, person) for one in enrolments),
            "parts": tuple(parts),
        }

    return facts


def waiting_of(person: Person) -> list[Enrolment]:
    """Completed enrolments whose certificate is being made; as a rule for a few seconds."""
    have = Certificate.objects.filter(person=person, occasion=OuterRef("public_id"))
    live = CertificateRule.objects.filter(kind=Kind.COURSE, is_live=True, needs=None).values("course_key")
    done = Enrolment.objects.filter(person=person, status=Enrolment.Status.COMPLETED, course_key__in=live)
    return list(done.exclude(Exists(have)).order_by("completed_at"))
