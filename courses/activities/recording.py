"""From what an activity tells of to facts: attempts, statements, results, and whether it is done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID, uuid5

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Max

from content.models import Package, PackageVersion
from content.packages.h5p import regrading
from content.packages.origins import iri_of
from core.ratelimit import allow
from courses import services
from courses.activities import statements
from courses.activities.statements import Said
from courses.catalogue import SOURCE_LANGUAGE, ActivityInfo, LessonInfo, catalogue
from courses.models import ActivityAttempt, ActivityResult, ActivityState, Completion, Enrolment
from records.models import Statement
from records.tasks import forward_statements

MOST_STATEMENTS: Final = 2_000  # of one attempt
A_MINUTE: Final = 120
MOST_STATE: Final = 128 * 1024  # bytes of one state
MOST_STATES: Final = 200  # of one attempt
FORWARD_EVERY: Final = 60  # seconds between two tasks that send statements out
Verification = ActivityResult.Verification
Verdict = Literal["stored", "ignored", "refused"]
_ENDS: Final = frozenset(["completed", "passed", "failed"])


@dataclass(frozen=True)
class Event:
    """One thing that a device sends. kind: "statement" (xAPI), "state", "result" (of a SCORM page), or "opened". order: its
    clock in milliseconds.
    """

    id: UUID
    kind: str
    order: int
    data: Mapping[str, Any]


@transaction.atomic
def begin(
    enrolment: Enrolment,
    lesson: LessonInfo,
    activity: ActivityInfo,
    version: PackageVersion,
    *,
    at: datetime,
    anew: bool = False,
) -> ActivityAttempt:
    """The attempt to go on with, or a new one: for the first time, on somebody's wish (anew), or because the package changed."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    mine = ActivityAttempt.objects.filter(enrolment=enrolment, activity=activity.key)
    under_way = mine.filter(closed_at=None).first()
    if under_way and under_way.version_id == version.pk and not anew:
        return under_way
    if under_way:
        under_way.closed_at = at
        under_way.save(update_fields=["closed_at", "updated_at"])
    return ActivityAttempt.objects.create(
        enrolment=enrolment,
        activity=activity.key,
        lesson_key=lesson.key,
        version=version,
        number=(mine.aggregate(last=Max("number"))["last"] or 0) + 1,
        started_at=at,
    )


def states_of(attempt: ActivityAttempt) -> list[dict[str, Any]]:
    """Where somebody was: what the player goes on from."""
    return [
        {"data_id": one.data_id, "sub_content_id": one.sub_content_id, "data": one.data}
        for one in attempt.states.order_by("pk")
    ]


def may_take(attempt: ActivityAttempt, event: Event) -> bool:
    """Whether an event is taken now; what comes too fast waits on its device and is sent again."""
    return event.kind == "state" or allow("activity", str(attempt.public_id), limit=A_MINUTE, seconds=60)


@transaction.atomic
def record(attempt: ActivityAttempt, event: Event, *, at: datetime) -> Verdict:
    """Store what a device sent, once. What cannot be of this activity is refused, noise is ignored; both are done with."""
    attempt = (
        ActivityAttempt.objects.select_for_update(of=("self",)).select_related("version__package").get(pk=attempt.pk)
    )
    match event.kind:
        case "state":
            return _state(attempt, event, at)
        case "opened":
            return _opened(attempt, at)
        case "statement" | "result":
            try:
                said = _said(attempt, event)
            except statements.Unfit:
                return "refused"
            return _outcome(attempt, event, said, at) if said else "ignored"
    return "refused"


def _said(attempt: ActivityAttempt, event: Event) -> Said | None:
    if event.kind == "result":
        return _scorm(attempt.version, event.data)
    if attempt.version.package.kind != Package.Kind.H5P:
        raise statements.Unfit("a statement of something else")
    return statements.read(event.data, activity=iri_of(attempt.version), parts=_parts(attempt.version))


def _parts(version: PackageVersion) -> frozenset[str]:
    return frozenset(part for part, _library, _params in regrading.questions_in(version.params))


def _scorm(version: PackageVersion, data: Mapping[str, Any]) -> Said:
    items = {one["id"] for one in version.facts.get("scorm", {}).get("items", [])}
    item, success, completion = data.get("item"), data.get("success"), data.get("completion")
    if not isinstance(item, str) or item not in items:
        raise statements.Unfit("a page that is not there")
    verb = "experienced"
    if completion == "completed":
        verb = "completed"
    if success in ("passed", "failed"):
        verb = success
    raw, top = None, None
    if data.get("raw") is not None and data.get("max") and not data.get("min"):
        raw, top = statements.points(data)
    elif data.get("scaled") is not None:
        raw, top = statements.points({"raw": max(0.0, statements.number(data["scaled"])) * 100, "max": 100})
    elif data.get("raw") is not None:
        raw, top = statements.points({"raw": data["raw"], "max": 100})
    return Said(verb, item, raw, top, is_success={"passed": True, "failed": False}.get(str(success)))


def _state(attempt: ActivityAttempt, event: Event, at: datetime) -> Verdict:
    data_id, part, data = event.data.get("data_id"), event.data.get("sub_content_id") or "", event.data.get("data")
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    if not (isinstance(data_id, str) and 0 < len(data_id) <= 120 and isinstance(part, str) and len(part) <= 64):
        return "refused"
    if len(text.encode()) > MOST_STATE:
        return "refused"
    if attempt.closed_at:
        return "ignored"
    mine = attempt.states.filter(data_id=data_id, sub_content_id=part)
    there = mine.first()
    if there is None:
        if attempt.states.count() >= MOST_STATES:
            return "refused"
        ActivityState.objects.create(
            attempt=attempt, data_id=data_id, sub_content_id=part, data=text, order=event.order
        )
    elif there.order <= event.order:
        mine.update(data=text, order=event.order)
    else:
        return "ignored"
    ActivityAttempt.objects.filter(pk=attempt.pk).update(updated_at=at)  # what `purge` goes by
    return "stored"


def _opened(attempt: ActivityAttempt, at: datetime) -> Verdict:
    _lesson, activity = place_of(attempt)
    if activity is None or activity.rule != "opened" or at - attempt.started_at < timedelta(seconds=activity.seconds):
        return "ignored"
    _done(attempt, at)
    return "stored"


def _outcome(attempt: ActivityAttempt, event: Event, said: Said, at: datetime) -> Verdict:
    there = Statement.objects.filter(pk=event.id).first()
    if there:
        return "stored" if there.registration == attempt.public_id else "refused"
    if Statement.objects.filter(registration=attempt.public_id).count() >= MOST_STATEMENTS:
        return "refused"
    judged = _judged(attempt, said)
    _keep(attempt, event.id, said, judged, at)
    if event.kind == "result":
        _whole(attempt, event.id, at)
    if _is_done(attempt, said if event.kind == "statement" else None):
        _done(attempt, at)
    return "stored"


@dataclass(frozen=True)
class _Judged:
    raw: float | None
    top: float | None
    verification: ActivityResult.Verification
    grader: str = ""


def _judged(attempt: ActivityAttempt, said: Said) -> _Judged:
    """What the server can say of the points: its own where it knows how, else those that were claimed."""
    claimed = _Judged(said.raw, said.top, Verification.UNVERIFIED)
    version = attempt.version
    if version.package.kind != Package.Kind.H5P or said.verb not in ("answered", "completed"):
        return claimed
    library, params = str(version.facts["main"]), version.params or {}
    if said.part:
        inside = {part: (library, params) for part, library, params in regrading.questions_in(version.params)}
        library, params = inside[said.part]
    children = {  # None: answered, and nobody can say how well
        one.part: regrading.Grade(one.raw, one.max)
        if one.grader and one.raw is not None and one.max is not None
        else None
        for one in attempt.results.exclude(part="").filter(verb="answered").order_by("pk")
    }
    try:
        grade = regrading.regrade(library, params, said.response, children=children)
    except regrading.Unfit:
        return _Judged(None, None, Verification.REJECTED, regrading.GRADER)
    if grade is None:
        return claimed
    same = (said.raw, said.top) == (grade.raw, grade.max)
    return _Judged(grade.raw, grade.max, Verification.VERIFIED if same else Verification.CORRECTED, regrading.GRADER)


def _keep(attempt: ActivityAttempt, key: UUID, said: Said, judged: _Judged, at: datetime) -> None:
    activity = iri_of(attempt.version)
    result: dict[str, Any] = {}
    if judged.raw is not None and judged.top:
        result["score"] = {"raw": judged.raw, "min": 0, "max": judged.top, "scaled": judged.raw / judged.top}
    if said.response is not None and judged.grader:  # of questions that the server cannot judge, nobody needs the words
        result["response"] = said.response
    if said.seconds is not None:
        result["duration"] = f"PT{said.seconds:g}S"
    if said.is_success is not None:
        result["success"] = said.is_success
    statement = Statement.objects.create(
        id=key,
        person=attempt.enrolment.person,
        verb=said.verb,
        object_id=f"{activity}?subContentId={said.part}" if said.part else activity,
        registration=attempt.public_id,
        body={
            "result": result,
            "context": {"extensions": {f"{settings.SITE_URL}/xapi/verification": judged.verification}},
        },
        stored_at=at,
    )
    ActivityResult.objects.create(
        attempt=attempt,
        statement=statement,
        part=said.part,
        verb=said.verb,
        client_raw=said.raw,
        client_max=said.top,
        raw=judged.raw,
        max=judged.top,
        verification=judged.verification,
        grader=judged.grader,
        recorded_at=at,
    )
    if settings.XAPI_FORWARD_URL and cache.add("forwarding statements", 1, FORWARD_EVERY):
        transaction.on_commit(forward_statements.enqueue)


def _whole(attempt: ActivityAttempt, key: UUID, at: datetime) -> None:
    """When every page of a SCORM package is done, the package is, once; its points are the mean of theirs."""
    if attempt.results.filter(part="", verb="completed").exists():
        return
    items = [one["id"] for one in attempt.version.facts["scorm"]["items"]]
    newest = {one.part: one for one in attempt.results.filter(part__in=items).order_by("pk")}
    if len(newest) < len(items) or not all(one.verb in _ENDS for one in newest.values()):
        return
    shares = [one.raw / one.max for one in newest.values() if one.raw is not None and one.max]
    raw, top = (100 * sum(shares) / len(shares), 100.0) if shares else (None, None)
    said = Said("completed", "", raw, top)
    _keep(attempt, uuid5(key, "whole"), said, _Judged(raw, top, Verification.UNVERIFIED), at)


def _is_done(attempt: ActivityAttempt, said: Said | None) -> bool:
    """Whether the activity counts as done by its rule; never by its points."""
    _lesson, activity = place_of(attempt)
    if activity is None:
        return False
    if said is None:
        return attempt.results.filter(part="", verb="completed").exists()
    if said.part:
        return False  # a question inside never ends the whole
    reached = {
        "answered": _ENDS | {"answered"},
        "completed": frozenset(["completed", "passed"]),
        "consumed": _ENDS | {"answered", "consumed"},
        "opened": _ENDS,
    }
    return said.verb in reached[activity.rule]


def place_of(attempt: ActivityAttempt) -> tuple[LessonInfo | None, ActivityInfo | None]:
    """The lesson and activity as they are published now; None where they are there no more."""
    place = catalogue(SOURCE_LANGUAGE).lesson_places.get(attempt.lesson_key)
    lesson = place[2] if place else None
    found = next((one for one in lesson.activities if one.key == attempt.activity), None) if lesson else None
    return lesson, found


def _done(attempt: ActivityAttempt, at: datetime) -> None:
    lesson, _activity = place_of(attempt)
    if lesson:
        met = (Completion.Requirement.ACTIVITY, attempt.activity, lesson.code, lesson.revision)
        services.advance(attempt.enrolment, [met], at=at)
