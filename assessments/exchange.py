"""Items that leave as a file and come back, for those who write them."""

from collections import Counter
from collections.abc import Mapping
from typing import BinaryIO, Final, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Locale

from assessments import access, errors, formats, kinds, taking_in
from assessments.models import Item, ItemImport
from core.errors import DomainError
from core.forms import CodeField, IntegerField
from core.templatetags.burmese import digits

OUTCOMES: Final = {
    "new": _("will be added as a draft"),
    "changed": _("will be a new draft of the item"),
    "same": _("is there already"),
    "refused": _("cannot be taken"),
}


class DefaultsForm(forms.Form):
    """What new items get where the file says nothing."""

    objective = CodeField(label=_("Objective"), max_length=10, required=False)
    competency = CodeField(label=_("Competency"), max_length=6, required=False)
    bloom = forms.ChoiceField(label=_("Level"), choices=[("", "–"), *Item.Bloom.choices], required=False)
    difficulty = IntegerField(label=_("Difficulty, 1 to 5"), min_value=1, max_value=5, required=False)
    use = forms.ChoiceField(label=_("Use"), choices=[("", "–"), *Item.Use.choices], required=False)


def _locale(asked: Mapping[str, str]) -> Locale:
    return get_object_or_404(Locale, language_code=asked.get("language") or "en")


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """Take in a file of items, or take items out. Nothing is stored as an item before it was looked at."""
    viewer = access.item_editor_or_404(request.user)
    form, refusal = DefaultsForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        locale, upload = _locale(request.POST), request.FILES.get("file")
        try:
            if upload is None:
                raise errors.ExchangeFileNeeded
            name = (upload.name or "")[:200]
            drafts, notes = formats.read_file(cast(BinaryIO, upload), name, locale.language_code)
        except DomainError as error:
            refusal = str(error)
        else:
            came = ItemImport.objects.create(
                locale=locale,
                name=name,
                drafts=[draft.as_json() for draft in drafts],
                notes=[[note.what, note.why, note.places] for note in notes],
                defaults=form.cleaned_data,
                made_by=viewer,
            )
            return redirect("assessments:arrival", came.public_id)
    chosen = request.POST.get("language") or "en"
    return render(
        request,
        "assessments/exchange/exchange.html",
        {
            "form": form,
            "refusal": refusal,
            "chosen": chosen,
            "locales": Locale.objects.all(),
            "kinds": kinds.choices(),
            "uses": Item.Use.choices,
            "formats": formats.FORMATS,
        },
    )


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The items that the filters leave, as a file. What the format cannot carry is listed first."""
    access.item_editor_or_404(request.user)
    name = request.GET.get("format", "")
    if name not in formats.FORMATS:
        raise Http404
    drafts = [taking_in.draft_of(item) for item in _chosen(request.GET)]
    if not drafts:
        messages.info(request, _("No item fits these filters. Change them and try again."))
        return redirect("assessments:exchange")
    data, notes = formats.write(name, drafts)
    if notes and not request.GET.get("anyway"):
        return render(
            request,
            "assessments/exchange/lost.html",
            {"notes": notes, "format": formats.FORMATS[name], "asked": request.GET.items()},
        )
    form = formats.FORMATS[name]
    response = HttpResponse(data, content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="items-{timezone.localdate():%Y%m%d}.{form.ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _chosen(asked: Mapping[str, str]) -> list[Item]:
    """The items of one language that fit, as they were last saved, or as they are published."""
    found = (
        Item.objects.filter(locale=_locale(asked)).select_related("locale", "latest_revision").order_by("code", "pk")
    )
    for name in ("kind", "use"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("objective"):
        found = found.filter(objective__startswith=asked["objective"].strip())
    if words := asked.get("q", "").strip():
        found = found.filter(Q(code__icontains=words) | Q(stem__icontains=words))
    if asked.get("which") == "live":
        return list(found.filter(live=True))
    return [item.latest_revision.as_object() if item.latest_revision else item for item in found]


@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a file would do, item by item; then, on the editor's word, do it."""
    viewer = access.item_editor_or_404(request.user)
    came = get_object_or_404(ItemImport.objects.select_related("locale"), public_id=public_id, made_by=viewer)
    if request.method == "POST":
        try:
            counts = taking_in.store(came, whole=request.POST.get("how") != "each", by=viewer, at=timezone.now())
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("assessments:arrival", came.public_id)
        if counts:
            stored = counts["new"] + counts["changed"]
            messages.success(request, ngettext("%(n)s item is stored as a draft. Read it, then publish it.", "%(n)s items are stored as drafts. Read them, then publish them.", stored) % {"n": digits(stored)})  # fmt: skip
        return redirect("assessments:arrival", came.public_id)
    found = [] if came.applied_at else taking_in.arrivals(came.read_drafts(), came.locale, came.defaults)
    counts = Counter(one.outcome for one in found)
    places = {
        code: edit_url(pk)
        for code, pk in Item.objects.filter(
            locale=came.locale, code__in={code for one in found for code, _share in one.alike}
        ).values_list("code", "pk")
    }
    return render(
        request,
        "assessments/exchange/arrival.html",
        {
            "came": came,
            "notes": came.read_notes(),
            "counts": [(label, counts[name]) for name, label in OUTCOMES.items() if counts[name]],
            "rows": [
                (one, OUTCOMES[one.outcome], _alike(one, places)) for one in found if one.outcome != "same" or one.alike
            ],
            "will_store": counts["new"] + counts["changed"],
            "refused": counts["refused"],
        },
    )


def _alike(one: taking_in.Arrived, places: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Codes of almost the same questions, where each is edited ("" for one of the same file), and likeness in per cent."""
    return [(code, places.get(code, ""), int(share * 100)) for code, share in one.alike[:5]]


def edit_url(pk: int) -> str:
    """Where an item is edited."""
    return reverse("wagtailsnippets_assessments_item:edit", args=[pk])
