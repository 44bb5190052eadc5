"""What a reader sees of an activity: whether it can be played, how far they are, and what it is worth."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from content.models import Package, PackageVersion
from content.packages import origins, registry
from content.packages.showing import SANDBOXES
from courses.catalogue import ActivityInfo, LessonInfo, languages_for
from courses.models import ActivityAttempt, ActivityResult, Enrolment

HEAVY: Final = 400_000  # bytes: more waits for a tap


@dataclass(frozen=True)
class Outcome:
    """The best result of a person: points, or none where the activity gives none. is_checked: by the server."""

    raw: float | None
    max: float | None
    is_checked: bool


def versions_for(
    activities: Sequence[ActivityInfo], language: str
) -> dict[UUID, tuple[PackageVersion | None, registry.State]]:
    """What plays of each activity for a reader, and whether it can."""
    found = registry.currents({one.package_id for one in activities}, languages_for(language))
    return {one.key: _with_state(found.get(one.package_id)) for one in activities}


def _with_state(version: PackageVersion | None) -> tuple[PackageVersion | None, registry.State]:
    if version is None:
        return None, "unavailable"
    if version.package.kind == Package.Kind.SCORM and not origins.has_own_hosts():
        return version, "unavailable"
    return version, registry.status_of(version)


def outcomes(enrolment: Enrolment, keys: Sequence[UUID]) -> dict[UUID, Outcome]:
    """The best result of each activity of an enrolment that has one."""
    found: dict[UUID, Outcome] = {}
    rows = ActivityResult.objects.filter(attempt__enrolment=enrolment, attempt__activity__in=keys, part="")
    rows = rows.exclude(verification=ActivityResult.Verification.REJECTED)
    best = rows.annotate(share=F("raw") / F("max")).order_by(F("share").desc(nulls_last=True), "pk")
    for key, raw, top, grader in best.values_list("attempt__activity", "raw", "max", "grader"):
        found.setdefault(key, Outcome(raw, top, bool(grader)))
    return found


def views_of(
    activities: Sequence[ActivityInfo], enrolment: Enrolment | None, lesson: LessonInfo, done: Set[UUID], language: str
) -> dict[UUID, dict[str, Any]]:
    """What the lesson's page shows of each activity, by its key."""
    if not activities:
        return {}
    best = outcomes(enrolment, [one.key for one in activities]) if enrolment else {}
    attempts = (
        dict(
            ActivityAttempt.objects.filter(
                enrolment=enrolment, activity__in=[one.key for one in activities], closed_at=None
            ).values_list("activity", "public_id")
        )
        if enrolment
        else {}
    )
    views = {}
    versions = versions_for(activities, language)
    for one in activities:
        version, state = versions[one.key]
        views[one.key] = {
            "info": one,
            "state": state,
            "kind": version.package.get_kind_display() if version else "",
            "weight": version.weight if version else 0,
            "is_heavy": bool(version and version.weight > HEAVY),
            "sandbox": SANDBOXES[Package.Kind(version.package.kind)] if version else "",
            "is_done": one.key in done,
            "outcome": best.get(one.key),
            "attempt": attempts.get(one.key, ""),
            "begin": reverse("courses:activity_begin", args=[lesson.key, one.key]),
            "pages": version.facts.get("scorm", {}).get("items", []) if version else [],
        }
    return views
