"""The scripts and styles of a set of libraries, each as one file: a weak line pays for every request."""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from content.models import H5PLibrary
from content.packages import storing

_URL: Final = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<address>[^"')]+)(?P=quote)\s*\)""")
_REMOTE: Final = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/|#)", re.IGNORECASE)
KINDS: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


def key_of(libraries: Sequence[H5PLibrary]) -> str:
    """The name of the bundle of libraries in their order of play."""
    return hashlib.sha256("\n".join(library.tree.sha256 for library in libraries).encode()).hexdigest()


def make(libraries: Sequence[H5PLibrary]) -> tuple[str, int]:
    """Write the bundle of libraries. Returns its name and how many bytes a phone loads of it."""
    key, weight = key_of(libraries), 0
    for kind in KINDS:
        data = gzip.compress("\n".join(_parts(libraries, kind)).encode(), 9, mtime=0)
        weight += len(data)
        storing.put(storing.bundle_place(key, kind), ContentFile(data))
    return key, weight


def read(key: str, kind: str) -> bytes | None:
    """A bundle, compressed; None where there is none."""
    storage = storages["packages"]
    place = storing.bundle_place(key, kind)
    if not storage.exists(place):
        return None
    with storage.open(place) as file:
        data: bytes = file.read()
    return data


def _parts(libraries: Iterable[H5PLibrary], kind: str) -> Iterable[str]:
    for library in libraries:
        files = dict(library.tree.files.values_list("path", "sha256"))
        for path in library.facts[kind]:
            text = storing.read(files[path]).decode("utf-8", "replace").lstrip("\ufeff")
            yield f"/* {library} {path} */"
            # A script that ends without its semicolon must not swallow the next one.
            yield f"{text}\n;" if kind == "js" else rewritten(text, path, library.tree.sha256, files)


def rewritten(style: str, path: str, tree: str, files: Mapping[str, str]) -> str:
    """A style whose addresses hold wherever it stands. path: of the style in its library; what is not there stays as it is."""

    def address(match: re.Match[str]) -> str:
        said = match["address"].strip()
        if _REMOTE.match(said):
            return match[0]
        name, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", said, re.DOTALL).groups()  # type: ignore[union-attr]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        return f'url("/package/library/{tree}/{target}{mark}{rest}")' if target in files else match[0]

    return _URL.sub(address, re.sub(r"@charset[^;]*;|@import[^;]*;", "", style))
