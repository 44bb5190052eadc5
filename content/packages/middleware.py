"""Keeps what packages see apart from what people see."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from content.packages import origins


class PackageOriginMiddleware:
    """A package's host gives out packages and static files only, the site's host none; and neither a package nor what asks
    for it has a session: cookies of such requests are not read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_package = request.path_info.startswith(origins.PLACE)
        if origins.is_apart() and is_package != origins.is_package_host(request.get_host()):
            return HttpResponse(status=404)
        if is_package:
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
