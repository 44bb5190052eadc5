"""One's own data, to take away: a ZIP of JSON, one file per kind of record, and a page to read."""

import io
import json
import zipfile

from allauth.account.decorators import reauthentication_required
from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core import audit, personal
from people.audit import DATA_EXPORTED
from people.models import Person


def archive(person: Person) -> bytes:
    """The ZIP. index.html is in the language that is active."""
    found, kinds = personal.export(person), []
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for model, rows in found.items():
            kind, name = personal.KINDS[model.lower()], f"{model.lower()}.json"
            body = {"model": model, "purpose": kind.purpose, "kept": kind.keep, "rows": rows}
            file.writestr(name, json.dumps(body, ensure_ascii=False, indent=2, default=str))
            label = _label(model)
            columns = list(rows[0])
            cells = [[row.get(column, "") for column in columns] for row in rows]
            kinds.append({"label": label, "file": name, "columns": columns, "rows": cells})
        page = loader.render_to_string(
            "records/data_index.html", {"person": person, "kinds": kinds, "at": timezone.now()}
        )
        file.writestr("index.html", page)
    return out.getvalue()


def _label(model: str) -> str:
    found: type[models.Model] = apps.get_model(model)
    return str(found._meta.verbose_name_plural)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """What it holds, and on POST the archive."""
    person: Person = request.user  # type: ignore[assignment]
    if request.method == "POST":
        body = archive(person)
        audit.record(DATA_EXPORTED, by=person, people=[person])
        response = HttpResponse(body, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate():%Y-%m-%d}.zip"'
        response["Cache-Control"] = "no-store"
        return response
    return render(request, "records/own_data.html")
