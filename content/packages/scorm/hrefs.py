"""Links of a manifest: which file of the archive one means, or that it leads elsewhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from content.packages.refusals import PackageRefused

MOST_LETTERS: Final = 2000
# Signs that may stand in a query or fragment as they are; all others are percent-encoded.
SAFE_BEHIND: Final = "%/?:@!$&'()*+,;=-._~[]"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads. path: in the package, "" when elsewhere; behind: "?query#fragment", encoded."""

    path: str = ""
    behind: str = ""
    is_remote: bool = False
    is_found: bool = False
    is_other_case: bool = False

    @property
    def href(self) -> str:
        """The link from the root of the package, percent-encoded."""
        return quote(self.path, safe="/-._~!$&'()*+,;=@") + self.behind


@dataclass(slots=True)
class Files:
    """The paths of a package, looked up as a link writes them. paths: from its root, as in the archive."""

    paths: frozenset[str]
    _by_case: dict[str, str] = field(init=False)

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = frozenset(paths)
        self._by_case = {path.casefold(): path for path in sorted(self.paths)}

    def target(self, href: str, *, base: str = "") -> Target:
        """What `href` means where xml:base gives the folders `base`.

        Raises PackageRefused for one that leaves the package, runs a script or cannot be written as a path.
        """
        href = href.strip().replace("\\", "/")
        if len(href) > MOST_LETTERS or re.search(r"[\x00-\x1f\x7f]", href):
            raise PackageRefused("scorm_link_odd", href[:200])
        if is_remote(href) or is_remote(base):
            return Target(is_remote=True)
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href) or href.startswith("/"):
            raise PackageRefused("scorm_link_outside", href[:200])
        parts = urlsplit(href)
        behind = (f"?{quote(parts.query, SAFE_BEHIND)}" if parts.query else "") + (
            f"#{quote(parts.fragment, SAFE_BEHIND)}" if parts.fragment else ""
        )
        # A file may itself be called "a%20b.html": the name as it is written is tried before the decoded one.
        for written in (parts.path, unquote(parts.path)):
            path = _joined(base, written, href)
            if path in self.paths:
                return Target(path, behind, is_found=True)
            if (found := self._by_case.get(path.casefold())) is not None:
                return Target(found, behind, is_found=True, is_other_case=True)
        return Target(path, behind)


def is_remote(href: str) -> bool:
    """It lies on a server."""
    return bool(re.match(r"(?:https?:|ftp:)?//", href.strip().replace("\\", "/"), re.I))


def joined_base(outer: str, inner: str) -> str:
    """The folders that an xml:base inside another gives. One on a server stays as it is."""
    inner = inner.strip().replace("\\", "/")
    return inner if is_remote(inner) or not outer else outer.rstrip("/") + "/" + inner


def with_parameters(href: str, parameters: str) -> str:
    """A link with what an item adds to it: "?a=b", "a=b" or "#c". Source: SCORM 2004 4th Edition CAM, 3.4.1.6."""
    parameters = re.sub(r"[\x00-\x20]+", "", parameters)[:1000].lstrip("?&")
    if not parameters:
        return href
    parameters = quote(parameters, SAFE_BEHIND + "#")
    if parameters.startswith("#"):
        return href if "#" in href else href + parameters
    page, mark, fragment = href.partition("#")
    return page + ("&" if "?" in page else "?") + parameters + mark + fragment


def _joined(base: str, path: str, shown: str) -> str:
    parts: list[str] = []
    for part in [*unquote(base).split("/"), *path.split("/")]:
        if part == "..":
            if not parts:
                raise PackageRefused("scorm_link_outside", shown[:200])
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    joined = "/".join(parts)
    if re.search(r"[\x00-\x1f\x7f\\]", joined):
        raise PackageRefused("scorm_link_odd", shown[:200])
    return joined
