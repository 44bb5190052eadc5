"""Marking what people wrote or sent, and the pictures that belong to answers. A marker is not told whose answer it is."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access, marking, pictures
from assessments.errors import NotAMarking
from assessments.models import AnswerPicture, AnswerToMark
from assessments.sheets import sheet_of
from core.errors import DomainError
from core.languages import Spoken
from core.templatetags.burmese import digits
from people.models import Person


@require_safe
def piles(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, question by question, and how far markers agree."""
    viewer = access.marker_or_404(request.user)
    rows = []
    for pile in marking.piles(viewer):
        texts = pile.version.text_in(get_language() or "my")
        rows.append((pile, Spoken(texts["stem"], texts["language"])))
    return render(request, "assessments/marking/piles.html", {"rows": rows, "agreements": marking.agreements()})


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One answer beside its rubric; POST marks it and goes on to the next one of the same question."""
    viewer = access.marker_or_404(request.user)
    answer = marking.queue(viewer).filter(public_id=public_id).first()
    if answer is None:
        return _gone(request, viewer, public_id)
    kind, key = marking.rubric_of(answer.version), answer.version.key
    levels = {one["id"]: request.POST.get(f"level-{one['id']}", "") for one in key["criteria"]}
    comment = request.POST.get("comment", "")[:2000]
    if request.method == "POST":
        try:
            marking.mark(answer, levels, comment=comment, by=viewer, at=timezone.now())
        except NotAMarking as error:
            messages.error(request, str(error))
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("assessments:marking")
        else:
            messages.success(request, _("Your mark is stored."))
            following = marking.queue(viewer).filter(version__item_key=answer.version.item_key).first()
            return redirect(following or "assessments:marking")
    texts = answer.version.text_in(get_language() or "my")
    context = {
        "answer": answer,
        "texts": texts,
        "rubric": kind.rubric(key, texts, levels),
        "given": kind.given(sheet_of(answer.attempt).answers.get(answer.place, [])),
        "comment": comment,
        "is_third": answer.given == 2,  # type: ignore[attr-defined]
    }
    return render(request, "assessments/marking/mark.html", context)


def _gone(request: HttpRequest, viewer: Person, public_id: UUID) -> HttpResponse:
    """An answer that was theirs to mark and is not any more: they are told so. Others learn nothing."""
    if not AnswerToMark.objects.filter(public_id=public_id, marks__marked_by=viewer).exists():
        raise Http404
    messages.info(request, _("You have marked this answer already."))
    return redirect("assessments:marking")


@require_safe
def picture(request: HttpRequest, public_id: UUID) -> FileResponse:
    """A picture, for who sent it and for who marks it."""
    viewer: Person = request.user  # type: ignore[assignment]
    found = get_object_or_404(AnswerPicture.objects.select_related("attempt"), public_id=public_id)
    if found.attempt.person_id != viewer.pk:
        answer = {"attempt": found.attempt_id, "place": found.place}
        marked = AnswerToMark.objects.filter(marks__marked_by=viewer, **answer)
        if not marking.queue(viewer).filter(**answer).exists() and not marked.exists():
            raise Http404
    response = FileResponse(found.file.open(), content_type="image/webp")
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
def add_pictures(request: HttpRequest, public_id: UUID, place: int) -> JsonResponse:
    """Take a photo or PDF from the page's script: {"pictures": [{id, url}], "head": the newest step}, or {"error": what to do} with status 400."""
    found = access.attempt_for(request.user, public_id)  # type: ignore[arg-type]
    try:
        added = pictures.add_pictures(found, place, request.FILES.get("file"), at=timezone.now())
    except DomainError as error:
        return JsonResponse({"error": digits(str(error))}, status=400)
    shown = [{"id": str(one.public_id), "url": one.get_absolute_url()} for one in added]
    return JsonResponse({"pictures": shown, "head": sheet_of(found).head})
