"""Rules that earn certificates: every course has one, and registrars add those of programmes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language

from certificates.audit import RULE_CHANGED, RULE_MADE
from certificates.models import CertificateRule, RuleNeed
from core import audit
from core.languages import Spoken
from courses.catalogue import CourseInfo, catalogue, spoken
from people.models import Person


def rule_of_course(course: CourseInfo) -> CertificateRule:
    """The rule by which completing a course earns its certificate; made when it is asked for the first time."""
    known = CertificateRule.objects.filter(kind=CertificateRule.Kind.COURSE, course_key=course.key)
    found = known.prefetch_related("needs").first()
    if found:
        return found
    taken = set(CertificateRule.objects.filter(code__startswith=course.code).values_list("code", flat=True))
    code = next(one for one in (course.code, *(f"{course.code}.{n}" for n in range(2, 100))) if one not in taken)
    made, _new = CertificateRule.objects.get_or_create(
        kind=CertificateRule.Kind.COURSE, course_key=course.key, defaults={"code": code}
    )
    return made


def keep_rules() -> int:
    """A rule for every published course; how many there are now."""
    return len([rule_of_course(course) for course in catalogue("en").courses])


def titles(rules: Iterable[CertificateRule]) -> list[tuple[CertificateRule, Any]]:
    """Each rule with the title of what it certifies, as the reader sees it."""
    known = spoken().by_key
    found = []
    for rule in rules:
        course = known.get(rule.course_key) if rule.course_key else None
        own = (
            (rule.title_my, "my")
            if rule.title_my and get_language() == "my"
            else (rule.title_en or rule.title_my, "en")
        )
        found.append((rule, course.title if course else Spoken(own[0] or rule.code, own[1])))
    return found


@dataclass(frozen=True)
class Need:
    """A need as it is typed: see `RuleNeed`."""

    kind: str
    course_key: UUID | None = None
    least: int | None = None
    version_from: str = ""


@transaction.atomic
def save_rule(rule: CertificateRule, needs: Iterable[Need], *, by: Person) -> CertificateRule:
    """Store a rule with everything that it needs, in place of what it needed before. Raises ValidationError.

    Certificates that it earned before stay as they are.
    """
    is_new, needs = rule.pk is None, list(needs)
    before = _told(rule) if not is_new else {}
    rule.full_clean()
    rule.save()
    rule.needs.all().delete()
    RuleNeed.objects.bulk_create(RuleNeed(rule=rule, **vars(need)) for need in needs)
    after = _told(rule)
    changed = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    if changed:
        audit.record(RULE_MADE if is_new else RULE_CHANGED, by=by, about=rule, **changed)
    return rule


def _told(rule: CertificateRule) -> dict[str, Any]:
    stored = CertificateRule.objects.prefetch_related("needs").get(pk=rule.pk)
    fields = ("code", "title_my", "title_en", "valid_months", "renewal", "renew_days", "is_live")
    needs = sorted(
        f"{one.kind} {one.course_key or ''} {one.least or ''} {one.version_from}".strip() for one in stored.needs.all()
    )
    said = {name: getattr(stored, name) for name in fields}
    return said | {
        "paper": str(stored.paper or ""),
        "refresher": str(stored.refresher_key or ""),
        "needs": "; ".join(needs),
    }
