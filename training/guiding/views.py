"""Guides for trainers: of a session, by the clock; on a screen for all; on paper; and to be read beforehand."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from content.guides import guides
from core.pdf import PdfUnavailable
from courses.catalogue import Catalogue, spoken
from training import access
from training.guiding.checklist import checklist, tick
from training.guiding.paper import guide_paper
from training.guiding.timetable import Planned, planned, slides
from training.models import TrainingSession
from training.sessions import attendance


def _planned(session: TrainingSession, known: Catalogue) -> list[Planned]:
    people = len(attendance.expected(session))
    return planned(session, known, guides(session.modules, known.language), people=people)


@require_http_methods(["GET", "HEAD", "POST"])
def guide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The guide of a session: its plan by the clock, and what has to be ready; POST keeps what was ticked."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id, to_hold=request.method == "POST")
    known = spoken()
    modules = _planned(session, known)
    checks = checklist(session, modules)
    if request.method == "POST":
        if session.is_cancelled:
            raise Http404
        # Only what was changed on this page: a co-trainer may have ticked other things meanwhile.
        shown, sent = set(request.POST.getlist("was")), set(request.POST.getlist("check"))
        keys = {one.key for one in checks}
        tick(session, keys & (sent - shown), off=keys & (shown - sent), by=viewer, at=timezone.now())
        messages.success(request, _("The list is saved."))
        return redirect("training:guide", session.public_id)
    ends_at = modules[-1].ends_at if modules else None
    context = {
        "session": session,
        "course": known.by_key.get(session.course_key),
        "modules": modules,
        "people": modules[0].people if modules else 0,
        "has_guide": any(one.guide for one in modules),
        "is_too_long": ends_at is not None and ends_at > session.ends_at,
        "ends_at": ends_at,
        "checks": checks,
        "ready": sum(one.tick is not None for one in checks),
        "can_hold": access.held_sessions(viewer).filter(pk=session.pk).exists() and not session.is_cancelled,
        "kept": kept_pages(session),
    }
    return render(request, "training/guiding/guide.html", context)


def kept_pages(session: TrainingSession) -> list[str]:
    """The pages by which a session is taught, as a device keeps them (training/sessions/worker.js)."""
    guide, present = (reverse(f"training:{name}", args=[session.public_id]) for name in ("guide", "present"))
    return [guide, present, f"{present}?notes=1"]


@require_safe
def present(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The slides of a session, one at a time, for a screen that all can see; with ?notes=1 for the trainer's own telephone.

    All slides are in the page, so that a device that keeps it can go through them without a line. Notes are in it only where
    they were asked for.
    """
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id)
    known = spoken()
    shown = slides(_planned(session, known))
    asked = request.GET.get("slide", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    context = {
        "session": session,
        "course": known.by_key.get(session.course_key),
        "slides": shown,
        "current": max(1, min(number, len(shown))),
        "notes": "notes" in request.GET,
        "kept": kept_pages(session),
    }
    return render(request, "training/guiding/present.html", context)


@require_safe
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The guide of a session as PDF, with the cards to cut out."""
    viewer = access.teacher_or_404(request.user)
    session = access.session_for(viewer, public_id)
    known = spoken()
    try:
        file = guide_paper(session, known.by_key.get(session.course_key), _planned(session, known), at=timezone.now())
    except PdfUnavailable as error:
        messages.error(request, str(error))
        return redirect("training:guide", session.public_id)
    name = f"guide-{session.course_code}-{timezone.localtime(session.starts_at):%Y-%m-%d}.pdf"
    return HttpResponse(
        file, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    """The guides that there are, by course and module."""
    access.teacher_or_404(request.user)
    known = spoken()
    found = guides([module.code for course in known.courses for module in course.modules], known.language)
    rows = [(course, [(module, found.get(module.code)) for module in course.modules]) for course in known.courses]
    return render(request, "training/guiding/list.html", {"rows": rows})


@require_safe
def module(request: HttpRequest, code: str) -> HttpResponse:
    """One guide, to be read beforehand."""
    access.teacher_or_404(request.user)
    known = spoken()
    found = guides([code], known.language).get(code)
    if found is None or code not in known.titles:
        raise Http404
    one = Planned(code, known.titles[code], found.minutes, found)
    return render(request, "training/guiding/reading.html", {"one": one})
