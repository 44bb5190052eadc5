"""What a package's host gives out: the player, the package's files, its libraries. Nothing here knows who asks."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any, Final

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_http_methods

from content.models import H5PLibrary, Package, PackageVersion, TreeFile
from content.packages import bundling, registry, storing
from content.packages.h5p.words import WORDS
from content.packages.origins import framers, iri_of, origin_of
from content.packages.scorm.files import EXTENSIONS, PAGES, extension
from content.packages.tickets import version_of
from core.public import public

# By its ending and never by its content; anything else is a file to save.
TYPES: Final[dict[str, str]] = {
    **EXTENSIONS,
    "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "md": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8", "webvtt": "text/vtt; charset=utf-8", "srt": "text/plain; charset=utf-8",
    "tif": "image/tiff", "tiff": "image/tiff", "glb": "model/gltf-binary", "gltf": "model/gltf+json",
}  # fmt: skip
PACKED_TYPES: Final = ("text/", "application/json", "image/svg")  # what is worth compressing
FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
FOR_GOOD: Final = "public, max-age=31536000, immutable"
CHUNK: Final = 2**18
MOST_STATE: Final = 128_000  # bytes of what a part of a SCORM package keeps; 64,000 letters of it are its own
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")

serves = require_http_methods(["GET", "HEAD", "OPTIONS"])


def h5p_policy(version: PackageVersion) -> str:
    """What an H5P player may do: load from its own host, and nothing else. Its origin is none (`sandbox`)."""
    here = origin_of(version)
    legacy = " 'unsafe-eval'" if registry.is_legacy(version) else ""
    return (
        f"default-src 'none'; script-src {here}{legacy}; style-src {here} 'unsafe-inline'; img-src {here} data: blob:; "
        f"media-src {here} data: blob:; font-src {here} data:; connect-src {here}; frame-src 'none'; worker-src 'none'; object-src 'none'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {' '.join(framers())}; sandbox allow-scripts"
    )


def scorm_policy(version: PackageVersion) -> str:
    """What the pages of a SCORM package may do: everything within their own host, which holds nothing else."""
    here = origin_of(version)
    return (
        f"default-src {here} data: blob: 'unsafe-inline' 'unsafe-eval'; frame-src {here}; worker-src 'none'; object-src 'none'; "
        f"base-uri {here}; form-action {here}; frame-ancestors {here} {' '.join(framers())}; sandbox allow-scripts allow-same-origin allow-forms allow-modals"
    )


def _guarded(response: HttpResponseBase, policy: str) -> HttpResponseBase:
    response["Content-Security-Policy"] = policy
    response["Access-Control-Allow-Origin"] = (
        "*"  # asked from an origin that is none; nothing here is secret to a ticket
    )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _preflight() -> HttpResponseBase:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Headers"] = "*"
    return _guarded(response, FILE_POLICY)


@public
@xframe_options_exempt
@serves
def play(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The player of a version, to be shown in a frame of a lesson and nowhere else."""
    if request.headers.get("Sec-Fetch-Dest", "iframe") not in ("iframe", "frame"):
        raise Http404
    version, is_preview = version_of(ticket)
    version = registry.with_states(PackageVersion.objects.filter(pk=version.pk)).get()
    if not (is_preview or registry.status_of(version) == "ready"):
        raise Http404
    if version.package.kind == Package.Kind.H5P:
        response = render(request, "content/packages/h5p.html", _h5p(version, ticket))
        policy = h5p_policy(version)
    else:
        response = render(request, "content/packages/scorm.html", _scorm(version, ticket))
        policy = scorm_policy(version)
    response["Cache-Control"] = "no-store"
    return _guarded(response, policy)


def _h5p(version: PackageVersion, ticket: str) -> dict[str, Any]:
    """What H5P's core asks of the page that it runs in. The state to go on from comes with the bridge."""
    base = f"{origin_of(version)}/package/{ticket}"
    hidden = dict.fromkeys(("frame", "export", "embed", "copyright", "icon"), False)
    content = {
        "library": version.facts["main"],
        "jsonContent": json.dumps(version.params, ensure_ascii=False),
        "fullScreen": "0",
        "url": iri_of(version),
        "contentUrl": f"{base}/file",
        "displayOptions": hidden,
        "metadata": {"title": version.package.title, "license": "U"},
        "contentUserData": [{"state": "{}"}],
        "resizeCode": "",
        "scripts": [],
        "styles": [],
    }
    facts = {
        "baseUrl": origin_of(version),
        "url": base,
        "urlLibraries": f"{base}/library",
        "postUserStatistics": False,
        "saveFreq": 1,
        "fullscreenDisabled": 1,
        "ajax": {"setFinished": "h5p-bridge:finished", "contentUserData": "h5p-bridge:state/:dataType/:subContentId"},
        "user": {"name": "learner", "mail": "learner@invalid.example"},
        "siteUrl": origin_of(version),
        "l10n": {"H5P": {name: str(words) for name, words in WORDS.items()}},
        "core": {"scripts": [], "styles": []},
        "loadedJs": [],
        "loadedCss": [],
        "contents": {"cid-1": content},
    }
    return {"facts": facts, "bundle": version.bundle, "version": version}


def _scorm(version: PackageVersion, ticket: str) -> dict[str, Any]:
    """What the page around the parts of a SCORM package needs. The learner has no name there."""
    standard = version.facts["scorm"]["standard"]
    facts = version.facts["scorm"] | {
        "library": static(f"scorm/scorm{standard.replace('.', '')}.js"),
        "learner": {"id": "learner", "name": "learner"},
        "most_state": MOST_STATE,
    }
    return {"facts": facts, "title": version.package.title, "root": reverse("packages:file", args=[ticket, "-"])[:-1]}


@public
@xframe_options_exempt
@serves
def file(request: HttpRequest, ticket: str, path: str) -> HttpResponseBase:
    """A file of the package itself."""
    if request.method == "OPTIONS":
        return _preflight()
    version, _is_preview = version_of(ticket)
    found = get_object_or_404(TreeFile, tree=version.tree_id, path=path)
    is_page = version.package.kind == Package.Kind.SCORM and extension(path) in PAGES
    response = _sent(request, found, _type_of(path, is_page=is_page))
    if is_page:
        return _guarded(response, scorm_policy(version))
    response["Cache-Control"] = "private, max-age=3600"
    return _guarded(response, FILE_POLICY)


@public
@serves
def library_file(request: HttpRequest, tree: str, path: str) -> HttpResponseBase:
    """A file of a library, for good: the address names its hash."""
    if request.method == "OPTIONS":
        return _preflight()
    usable = H5PLibrary.objects.exclude(status=H5PLibrary.Status.BLOCKED)
    found = get_object_or_404(TreeFile, tree__sha256=tree, tree__library__in=usable, path=path)
    response = _sent(request, found, _type_of(path))
    response["Cache-Control"] = FOR_GOOD
    return _guarded(response, FILE_POLICY)


@public
@serves
def version_library_file(request: HttpRequest, ticket: str, name: str, path: str) -> HttpResponseBase:
    """A file of the library that a version plays with under a name, such as "H5P.MultiChoice-1.16"."""
    if request.method == "OPTIONS":
        return _preflight()
    version, _is_preview = version_of(ticket)
    machine, _hyphen, numbers = name.rpartition("-")
    major, _dot, minor = numbers.partition(".")
    if not (major.isdecimal() and minor.isdecimal()):
        raise Http404
    used = version.libraries.filter(library__machine=machine, library__major=int(major), library__minor=int(minor))
    found = get_object_or_404(TreeFile, tree__in=used.values("library__tree"), path=path)
    return _guarded(_sent(request, found, _type_of(path)), FILE_POLICY)


@public
@serves
def bundle(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """The scripts or styles of a set of libraries, compressed since it was made."""
    if request.method == "OPTIONS":
        return _preflight()
    data = bundling.read(key, kind) if kind in bundling.KINDS and _HASH.fullmatch(key) else None
    if data is None:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(data if packed else gzip.decompress(data), content_type=bundling.KINDS[kind])
    # Named in either case: what is said to be encoded is not compressed again.
    response["Content-Encoding"] = "gzip" if packed else "identity"
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = FOR_GOOD
    return _guarded(response, FILE_POLICY)


def _type_of(path: str, *, is_page: bool = False) -> str | None:
    """The media type by the ending; pages are such only within SCORM."""
    ending = extension(path)
    return TYPES.get(ending) if is_page or ending not in PAGES - {"svg"} else None


def _sent(request: HttpRequest, found: TreeFile, kind: str | None) -> HttpResponseBase:
    """A stored file, or the part that was asked for: a video is wound forward on a weak line."""
    first, last, status = 0, found.size - 1, 200
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and any(asked.groups()):
        if asked[1]:
            first, last = int(asked[1]), min(int(asked[2] or last), last)
        else:
            first = max(0, found.size - int(asked[2]))
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
        status = 206
    response = StreamingHttpResponse(
        _chunks(found.sha256, first, last - first + 1),
        content_type=kind or "application/octet-stream",
        status=status,
    )
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    if status == 206 or not (kind or "").startswith(PACKED_TYPES):
        response["Content-Encoding"] = (
            "identity"  # so that it is not compressed on its way: a part would be none any more
        )
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{found.size}"
    if kind is None:
        response["Content-Disposition"] = "attachment"
    return response


def _chunks(sha256: str, first: int, left: int) -> Iterator[bytes]:
    with storages["packages"].open(storing.place_of(sha256)) as opened:
        opened.seek(first)
        while left > 0 and (data := opened.read(min(CHUNK, left))):
            left -= len(data)
            yield data


def player_url(version: PackageVersion, ticket: str) -> str:
    """The address of the player, for a frame."""
    return origin_of(version) + reverse("packages:play", args=[ticket])
