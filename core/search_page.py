"""The page on which signed-in people search."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core import ratelimit
from core.finding import find, finders
from core.views import too_many_requests
from myanmar.search import LONGEST_QUERY, Query

FEW, MANY = 5, 20  # of each kind on the first page; on a page of one kind
SEARCHES_A_MINUTE = 40


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the viewer finds for `q`: some of each kind, or with `kind` all of one; what sounds alike where nothing is."""
    query = Query(request.GET.get("q", "")[: 2 * LONGEST_QUERY])
    context: dict[str, Any] = {"query": query, "longest": LONGEST_QUERY, "searched": bool(query)}
    if query:
        if not ratelimit.allow("search", str(request.user.pk), limit=SEARCHES_A_MINUTE, seconds=60):
            return too_many_requests(request)
        kind = next((one.kind for one in finders() if one.kind == request.GET.get("kind")), "")
        found = find(request.user, query, get_language() or "my", [kind] if kind else [])
        similar = not any(one.hits for one in found)
        groups = [(one.finder, one.similar if similar else one.hits) for one in found]
        groups = [(finder, hits) for finder, hits in groups if hits]
        page = Paginator(groups[0][1], MANY).get_page(request.GET.get("page")) if kind and groups else None
        context |= {
            "kind": kind,
            "similar": similar,
            "page": page,
            "groups": [(finder, page if page else hits[:FEW], len(hits)) for finder, hits in groups],
        }
    return render(request, "core/search.html", context)
