"""Sitting a quiz: its rules, the paper, handing in, the result."""

import json
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access, ahead, bank, kinds, papers, pictures, recording, standings
from assessments.allowances import window_is_over
from assessments.ending import GRACE, close_if_over, submit_attempt
from assessments.errors import NoAttemptLeft, TimeIsOver, TooManyCodes
from assessments.examination import reports
from assessments.models import Attempt, AttemptStep, GradeRecord, Quiz
from assessments.recording import Sent, record_batch, record_steps
from assessments.sheets import sheet_of, whole
from assessments.standings import next_number
from assessments.starting import form_for, start_attempt
from core import ratelimit
from core.devices import age
from core.errors import DomainError
from core.public import public
from core.templatetags.burmese import digits
from people.models import Person

MAX_BODY, MAX_STEPS, MAX_PARTS, MAX_TEXT = 262_144, 100, 100, 8_000
DEVICE = "device"  # cookie
CODES = 10  # that one person may try for one quiz in ten minutes


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rules of a quiz and what one did so far; POST starts an attempt, or goes on with the open one."""
    person: Person = request.user  # type: ignore[assignment]
    found = access.exam_for(public_id)
    sitting = access.sitting_for(person, found)
    now = timezone.now()
    if request.method == "POST":
        try:
            return _from_here(request, redirect(_begin(request, found, sitting)))
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(found)
    standing = standings.standing(found, person, sitting.scope, at=now)
    refusal = sitting.refusal
    if refusal is None and standing.open is None and not sitting.is_passed:
        try:
            next_number(found, standing, at=now)
        except DomainError as error:
            refusal = error
    past = [attempt for attempt in standing.attempts if not attempt.is_open]
    grades = {g.attempt_id: g for g in GradeRecord.objects.filter(attempt__in=past).standing()} if past else {}
    is_last = isinstance(refusal, NoAttemptLeft) or sitting.is_passed
    is_closed = window_is_over(found, at=now)
    sections = bank.sections_of(found, form_for(found, person), sitting.asked)
    limit = standing.allowed.limit(found.limit_seconds)
    return render(
        request,
        "assessments/quiz.html",
        {
            "quiz": found,
            "sitting": sitting,
            "refusal": refusal,
            "open_attempt": standing.open,
            "past": [
                (attempt, grades[attempt.pk], papers.shows_score(attempt, grades[attempt.pk], is_last, is_closed))
                for attempt in past
            ],
            "items": sum(section.count or len(section.items) for section in sections),
            "minutes": int(limit.total_seconds() // 60) if limit else None,
            "closes_at": standing.allowed.end(found.closes_at),
            "cut_percent": int(found.cut_score * 100),
            "critical_percent": max((int(s.cut_score * 100) for s in sections if s.cut_score), default=None),
            "allowed": standing.number_allowed,
            "left": max(0, standing.number_allowed - len(standing.attempts)),
        },
    )


def _begin(request: HttpRequest, quiz: Quiz, sitting: access.Sitting) -> Quiz | Attempt:
    """The attempt that goes on or starts now; the quiz where it is passed already. Raises what refuses."""
    person: Person = request.user  # type: ignore[assignment]
    now = timezone.now()
    going_on = close_if_over(
        Attempt.objects.filter(quiz=quiz, person=person, scope=sitting.scope).open().first(), at=now
    )
    if going_on:
        return going_on
    if sitting.refusal:
        raise sitting.refusal
    if sitting.is_passed:
        return quiz
    code = request.POST.get("code", "")
    if quiz.entry and not ratelimit.allow("exam-code", f"{quiz.pk}:{person.pk}", limit=CODES, seconds=600):
        raise TooManyCodes
    language = get_language() or ""
    return start_attempt(quiz, person, scope=sitting.scope, at=now, language=language, code=code, device=_device(request), asked=sitting.asked)  # fmt: skip


def _device(request: HttpRequest) -> str:
    """The browser, as an attempt knows it: what it was called when it last began or went on, else by its session."""
    called: str = request.get_signed_cookie(DEVICE, default="", salt=DEVICE) or ""
    if called:
        return called
    key = request.session.session_key or ""
    return salted_hmac("assessments.device", key, algorithm="sha256").hexdigest()[:32]


def _from_here(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the browser be known again after its session ended: who signs in anew in an exam goes on without a question."""
    response.set_signed_cookie(
        DEVICE, _device(request), salt=DEVICE, max_age=86_400, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


def _is_elsewhere(request: HttpRequest, attempt: Attempt) -> bool:
    return attempt.is_open and attempt.holder not in ("", _device(request))


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper while the attempt is open, its result afterwards; POST saves what the form holds."""
    person: Person = request.user  # type: ignore[assignment]
    found = access.attempt_for(person, public_id)
    now = timezone.now()
    if request.method == "POST":
        return _save_form(request, found)
    if close_if_over(found, at=now) is None:
        if found.is_open:  # it was closed just now, because its time was over
            messages.info(request, str(TimeIsOver()))
            found.refresh_from_db()
        return _result(request, found)
    if _is_elsewhere(request, found):
        return render(request, "assessments/elsewhere.html", {"attempt": found})
    sheet = sheet_of(found)
    is_sequential = bool(found.rules.get("is_sequential"))
    if is_sequential and sheet.place >= len(found.paper["items"]):
        return redirect("assessments:submit", found.public_id)
    shown = papers.questions(found, sheet)
    return render(
        request,
        "assessments/attempt.html",
        {
            "attempt": found,
            "questions": shown,
            "is_sequential": is_sequential,
            "takes_files": any("pictures" in question for question in shown),
            "total": len(found.paper["items"]),
            "answered": len(whole(found, sheet)),
            "head": sheet.head,
            "token": uuid4(),
            "seconds_left": papers.seconds_left(found, at=now),
        },
    )


@public
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the paper of an open attempt on the device; served here so that it reaches attempts and nothing else. Also to who
    was signed out meanwhile: a browser asks for it anew by itself, and takes no redirect.
    """
    return render(request, "assessments/worker.js", {}, content_type="text/javascript; charset=utf-8")


def _result(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    sitting = access.sitting_for(person, attempt.quiz)
    now = timezone.now()
    standing = standings.standing(attempt.quiz, person, attempt.scope, at=now)
    try:
        next_number(attempt.quiz, standing, at=now)
        # A probe is taken once each time; that it is done needs no words here.
        may_retry, refusal = sitting.refusal is None, None
    except DomainError as error:
        may_retry, refusal = False, error
    # While a later attempt is open the items of this one may be asked there again.
    is_last = isinstance(refusal, NoAttemptLeft) and standing.open is None
    grade = attempt.grades.order_by("-version")[0]
    result = papers.result(
        attempt,
        grade,
        objectives=sitting.objectives,
        is_last=is_last or sitting.is_passed,
        is_closed=window_is_over(attempt.quiz, at=now),
        is_ahead=ahead.may_be_asked_again(attempt, at=now),
    )
    return render(
        request,
        "assessments/result.html",
        {
            "attempt": attempt,
            "sitting": sitting,
            "result": result,
            "examination": reports.of_attempt(attempt, grade) if "objectives" in result.shown else None,
            "closes_at": attempt.quiz.closes_at,
            "may_retry": may_retry and not sitting.is_passed,
            "refusal": None if sitting.is_passed else refusal,
            "late": attempt.steps.filter(verdict=AttemptStep.Verdict.LATE).count(),
        },
    )


def _save_form(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Take the answers of the plain form. What was changed elsewhere since the page was made is not overwritten."""
    token, base = _token(request), _number(request.POST.get("base"))
    before = sheet_of(attempt)
    versions = bank.versions({item["version"] for item in attempt.paper["items"]})
    sent, is_in_steps = [], False
    for place in range(len(attempt.paper["items"])):
        value, flag = request.POST.getlist(f"item-{place}"), f"flag-{place}" in request.POST
        if f"had-{place}" not in request.POST:
            continue
        # Only what the person changed on this page: what it showed when it was made is sent back with it.
        version = versions[attempt.paper["items"][place]["version"]]
        now, had = kinds.read(version.kind, value), kinds.read(version.kind, _texts(request.POST[f"had-{place}"]))
        if kinds.KINDS[version.kind].in_steps and now != had:
            is_in_steps = not kinds.is_whole(version.kind, version.key, now)
        changes: list[tuple[str, list[str]]] = []
        if now != had and now != before.answers.get(place, []):
            changes.append((AttemptStep.Kind.ANSWER, value) if kinds.answer(now) else (AttemptStep.Kind.CLEAR, []))
        if flag != (f"had-flag-{place}" in request.POST) and flag != (place in before.flags):
            changes.append((AttemptStep.Kind.FLAG if flag else AttemptStep.Kind.UNFLAG, []))
        for kind, chosen in changes:
            name = f"{before.head}/{place}/{kind}/{','.join(chosen)}"
            sent.append(Sent(uuid5(token, name), kind, place, chosen, str(token), before.head + 1, base))
    # Who has just said something in an interview goes on in it, whichever button was pressed.
    if request.POST.get("action") == "next" and not is_in_steps:
        place = _number(request.POST.get("place"))
        sent.append(Sent(uuid5(token, f"next/{place}"), AttemptStep.Kind.NEXT, place, [], str(token), before.head + 1, base))  # fmt: skip
    outcomes = record_steps(attempt, sent, at=timezone.now()) if sent else []
    verdicts = [outcome.verdict for outcome in outcomes]
    if "late" in verdicts or not attempt.is_open:
        if not attempt.is_open:  # one still open is closed, and that said, by the page it leads to
            handed_in = _("You handed this in already. Nothing was changed; here is your result.")
            messages.warning(request, str(TimeIsOver()) if attempt.submitted_at == attempt.closes_at else handed_in)
        return redirect(attempt)
    if stale := verdicts.count("superseded"):
        messages.warning(
            request,
            ngettext(
                "This page was older than what you saved elsewhere. The newer answer was kept; check it below.",
                "This page was older than what you saved elsewhere. The newer answers were kept in %(count)s places; check them below.",
                stale,
            )
            % {"count": digits(stale)},
        )
        return redirect(attempt)
    if "refused" in verdicts:
        messages.error(request, _("An answer could not be read. Choose it again; the others are saved."))
        return redirect(attempt)
    if not _add_files(request, attempt):
        return redirect(attempt)
    if request.POST.get("action") == "finish":
        return redirect("assessments:submit", attempt.public_id)
    if request.POST.get("action") == "next":
        return redirect(attempt)
    messages.success(request, _("Your answers are saved on the server."))
    return redirect(attempt)


def _add_files(request: HttpRequest, attempt: Attempt) -> bool:
    """Take the photos that the plain form brings, after everything else is safe; whether all could be taken."""
    faults = []
    for place in range(len(attempt.paper["items"])):
        if f"file-{place}" in request.FILES:
            try:
                pictures.add_pictures(attempt, place, request.FILES.get(f"file-{place}"), at=timezone.now())
            except DomainError as error:
                faults.append(digits(str(error)))
    for fault in faults:
        messages.error(request, fault)
    return not faults


def _token(request: HttpRequest) -> UUID:
    """The form's own id, from which the ids of its steps follow: a second tap sends the same steps."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


def _texts(text: str) -> list[str]:
    """A list of strings as JSON, as the page was given it; empty where somebody meddled with it."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


@require_POST
def steps(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """Take a batch of steps from the page's script: `{"steps": [{id, kind, place, value, device, client_seq, base_seq}]}`.

    Answers each by id with its verdict (accepted, superseded, late, refused) and the server's number, whether it came
    for the first time or not; with the head and the seconds left, so that the page can set its clock.
    """
    found = access.attempt_for(request.user, public_id)  # type: ignore[arg-type]
    if len(request.body) > MAX_BODY:
        return JsonResponse({"error": "too_large"}, status=413)
    try:
        sent = [_sent(one) for one in json.loads(request.body)["steps"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return JsonResponse({"error": "unreadable"}, status=400)
    if not 0 < len(sent) <= MAX_STEPS:
        return JsonResponse({"error": "unreadable"}, status=400)
    now = timezone.now()
    recorded = record_batch(found, sent, at=now)
    return JsonResponse(
        {
            "steps": [{"id": str(o.id), "verdict": o.verdict, "seq": o.seq} for o in recorded.outcomes],
            "head": recorded.seen,
            "seconds_left": papers.seconds_left(found, at=now),
            "is_open": found.is_open,
            "is_elsewhere": _is_elsewhere(request, found),
        }
    )


def _sent(one: dict[str, Any]) -> Sent:
    """A step from JSON. Raises ValueError, KeyError, TypeError or AttributeError where it is not shaped like one."""
    place, client_seq, base_seq = one["place"], one["client_seq"], one["base_seq"]
    value = one.get("value", [])
    numbers = (place, client_seq, base_seq)
    if any(type(n) is not int or not 0 <= n < 2**31 for n in numbers) or place > 10_000:
        raise ValueError("not a number in range")
    if (
        not isinstance(value, list)
        or len(value) > MAX_PARTS
        or not all(isinstance(v, str) and len(v) <= MAX_TEXT for v in value)
    ):
        raise ValueError("not a response")
    device = str(UUID(one["device"]))
    return Sent(UUID(one["id"]), str(one["kind"]), place, value, device, client_seq, base_seq, age(one.get("age")))


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is still unanswered, and the last word; POST hands in."""
    found = access.attempt_for(request.user, public_id)  # type: ignore[arg-type]
    if request.method == "POST":
        if not found.is_open:
            messages.info(request, _("You handed this in already. Nothing was changed; here is your result."))
            return redirect(found)
        at = timezone.now()
        if found.closes_at and at > found.closes_at + GRACE:
            messages.info(request, str(TimeIsOver()))
        elif _is_elsewhere(request, found):
            return redirect(found)
        submit_attempt(found, at=at, device="form")
        return redirect(found)
    if close_if_over(found, at=timezone.now()) is None or _is_elsewhere(request, found):
        return redirect(found)
    sheet = sheet_of(found)
    # Where there is no going back, nothing that was left can be given another look.
    shown = [] if found.rules.get("is_sequential") else papers.questions(found, sheet)
    return render(
        request,
        "assessments/submit.html",
        {
            "attempt": found,
            "unanswered": [q for q in shown if not q["is_answered"]],
            "flagged": [q for q in shown if q["is_flagged"]],
            "answered": len(whole(found, sheet)),
            "total": len(found.paper["items"]),
            "is_whole": not shown and sheet.place >= len(found.paper["items"]),
            "seconds_left": papers.seconds_left(found, at=timezone.now()),
        },
    )


@require_safe
def blueprint(request: HttpRequest) -> HttpResponse:
    """The bank against the blueprint, by objective."""
    access.bank_or_404(request.user)
    stocks = bank.blueprint()
    return render(
        request,
        "assessments/blueprint.html",
        {
            "stocks": stocks,
            "wanted": sum(one.line.bank for one in stocks),
            "have": sum(one.exam for one in stocks),
            "filled": sum(one.fills_a_form for one in stocks),
        },
    )


@require_POST
def take_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on with an open attempt on this device."""
    found = access.attempt_for(request.user, public_id)  # type: ignore[arg-type]
    recording.take_over(found, _device(request), at=timezone.now())
    return _from_here(request, redirect(found))
