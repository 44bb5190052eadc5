"""Certificates that training earns: for having been at a session, and for the right to teach."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import uuid5

from django.utils import timezone

from certificates.earning import SOURCES, Kind, Occasion, titles_of
from certificates.models import CertificateRule
from people.models import Person
from training.access import HOLDING
from training.accrediting.granting import LEADING
from training.models import Accreditation, Attendance
from training.models.sessions import Status
from training.sessions.attendance import SETTLED

# Who left early was there, and has not attended.
ATTENDED: Final = (Status.PRESENT, Status.LATE)


class AttendanceSource:
    """A session of the rule's course that somebody attended, once its list is settled."""

    def candidates(self, rule: CertificateRule) -> Any:
        return Person.objects.filter(pk__in=self._attended(rule).values("person"))

    def _attended(self, rule: CertificateRule) -> Any:
        if rule.course_key is None:
            return Attendance.objects.none()
        return Attendance.objects.there().filter(
            session__course_key=rule.course_key, status__in=ATTENDED, session__ends_at__lte=timezone.now() - SETTLED
        )

    def occasions(self, rule: CertificateRule, person: Person) -> list[Occasion]:
        mine = self._attended(rule).filter(person=person).select_related("session").order_by("session__starts_at")
        return [
            Occasion(uuid5(one.session.public_id, person.public_id.hex), one.session.ends_at, _facts(one))
            for one in mine
        ]


def _facts(one: Attendance) -> Callable[[], dict[str, Any]]:
    """What a certificate says of a session."""

    def facts() -> dict[str, Any]:
        session = one.session
        title_my, title_en = titles_of(session.course_key) or ("", session.course_code)
        begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        trainers = session.trainers.filter(part__in=HOLDING).select_related("person").order_by("-part", "pk")
        return {
            "kind": Kind.ATTENDANCE.value,
            "course_code": session.course_code,
            "course_title_my": title_my,
            "course_title_en": title_en,
            "course_version": session.course_version,
            "minutes": int((session.ends_at - session.starts_at) / timedelta(minutes=1)),
            "held_from": begins.date(),
            "held_until": ends.date(),
            "place": session.place,
            "trainers": tuple(one.person.name_my or one.person.name_latin for one in trainers),
        }

    return facts


SOURCES[Kind.ATTENDANCE] = AttendanceSource()


class AccreditationSource:
    """An accreditation for the rule's course that lets its holder lead sessions; each one granted earns its own."""

    def candidates(self, rule: CertificateRule) -> Any:
        return Person.objects.filter(pk__in=self._granted(rule).values("person"))

    def _granted(self, rule: CertificateRule) -> Any:
        if rule.course_key is None:
            return Accreditation.objects.none()
        return Accreditation.objects.live(timezone.localdate()).filter(course_key=rule.course_key, tier__in=LEADING)

    def occasions(self, rule: CertificateRule, person: Person) -> list[Occasion]:
        mine = self._granted(rule).filter(person=person).select_related("session").order_by("granted_at")
        return [Occasion(one.public_id, one.granted_at, _facts_of(one)) for one in mine]


def _facts_of(one: Accreditation) -> Callable[[], dict[str, Any]]:
    """What a certificate says of an accreditation."""

    def facts() -> dict[str, Any]:
        title_my, title_en = titles_of(one.course_key) or ("", one.course_code)
        held: dict[str, Any] = {}
        if one.session:
            begins, ends = timezone.localtime(one.session.starts_at), timezone.localtime(one.session.ends_at)
            held = {"held_from": begins.date(), "held_until": ends.date(), "place": one.session.place}
        return held | {
            "kind": Kind.ACCREDITATION.value,
            "valid_until": one.valid_until,
            "course_code": one.course_code,
            "course_title_my": title_my,
            "course_title_en": title_en,
            "course_version": one.course_version,
            "minutes": 0,
            "trainers": (one.granted_by.name_my or one.granted_by.name_latin,),
        }

    return facts


SOURCES[Kind.ACCREDITATION] = AccreditationSource()
