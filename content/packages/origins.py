"""Where packages play: hosts apart from the site's own, without cookies, one for each version where names allow it."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

from content.models import PackageVersion

PLACE: Final = "/package/"  # everything that is given out on such a host


def has_own_hosts() -> bool:
    """Whether each version has a host of its own: what is in it may then be of one origin, as SCORM needs."""
    return "*" in settings.PACKAGE_ORIGIN


def origin_of(version: PackageVersion) -> str:
    """The origin at which a version plays."""
    return str(settings.PACKAGE_ORIGIN).replace("*", f"p{version.public_id.hex[:16]}")


def is_apart() -> bool:
    """Whether packages have other hosts than the site."""
    return bool(settings.PACKAGE_ORIGIN != settings.SITE_URL)


def is_package_host(host: str) -> bool:
    """Whether a request's host (with its port) is one of those."""
    ours = urlsplit(settings.PACKAGE_ORIGIN).netloc
    if not ours.startswith("*"):
        return host == ours
    label, dot, rest = host.partition(".")
    return bool(label and dot) and rest == ours.removeprefix("*.")


def framers() -> list[str]:
    """The origins whose pages may show a package."""
    site: str = settings.SITE_URL
    # On this machine the site is one at both of its names.
    return [site, site.replace("//127.0.0.1", "//localhost", 1)] if "//127.0.0.1" in site else [site]


def frame_packages(response: HttpResponse) -> HttpResponse:
    """Let a page show packages in frames, and nothing else: a package cannot lead its frame anywhere."""
    response._csp_update = {"frame-src": [settings.PACKAGE_ORIGIN]}  # type: ignore[attr-defined]  # what django-csp reads
    return response


def iri_of(version: PackageVersion) -> str:
    """The name of an activity in statements: the same for every version, reader and address."""
    return f"{settings.SITE_URL}/xapi/package/{version.package.public_id}"
