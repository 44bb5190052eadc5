"""What the page around an activity asks of the server. The frame itself never speaks to it."""

import json
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from content.packages.serving import player_url
from content.packages.tickets import ticket_for
from courses import access, queries
from courses.activities import recording, showing
from courses.activities.recording import Event
from courses.catalogue import ActivityInfo, CourseInfo, LessonInfo, spoken
from courses.models import ActivityAttempt, Enrolment
from courses.reading import lesson_text
from people.models import Person

MAX_BODY: Final = 512 * 1024
MAX_EVENTS: Final = 50


def _found(
    request: HttpRequest, lesson_key: UUID, key: UUID
) -> tuple[CourseInfo, LessonInfo, ActivityInfo, Enrolment | None]:
    """An activity of a lesson that the person may work on or, as staff, look at; or 404."""
    known = spoken()
    person: Person = request.user  # type: ignore[assignment]
    if lesson_key not in known.lesson_places:
        raise Http404
    course, module, lesson = known.lesson_places[lesson_key]
    activity = next((one for one in lesson_text(known, lesson).activities if one.key == key), None)
    if activity is None:
        raise Http404
    enrolment = access.own_enrolment(person, course.key)
    if enrolment is None:
        if not access.can_read_unenrolled(person):
            raise Http404
        access.course_or_404(person, course)
        return course, lesson, activity, None
    progress = queries.progress_of(person, course, enrolment)
    if progress.missing or next(one for one in progress.modules if one.info.key == module.key).missing:
        raise Http404
    return course, lesson, activity, enrolment


@require_POST
def begin(request: HttpRequest, lesson_key: UUID, key: UUID) -> JsonResponse:
    """Begin an activity or go on with it: where its player is and what it goes on from. `anew=1` begins again."""
    _course, lesson, activity, enrolment = _found(request, lesson_key, key)
    version, state = showing.versions_for([activity], get_language() or "my")[activity.key]
    if version is None or state != "ready":
        return JsonResponse({"error": "unavailable"}, status=409)
    answer: dict[str, Any] = {"player": player_url(version, ticket_for(version)), "attempt": "", "states": []}
    if enrolment:
        anew = request.POST.get("anew") == "1"
        attempt = recording.begin(enrolment, lesson, activity, version, at=timezone.now(), anew=anew)
        answer |= {
            "attempt": str(attempt.public_id),
            "states": recording.states_of(attempt),
            "events": reverse("courses:activity_events", args=[attempt.public_id]),
        }
    return JsonResponse(answer)


@require_POST
def events(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """Take what an activity told of: `{"events": [{id, kind, order, data}]}`. Answers each by its id, the same each time."""
    attempt = get_object_or_404(
        ActivityAttempt.objects.select_related("enrolment"), public_id=public_id, enrolment__person=request.user
    )
    if len(request.body) > MAX_BODY:
        return JsonResponse({"error": "too_large"}, status=413)
    try:
        sent = [_event(one) for one in json.loads(request.body)["events"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return JsonResponse({"error": "unreadable"}, status=400)
    if not 0 < len(sent) <= MAX_EVENTS:
        return JsonResponse({"error": "unreadable"}, status=400)
    at, verdicts = timezone.now(), []
    for one in sent:
        if not recording.may_take(attempt, one):
            break  # the device keeps what is not answered
        verdicts.append({"id": str(one.id), "verdict": recording.record(attempt, one, at=at)})
    if not verdicts:
        return JsonResponse({"error": "busy"}, status=429)
    outcome = showing.outcomes(attempt.enrolment, [attempt.activity]).get(attempt.activity)
    is_done = ("activity", attempt.activity) in queries.met(attempt.enrolment)
    _lesson, activity = recording.place_of(attempt)
    shown = {"outcome": outcome, "is_done": is_done, "is_needed": activity is not None and activity.is_needed}
    html = render_to_string("courses/activity_state.html", shown, request)
    return JsonResponse({"events": verdicts, "state": html})


def _event(one: dict[str, Any]) -> Event:
    order, data = one["order"], one["data"]
    if type(order) is not int or not 0 <= order < 2**53 or not isinstance(data, dict):
        raise ValueError("not an event")
    return Event(UUID(one["id"]), str(one["kind"]), order, data)
