"""The office takes tables out."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from core.exporting import ELSEWHERE, EXPORTS, Export
from core.forms import CleanCharField, RecordField
from people.access import may_or_404, visible_units
from people.exchange.exports import FORMATS, take_out
from people.models import Person

VERB = "people.export"


class TakeOutForm(forms.Form):
    """Of whom, as what, and what for."""

    def __init__(self, viewer: Person, export: Export, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = RecordField(
            visible_units(viewer, VERB).order_by("agency", "code"),
            label=_("Within"),
            required=False,
            to_field_name="code",
            empty_label=str(_("Everything that you may take out")),
        )
        self.fields["format"] = forms.ChoiceField(
            label=_("Format"), choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("CSV for other programs"))]
        )
        if export.is_personal:
            self.fields["reason"] = CleanCharField(
                label=_("What is it needed for?"),
                max_length=200,
                help_text=_("Kept in the audit trail. The people in the table see that it was taken out."),
            )


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken out."""
    viewer = may_or_404(request.user, VERB)
    elsewhere = [one for one in ELSEWHERE if viewer.may(one.verb)]
    return render(request, "people/exchange/exports.html", {"exports": list(EXPORTS.values()), "elsewhere": elsewhere})


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Take one table out. For a personal one, who one is has to be proven within the last minutes."""
    viewer = may_or_404(request.user, VERB)
    if code not in EXPORTS:
        raise Http404
    found = EXPORTS[code]
    answer = reauthentication_required(_export) if found.is_personal else _export
    response: HttpResponse = answer(request, viewer, found)
    return response


def _export(request: HttpRequest, viewer: Person, found: Export) -> HttpResponse:
    form = TakeOutForm(viewer, found, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "people/exchange/export.html", {"export": found, "form": form})
    said = form.cleaned_data
    data, _rows = take_out(found, said["format"], by=viewer, reason=said.get("reason", ""), unit=said["unit"])
    name = f"{found.code}-{timezone.localdate():%Y%m%d}.{said['format']}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=FORMATS[said["format"]][1], headers=headers)
