"""The officer's desk, and courses, modules and lessons to read."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments import demonstrations, refresher
from assessments.checks import answer_check
from assessments.errors import NotAResponse, NotDue
from content.cards import cards
from content.packages.origins import frame_packages
from core import devices
from core.errors import DomainError
from core.languages import Spoken
from core.public import public
from core.templatetags.burmese import listed, sentence
from courses import access, probes, queries, services
from courses.activities.showing import views_of as activity_views
from courses.catalogue import Catalogue, CourseInfo, LessonInfo, ModuleInfo, spoken
from courses.dues import Due
from courses.errors import ChecksOpen, Locked, NotForYou, StartFirst
from courses.models import Completion, Enrolment
from courses.practice import enrolments_of, exam_pool
from courses.progress import CourseProgress, course_progress
from courses.queries import progress_of
from courses.reading import CheckState, check_views, lesson_text
from courses.signals import dues_asked, notices_asked
from people.models import Person

DUE_SOON = timedelta(days=7)
AT_ONCE = 10  # questions to refresh on one page
FRESH = timedelta(days=180)


def lesson_url(course: CourseInfo, module: ModuleInfo, lesson: LessonInfo) -> str:
    """Where a lesson is read, in the reader's language."""
    return reverse("lesson", args=[course.slug, module.slug, lesson.slug])


# --- The desk --------------------------------------------------------------------------------------------------------


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """What is due, how far one is, and the next lesson."""
    person: Person = request.user  # type: ignore[assignment]
    known = spoken()
    enrolments = list(Enrolment.objects.filter(person=person).active().order_by("due_on", "created_at"))
    met = queries.met_by_enrolment(enrolments)
    done = {code for e in enrolments for code in _codes_met(known.by_key.get(e.course_key), met[e.pk])}
    today = timezone.localdate()
    rows = []
    for enrolment in enrolments:
        course = known.by_key.get(enrolment.course_key)
        if course is None:
            continue
        progress = course_progress(course, met[enrolment.pk], person.agency, done, exam_only=enrolment.exam_only)
        rows.append({"enrolment": enrolment, "progress": progress, "due": _due(enrolment, today)})
    rows.sort(key=lambda row: row["progress"].is_done)  # type: ignore[attr-defined]
    now = timezone.now()
    told: list[tuple[Any, Any]] = notices_asked.send(sender=Person, person=person, on=today)
    given: list[tuple[Any, Any]] = dues_asked.send(sender=Person, person=person, on=today, known=known)
    dues: list[Due] = sorted((due for _receiver, some in given for due in some), key=lambda due: due.place)
    # A course that was given whole stands once, among what is due, with how far one is; rows that are done come last.
    by_course = {row["progress"].info.key: row for row in reversed(rows)}  # type: ignore[attr-defined]
    due_rows = [(due, by_course.get(due.course_key)) for due in dues]
    shown = [row for _due, row in due_rows]
    return render(
        request,
        "courses/learn.html",
        {
            "rows": rows,
            "dues": dues,
            "due_rows": due_rows,
            "other_rows": [row for row in rows if row not in shown],
            "notices": [notice for _receiver, notices in told for notice in notices],
            "to_refresh": len(refresher.plan(person, exam_pool=exam_pool(known, enrolments), at=now).turns),
            "probes": probes.open_probes(known, enrolments, at=now),
            "continue": next((_next(row["progress"]) for row in rows if not row["progress"].is_done), None),  # type: ignore[arg-type,attr-defined]
            "open_courses": [
                course
                for course in known.courses
                if course.key not in {e.course_key for e in enrolments} and access.can_take(person, course)
            ],
        },
    )


def _codes_met(course: CourseInfo | None, met: set[tuple[str, UUID]]) -> set[str]:
    """Codes of the course and its modules that are complete."""
    if course is None:
        return set()
    done = {m.code for m in course.modules if (Completion.Requirement.MODULE, m.key) in met}
    return done | ({course.code} if (Completion.Requirement.COURSE, course.key) in met else set())


def _due(enrolment: Enrolment, today: Any) -> str:
    """overdue, soon, later, ahead (its first day is still to come), or none."""
    if enrolment.status != Enrolment.Status.ACTIVE or enrolment.due_on is None:
        return "none"
    if enrolment.starts_on and today < enrolment.starts_on:
        return "ahead"
    if enrolment.due_on < today:
        return "overdue"
    return "soon" if enrolment.due_on <= today + DUE_SOON else "later"


def _next(progress: CourseProgress) -> dict[str, Any] | None:
    """What to do next in a course: a lesson, or the exam."""
    if not progress.exam_only and (found := progress.next_lesson):
        module, lesson = found
        return {
            "kind": "lesson",
            "course": progress.info,
            "module": module.info,
            "lesson": lesson.info,
            "url": lesson_url(progress.info, module.info, lesson.info),
        }
    if progress.exam == "ready" and progress.info.exam:
        return {"kind": "exam", "course": progress.info, "url": progress.info.exam.get_absolute_url()}
    return None


# --- Courses and modules ------------------------------------------------------------------------------------------------


@public
@require_safe
def course_index(request: HttpRequest) -> HttpResponse:
    """All courses; anyone may see what there is."""
    return render(request, "courses/index.html", {"courses": spoken().courses})


def _place(
    request: HttpRequest, known: Catalogue, course: str, module: str = "", lesson: str = ""
) -> tuple[Any, Any, Any]:
    """Course, module and lesson by slug, or 404; also where the course is not the reader's."""
    found = access.course_or_404(
        request.user,  # type: ignore[arg-type]
        next((c for c in known.courses if c.slug == course), None),
    )
    found_module = next((m for m in found.modules if m.slug == module), None)
    found_lesson = next((one for one in found_module.lessons if one.slug == lesson), None) if found_module else None
    if (module and not found_module) or (lesson and not found_lesson):
        raise Http404
    return found, found_module, found_lesson


def _titles(known: Catalogue, codes: list[str]) -> list[Any]:
    """Titles of courses and modules; the bare code of one that is not published."""
    return [known.titles.get(code, code) for code in codes]


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """A course: what it is for, its modules and lessons, its exam, and how far one is."""
    known = spoken()
    info, _module, _lesson = _place(request, known, course)
    person: Person = request.user  # type: ignore[assignment]
    enrolment = access.own_enrolment(person, info.key)
    progress = progress_of(person, info, enrolment)
    return render(
        request,
        "courses/course.html",
        {
            "course": info,
            "enrolment": enrolment,
            "progress": progress,
            "due": _due(enrolment, timezone.localdate()) if enrolment else "none",
            "next": _next(progress) if enrolment else None,
            "missing": _titles(known, progress.missing),
            "modules": [(module, _titles(known, module.missing)) for module in progress.modules],
        },
    )


@require_safe
def module(request: HttpRequest, course: str, module: str) -> HttpResponse:
    """A module: objectives and lessons."""
    known = spoken()
    info, found, _lesson = _place(request, known, course, module)
    person: Person = request.user  # type: ignore[assignment]
    enrolment = access.own_enrolment(person, info.key)
    progress = progress_of(person, info, enrolment)
    mine = next(m for m in progress.modules if m.info.key == found.key)
    return render(
        request,
        "courses/module.html",
        {
            "course": info,
            "module": mine,
            "enrolment": enrolment,
            "missing": _titles(known, [*progress.missing, *mine.missing]),
            "card": cards([found.code], known.language).get(found.code),
        },
    )


# --- Lessons ----------------------------------------------------------------------------------------------------------------


@require_safe
def lesson(request: HttpRequest, course: str, module: str, lesson: str) -> HttpResponse:
    """A lesson to read, with its checks."""
    known = spoken()
    info, in_module, found = _place(request, known, course, module, lesson)
    person: Person = request.user  # type: ignore[assignment]
    enrolment = access.own_enrolment(person, info.key)
    if enrolment is None and not access.can_read_unenrolled(person):
        messages.info(request, str(StartFirst()))
        return redirect("course", info.slug)
    progress = progress_of(person, info, enrolment)
    mine = next(m for m in progress.modules if m.info.key == in_module.key)
    if enrolment and (missing := [*progress.missing, *mine.missing]):
        messages.info(request, sentence(Locked.message, missing=listed(_titles(known, missing))))
        return redirect("course", info.slug)
    text = lesson_text(known, found)
    checks = check_views(text, enrolment, found, known.language)
    activities = activity_views(text.activities, enrolment, found, progress.activities_done, known.language)
    response = render(
        request,
        "courses/lesson.html",
        {
            "course": info,
            "module": in_module,
            "lesson": found,
            "state": next(one for one in mine.lessons if one.info.key == found.key),
            "enrolment": enrolment,
            "parts": [
                {
                    "html": part.html,
                    "check": checks[part.item.code] if part.item else None,
                    "activity": activities[part.activity.key] if part.activity else None,
                }
                for part in text.parts
            ],
            "checks_open": sum(not check["is_answered"] for check in checks.values()),
            "activities_open": sum(one["info"].is_needed and not one["is_done"] for one in activities.values()),
            "has_activities": bool(activities),
            "terms": text.terms,
            "objectives": [in_module.objectives[code] for code in text.objectives if code in in_module.objectives],
            **_neighbours(info, found),
        },
    )
    return frame_packages(response) if activities else response


def _neighbours(course: CourseInfo, lesson: LessonInfo) -> dict[str, Any]:
    """The lessons before and after, with their addresses."""
    places = course.lessons
    here = next(number for number, (_module, one) in enumerate(places) if one.key == lesson.key)

    def link(number: int) -> dict[str, Any] | None:
        if not 0 <= number < len(places):
            return None
        in_module, one = places[number]
        return {"url": lesson_url(course, in_module, one), "title": one.title}

    return {"previous": link(here - 1), "next": link(here + 1)}


def _own_lesson(request: HttpRequest, key: UUID) -> tuple[CourseInfo, ModuleInfo, LessonInfo, Enrolment]:
    """A lesson of a course that the person is enrolled in and may work on now, or 404."""
    known = spoken()
    if key not in known.lesson_places:
        raise Http404
    course, module, lesson = known.lesson_places[key]
    person: Person = request.user  # type: ignore[assignment]
    enrolment = access.own_enrolment(person, course.key)
    if enrolment is None:
        raise Http404
    progress = progress_of(person, course, enrolment)
    mine = next(m for m in progress.modules if m.info.key == module.key)
    if progress.missing or mine.missing:
        raise Http404
    return course, module, lesson, enrolment


@require_POST
def read(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mark a lesson as read to its end. Lands on the first check that is still open, or on the way on."""
    course, module, lesson, enrolment = _own_lesson(request, key)
    services.record_read(enrolment, lesson, at=timezone.now())
    known = spoken()
    checks = check_views(lesson_text(known, lesson), enrolment, lesson, known.language)
    open_check = next((check["code"] for check in checks.values() if not check["is_answered"]), None)
    if open_check:
        messages.info(request, str(ChecksOpen()))
    return _led_on(request, lesson_url(course, module, lesson) + (f"#check-{open_check}" if open_check else "#end"))


def _led_on(request: HttpRequest, url: str) -> HttpResponse:
    return JsonResponse({"url": url}) if devices.is_script(request) else redirect(url)


@require_POST
def check(request: HttpRequest, key: UUID, code: str) -> HttpResponse:
    """Answer one check of a lesson. Lands on it, judged; to the page's script it says where that is, or why it was not taken."""
    course, module, lesson, enrolment = _own_lesson(request, key)
    if lesson.check is None:
        raise Http404
    person: Person = request.user  # type: ignore[assignment]
    try:
        answer_check(
            lesson.check,
            person,
            scope=enrolment.public_id,
            item_code=code,
            value=request.POST.getlist("option"),
            at=timezone.now(),
            language=get_language() or "",
        )
    except DomainError as error:
        if devices.is_script(request):
            return JsonResponse({"said": str(error)})
        messages.error(request, str(error))
    return _led_on(request, f"{lesson_url(course, module, lesson)}#check-{code}")


@require_POST
def enrol(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take up a course of one's own choice."""
    person: Person = request.user  # type: ignore[assignment]
    info = access.course_or_404(person, spoken().by_key.get(key))
    if access.can_take(person, info):
        services.enrol([person], info)
    else:
        messages.error(request, str(NotForYou()))
    return redirect("course", info.slug)


# --- Practice ---------------------------------------------------------------------------------------------------------------


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """What is to be refreshed now, what was answered today, the short tests that are open, and what one has shown when."""
    person: Person = request.user  # type: ignore[assignment]
    known, now = spoken(), timezone.now()
    enrolments = enrolments_of(person)
    pool = exam_pool(known, enrolments)
    plan = refresher.plan(person, exam_pool=pool, at=now)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    answered = refresher.reviews(person, since=midnight, exam_pool=pool)
    return render(
        request,
        "courses/practice.html",
        {
            "questions": [_to_answer(turn, known.language) for turn in plan.turns[:AT_ONCE]],
            "action": reverse("practice_answer"),
            "more": max(0, len(plan.turns) - AT_ONCE),
            "next_at": plan.next_at,
            "answered": [{"review": one, "stem": _stem(one.version, known.language)} for one in answered],
            "total": len(plan.turns) + len(answered),
            "probes": probes.open_probes(known, enrolments, at=now),
            "shown": _shown(person, known, now),
        },
    )


def _to_answer(turn: refresher.Turn, language: str) -> dict[str, Any]:
    """A question with what its form sends back; the token makes the same answer twice one."""
    return {
        "check": CheckState(turn.version, None).view(language),
        "heading": _("Do you still know?"),
        "hidden": {"token": uuid4(), "card": turn.card.public_id, "version": turn.version.pk},
    }


def _stem(version: Any, language: str) -> Spoken:
    texts = version.text_in(language)
    return Spoken(texts["stem"], texts["language"])


def _shown(person: Person, known: Catalogue, now: Any) -> list[dict[str, Any]]:
    """Objectives with the day they were last shown, in the order of the courses."""
    newest = demonstrations.newest(person)
    return [
        {"code": code, "text": text, "at": newest[code], "is_fresh": now - newest[code] <= FRESH}
        for code, text in known.objectives.items()
        if code in newest
    ]


@require_POST
def practice_answer(request: HttpRequest) -> HttpResponse:
    """Answer a question to refresh. Lands on it, judged; to the page's script it says where that is."""
    person: Person = request.user  # type: ignore[assignment]
    is_script = devices.is_script(request)
    try:
        card, version, token = (UUID(request.POST.get(name, "")) for name in ("card", "version", "token"))
        answer = refresher.Answer(token, card, version, request.POST.getlist("option"))
        pool = exam_pool(spoken(), enrolments_of(person))
        review = refresher.record(person, answer, exam_pool=pool, at=timezone.now())
    except (DomainError, ValueError) as error:
        refusal = error if isinstance(error, DomainError) else NotAResponse()
        if is_script:
            return JsonResponse({"verdict": "superseded" if isinstance(refusal, NotDue) else "refused"})
        messages.info(request, str(refusal))
        return redirect("practice")
    url = reverse("practice_answered", args=[review.pk])
    return JsonResponse({"verdict": "accepted", "url": url}) if is_script else redirect(url)


@require_safe
def practice_answered(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """One's own answer to a question, judged with its reasons, and the way on."""
    person: Person = request.user  # type: ignore[assignment]
    known = spoken()
    pool = exam_pool(known, enrolments_of(person))
    review = refresher.review_for(person, review_id, exam_pool=pool)
    return render(
        request,
        "courses/practice_answered.html",
        {
            "review": review,
            "check": CheckState(review.version, tuple(review.value)).view(known.language),
            "heading": _("Do you still know?"),
            "left": len(refresher.plan(person, exam_pool=pool, at=timezone.now()).turns),
        },
    )
