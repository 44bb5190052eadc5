"""Sitting a quiz: its rules, the paper, handing in, the result."""

import json
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access, papers, services
from assessments.errors import NoAttemptLeft, TimeIsOver
from assessments.models import Attempt, AttemptStep, Quiz
from core.errors import DomainError
from core.templatetags.burmese import digits
from people.models import Person

MAX_BODY, MAX_STEPS = 65_536, 100


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The rules of a quiz and what one did so far; POST starts an attempt, or goes on with the open one."""
    person: Person = request.user  # type: ignore[assignment]
    found = get_object_or_404(
        Quiz.objects.exclude(kind=Quiz.Kind.CHECK).prefetch_related("sections"), public_id=public_id
    )
    sitting = access.sitting_for(person, found)
    now = timezone.now()
    mine = Attempt.objects.filter(quiz=found, person=person, scope=sitting.scope)
    open_attempt = services.close_if_over(mine.open().first(), at=now)
    refusal = sitting.refusal
    if refusal is None and open_attempt is None and not sitting.is_passed:
        try:
            services.next_attempt(found, person, sitting.scope, at=now)
        except DomainError as error:
            refusal = error
    if request.method == "POST":
        if refusal or (sitting.is_passed and open_attempt is None):
            if refusal:
                messages.error(request, str(refusal))
            return redirect(found)
        try:
            return redirect(services.start_attempt(found, person, scope=sitting.scope, at=now))
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(found)
    past = mine.submitted().prefetch_related("grades").order_by("number")
    allowed = services.attempts_allowed(found, person, sitting.scope)
    return render(
        request,
        "assessments/quiz.html",
        {
            "quiz": found,
            "sitting": sitting,
            "refusal": refusal,
            "open_attempt": open_attempt,
            "past": [(attempt, _newest_grade(attempt)) for attempt in past],
            "items": sum(section.count or len(section.items) for section in found.sections.all()),
            "minutes": found.limit_seconds // 60 if found.limit_seconds else None,
            "cut_percent": int(found.cut_score * 100),
            "critical_percent": max(
                (int(s.cut_score * 100) for s in found.sections.all() if s.cut_score), default=None
            ),
            "allowed": allowed,
            "left": max(0, allowed - len(past) - bool(open_attempt)),
        },
    )


def _newest_grade(attempt: Attempt) -> Any:
    return max(attempt.grades.all(), key=lambda grade: grade.version)


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper while the attempt is open, its result afterwards; POST saves what the form holds."""
    person: Person = request.user  # type: ignore[assignment]
    found = access.attempt_for(person, public_id)
    now = timezone.now()
    if request.method == "POST":
        return _save_form(request, found)
    if services.close_if_over(found, at=now) is None:
        if found.is_open:  # it was closed just now, because its time was over
            messages.info(request, str(TimeIsOver()))
            found.refresh_from_db()
        return _result(request, found)
    sheet = services.sheet_of(found)
    return render(
        request,
        "assessments/attempt.html",
        {
            "attempt": found,
            "questions": papers.questions(found, sheet),
            "answered": len(sheet.answers),
            "head": sheet.head,
            "token": uuid4(),
            "seconds_left": papers.seconds_left(found, at=now),
        },
    )


def _result(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    sitting = access.sitting_for(person, attempt.quiz)
    try:
        services.next_attempt(attempt.quiz, person, attempt.scope, at=timezone.now())
        may_retry, refusal = True, None
    except DomainError as error:
        may_retry, refusal = False, error
    # While a later attempt is open the items of this one may be asked there again.
    under_way = Attempt.objects.filter(quiz=attempt.quiz, person=person, scope=attempt.scope).open().exists()
    is_last = isinstance(refusal, NoAttemptLeft) and not under_way
    grade = attempt.grades.order_by("-version")[0]
    return render(
        request,
        "assessments/result.html",
        {
            "attempt": attempt,
            "sitting": sitting,
            "result": papers.result(
                attempt, grade, objectives=sitting.objectives, is_last=is_last or sitting.is_passed
            ),
            "may_retry": may_retry and not sitting.is_passed,
            "refusal": None if sitting.is_passed else refusal,
            "late": attempt.steps.filter(verdict=AttemptStep.Verdict.LATE).count(),
        },
    )


def _save_form(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Take the answers of the plain form. What was changed elsewhere since the page was made is not overwritten."""
    token, base = _token(request), _number(request.POST.get("base"))
    before = services.sheet_of(attempt)
    sent = []
    for place in range(len(attempt.paper["items"])):
        value, flag = request.POST.getlist(f"item-{place}"), f"flag-{place}" in request.POST
        if f"had-{place}" not in request.POST:
            continue
        # Only what the person changed on this page: what it showed when it was made is sent back with it.
        had = request.POST[f"had-{place}"].split()
        changes: list[tuple[str, list[str]]] = []
        if sorted(value) != sorted(had) and value != before.answers.get(place, []):
            changes.append((AttemptStep.Kind.ANSWER if value else AttemptStep.Kind.CLEAR, value))
        if flag != (f"had-flag-{place}" in request.POST) and flag != (place in before.flags):
            changes.append((AttemptStep.Kind.FLAG if flag else AttemptStep.Kind.UNFLAG, []))
        for kind, chosen in changes:
            name = f"{before.head}/{place}/{kind}/{','.join(chosen)}"
            sent.append(services.Sent(uuid5(token, name), kind, place, chosen, str(token), before.head + 1, base))
    outcomes = services.record_steps(attempt, sent, at=timezone.now()) if sent else []
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
    if request.POST.get("action") == "finish":
        return redirect("assessments:submit", attempt.public_id)
    messages.success(request, _("Your answers are saved on the server."))
    return redirect(attempt)


def _token(request: HttpRequest) -> UUID:
    """The form's own id, from which the ids of its steps follow: a second tap sends the same steps."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


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
    recorded = services.record_batch(found, sent, at=now)
    return JsonResponse(
        {
            "steps": [{"id": str(o.id), "verdict": o.verdict, "seq": o.seq} for o in recorded.outcomes],
            "head": recorded.seen,
            "seconds_left": papers.seconds_left(found, at=now),
            "is_open": found.is_open,
        }
    )


def _sent(one: dict[str, Any]) -> services.Sent:
    """A step from JSON. Raises ValueError, KeyError, TypeError or AttributeError where it is not shaped like one."""
    place, client_seq, base_seq = one["place"], one["client_seq"], one["base_seq"]
    value = one.get("value", [])
    numbers = (place, client_seq, base_seq)
    if any(type(n) is not int or not 0 <= n < 2**31 for n in numbers) or place > 10_000:
        raise ValueError("not a number in range")
    if not isinstance(value, list) or len(value) > 50 or not all(isinstance(v, str) and len(v) <= 20 for v in value):
        raise ValueError("not a list of option ids")
    device = str(UUID(one["device"]))
    return services.Sent(UUID(one["id"]), str(one["kind"]), place, value, device, client_seq, base_seq)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is still unanswered, and the last word; POST hands in."""
    found = access.attempt_for(request.user, public_id)  # type: ignore[arg-type]
    if request.method == "POST":
        if not found.is_open:
            messages.info(request, _("You handed this in already. Nothing was changed; here is your result."))
            return redirect(found)
        at = timezone.now()
        if found.closes_at and at > found.closes_at + services.GRACE:
            messages.info(request, str(TimeIsOver()))
        services.submit_attempt(found, at=at, device="form")
        return redirect(found)
    if services.close_if_over(found, at=timezone.now()) is None:
        return redirect(found)
    sheet = services.sheet_of(found)
    shown = papers.questions(found, sheet)
    return render(
        request,
        "assessments/submit.html",
        {
            "attempt": found,
            "unanswered": [q for q in shown if not q["is_answered"]],
            "flagged": [q for q in shown if q["is_flagged"]],
            "answered": len(sheet.answers),
            "total": len(shown),
            "seconds_left": papers.seconds_left(found, at=timezone.now()),
        },
    )
