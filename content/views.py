"""The glossary and the law library. Pages have their place in Wagtail's tree."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.facts import library
from content.glossary import by_initial, entries
from myanmar.encoding import to_unicode
from myanmar.text import clean_text


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term, or those that hold `q`, under their letters. A term has its place at #code."""
    query = clean_text(to_unicode(request.GET.get("q", "")[:100]))
    groups = by_initial(entries(get_language() or "my", query=query))
    return render(request, "content/glossary.html", {"query": query, "groups": groups})


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """The law library: provisions, bodies and numbers. An entry has its place at #code; nobody reads what nobody confirmed."""
    kinds = library(get_language() or "my", on=timezone.localdate())
    return render(request, "content/law.html", {"kinds": kinds})
