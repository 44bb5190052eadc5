"""The glossary. Pages have their place in Wagtail's tree."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from content.glossary import by_initial, entries
from myanmar.encoding import to_unicode
from myanmar.text import clean_text


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term, or those that hold `q`, under their letters. A term has its place at #code."""
    query = clean_text(to_unicode(request.GET.get("q", "")[:100]))
    groups = by_initial(entries(get_language() or "my", query=query))
    return render(request, "content/glossary.html", {"query": query, "groups": groups})
