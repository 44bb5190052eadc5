"""What an H5P package holds, judged against the rules of the format; nothing is written, no database is asked.

The format: h5p.json, content/content.json, and one folder for each library that is sent along.
"""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.packages import strict_json
from content.packages.archive import Archive
from content.packages.h5p import params as authored
from content.packages.h5p.names import MACHINE, LibraryName
from content.packages.refusals import PackageRefused

CORE_API: Final = (1, 28)

IN_CONTENT: Final = frozenset({
    "json", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "eot", "ttf", "woff", "woff2", "otf", "webm",
    "mp4", "ogg", "mp3", "m4a", "wav", "txt", "pdf", "rtf", "csv", "md", "textile", "vtt", "webvtt", "gltf", "glb",
})  # fmt: skip
IN_LIBRARY: Final = IN_CONTENT | {"js", "css", "svg", "xml"}
# Lie in libraries that everybody uses (jQuery.ui brings patches), and no player asks for them: left out, not refused.
LEFT_OUT_OF_LIBRARY: Final = frozenset({
    "swf", "diff", "patch", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp",
})  # fmt: skip

MOST_SCRIPT: Final = 10 * 2**20
MOST_SCRIPTS: Final = 60 * 2**20  # all libraries together; 10 MB of everything is what the largest real package has
EVAL: Final = re.compile(r"\beval\s*\(|\bFunction\s*\(")
LEGACY_EVAL: Final = "EmbeddedJS"

WARNINGS: Final[dict[str, str | Promise]] = {
    "media_missing": _("The content shows “%(where)s”, which is not in the package. That place stays empty."),
    "media_external": _("“%(where)s” lies on the internet. It is blocked: learners do not see it."),
    "host_external": _("The content names the address “%(where)s” on the internet. Nothing is loaded from there."),
    "library_not_needed": _("The package brings the library %(where)s, which the content does not use."),
    "file_left_out": _("“%(where)s” is of a kind that is not served. The library goes without it."),
    "file_not_needed": _("The file “%(where)s” belongs to no part of the package. It was left out."),
}


@dataclass(frozen=True, order=True, slots=True)
class Warning:
    """Something to know about a package that is let in. code: of WARNINGS; where: the file, library or host."""

    code: str
    where: str

    def __str__(self) -> str:
        return str(WARNINGS[self.code]) % {"where": self.where}


@dataclass(frozen=True, slots=True)
class PackagedLibrary:
    """A library as a package brings it. Paths in js, css and files are below `folder`.

    core_api: the oldest core it runs with, None if it states none; dependencies, dynamic: loaded before it, or when
    content asks; editor: only for writing; hosts: named in its programs and styles; uses_eval: whether its programs
    make programs of texts.
    """

    name: LibraryName
    patch: int
    title: str
    licence: str
    core_api: tuple[int, int] | None
    runnable: bool
    js: tuple[str, ...]
    css: tuple[str, ...]
    dependencies: tuple[LibraryName, ...]
    dynamic: tuple[LibraryName, ...]
    editor: tuple[LibraryName, ...]
    folder: str
    files: tuple[str, ...]
    hosts: tuple[str, ...]
    uses_eval: bool

    @property
    def is_legacy_eval(self) -> bool:
        """Whether it is the one old library that content cannot be played with unless eval is allowed."""
        return self.name.machine == LEGACY_EVAL


@dataclass(frozen=True, slots=True)
class H5PContents:
    """A package whose files were read and judged; the files of content and libraries are still in the archive.

    licence: as stated, "" for none; needed: main first, then what h5p.json lists, then what content.json names, without
    libraries of the editor; params: content.json as it was sent, not cleaned; content_files: below content/.
    """

    title: str
    language: str
    licence: str
    main: LibraryName
    needed: tuple[LibraryName, ...]
    libraries: dict[LibraryName, PackagedLibrary]
    params: dict[str, Any]
    content_files: tuple[str, ...]
    hosts: tuple[str, ...]
    warnings: tuple[Warning, ...]


def read_h5p(archive: Archive) -> H5PContents:
    """The contents of a package. One without libraries is whole: who holds them says whether they are known.

    Files with a part of their path that begins with "." or "_" are passed over, as every H5P program does.
    Raises PackageRefused.
    """
    files = [path for path in archive.files if not any(part[0] in "._" for part in path.split("/"))]
    _judge_frame(files)
    stray = [path for path in files if "/" not in path and path != "h5p.json"]
    inside = [path for path in files if "/" in path]
    judged = {path: _is_let_in(path) for path in inside}
    inside, left_out = [path for path in inside if judged[path]], [path for path in inside if not judged[path]]
    about = _Object(
        strict_json.parse(archive.read("h5p.json"), "h5p.json", unique_names=True), "h5p.json", "h5p_json_field"
    )
    title, language, licence = about.text("title", 255), about.language(), about.text("license", 20, needed=False)
    main, listed = _main(about)
    params = strict_json.parse(archive.read("content/content.json"), "content/content.json")
    if not isinstance(params, dict):
        raise PackageRefused("params_no_object", "content/content.json")
    libraries = _libraries(archive, [path for path in inside if not path.startswith("content/")])
    if main in libraries and not libraries[main].runnable:
        raise about.refused("mainLibrary")
    needed = [main, *listed, *sorted(authored.libraries_in(params))]
    content_files = tuple(path.removeprefix("content/") for path in inside if path.startswith("content/"))
    content_files = tuple(path for path in content_files if path != "content.json")
    media, present = authored.media_in(params), set(content_files)
    hosts = authored.hosts_in(params)
    warnings = [Warning("file_not_needed", path) for path in stray]
    warnings += [Warning("file_left_out", path) for path in left_out]
    warnings += [Warning("library_not_needed", str(name)) for name in _unneeded(needed, libraries)]
    warnings += [
        Warning("media_external" if one.is_external else "media_missing", one.path)
        for one in media
        if one.is_external or one.path not in present
    ]
    warnings += [Warning("host_external", host) for host in hosts]
    return H5PContents(
        title, language, licence, main, tuple(dict.fromkeys(name for name in needed if not name.is_of_editor)),
        libraries, params, content_files, hosts, tuple(dict.fromkeys(warnings)),
    )  # fmt: skip


def canonical_library_json(data: bytes) -> bytes:
    """A library.json in one spelling: programs that export write the same facts in another order and spacing.

    Raises PackageRefused if it is no JSON.
    """
    facts = strict_json.parse(data, "library.json")
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# --- The frame -------------------------------------------------------------------------------------------------------


def _judge_frame(files: list[str]) -> None:
    """The two files that make a package are there, at its top."""
    if "h5p.json" not in files:
        within = next((path for path in files if path.endswith("/h5p.json") and path.count("/") == 1), None)
        raise PackageRefused("h5p_json_in_folder", within) if within else PackageRefused("h5p_json_missing")
    if "content/content.json" not in files:
        raise PackageRefused("content_json_missing")


def _is_let_in(path: str) -> bool:
    """Whether a file is kept, or of no use to a player; raises PackageRefused for a kind that is neither."""
    extension = posixpath.splitext(path)[1].removeprefix(".").lower()
    in_content = path.startswith("content/")
    if extension in (IN_CONTENT if in_content else IN_LIBRARY):
        return True
    if extension in LEFT_OUT_OF_LIBRARY and not in_content:
        return False
    if extension in ("html", "htm", "xhtml"):
        raise PackageRefused("html_refused", path)
    if extension == "svg":
        raise PackageRefused("svg_in_content", path)
    raise PackageRefused("extension_refused", path, extension=extension or "?")


def _main(about: "_Object") -> tuple[LibraryName, list[LibraryName]]:
    """The library of the content and all that h5p.json lists; the main one states its version only in that list."""
    machine = about.machine("mainLibrary")
    listed = about.names("preloadedDependencies")
    about.names("dynamicDependencies")
    about.names("editorDependencies")
    kinds = about.facts.get("embedTypes", [])
    if not isinstance(kinds, list) or not all(kind in ("div", "iframe") for kind in kinds):
        raise about.refused("embedTypes")
    main = next((name for name in listed if name.machine == machine), None)
    if main is None or main.is_of_editor:
        raise about.refused("preloadedDependencies")
    return main, list(listed)


def _unneeded(needed: list[LibraryName], libraries: Mapping[LibraryName, PackagedLibrary]) -> list[LibraryName]:
    """Libraries that are neither needed nor, in any way, by one that is."""
    waiting, met = list(needed), set(needed)
    while waiting:
        library = libraries.get(waiting.pop())
        if library:
            new = {*library.dependencies, *library.dynamic, *library.editor} - met
            met |= new
            waiting.extend(new)
    return sorted(set(libraries) - met)


# --- Libraries -------------------------------------------------------------------------------------------------------

LANGUAGE_FILE: Final = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,6}\.json", re.IGNORECASE)


def _libraries(archive: Archive, paths: list[str]) -> dict[LibraryName, PackagedLibrary]:
    """The libraries of all folders, each judged."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, _slash, inner = path.partition("/")
        folders.setdefault(folder, []).append(inner)
    scripts = sum(archive.files[path].size for path in paths if path.endswith((".js", ".css")))
    if scripts > MOST_SCRIPTS:
        raise PackageRefused("scripts_too_big", megabytes=MOST_SCRIPTS // 2**20)
    libraries: dict[LibraryName, PackagedLibrary] = {}
    for folder, inner_paths in folders.items():
        library = _packaged(archive, folder, tuple(inner_paths))
        if library.name in libraries:
            raise PackageRefused("library_twice", folder, library=str(library.name))
        libraries[library.name] = library
    return libraries


def _packaged(archive: Archive, folder: str, files: tuple[str, ...]) -> PackagedLibrary:
    where = f"{folder}/library.json"
    if "library.json" not in files:
        raise PackageRefused("library_json_missing", folder)
    about = _Object(strict_json.parse(archive.read(where), where), where, "library_json_field")
    name = LibraryName(about.machine("machineName"), about.whole("majorVersion"), about.whole("minorVersion"))
    patch = about.whole("patchVersion")
    versioned = f"{name.machine}-{name.major}.{name.minor}"
    if folder not in (name.machine, versioned, f"{versioned}.{patch}"):
        raise PackageRefused("library_folder_name", folder, name=versioned)
    core_api = about.core_api()
    if core_api and core_api > CORE_API:
        raise PackageRefused(
            "core_api_too_new", where, theirs=f"{core_api[0]}.{core_api[1]}", ours=f"{CORE_API[0]}.{CORE_API[1]}"
        )
    js, css = about.paths("preloadedJs", ".js"), about.paths("preloadedCss", ".css")
    for path in (*js, *css):
        if path not in files:
            raise PackageRefused("library_file_missing", where, file=f"{folder}/{path}")
    _judge_texts(archive, folder, files)
    hosts, uses_eval = _seen_in_scripts(archive, folder, files)
    return PackagedLibrary(
        name=name, patch=patch, title=about.text("title", 255), licence=about.text("license", 100, needed=False),
        core_api=core_api, runnable=about.yes_or_no("runnable"), js=js, css=css,
        dependencies=about.names("preloadedDependencies"), dynamic=about.names("dynamicDependencies"),
        editor=about.names("editorDependencies"), folder=folder, files=files, hosts=hosts, uses_eval=uses_eval,
    )  # fmt: skip


def _judge_texts(archive: Archive, folder: str, files: tuple[str, ...]) -> None:
    """semantics.json lists fields, and what lies in language/ are translations."""
    if "semantics.json" in files:
        where = f"{folder}/semantics.json"
        semantics = strict_json.parse(archive.read(where), where)
        if not isinstance(semantics, list) or not all(
            isinstance(field, dict) and isinstance(field.get("name"), str) and isinstance(field.get("type"), str)
            for field in semantics
        ):
            raise PackageRefused("semantics_broken", where)
    for path in files:
        if path.startswith("language/"):
            where = f"{folder}/{path}"
            if not LANGUAGE_FILE.fullmatch(path.removeprefix("language/")):
                raise PackageRefused("language_broken", where)
            if not isinstance(strict_json.parse(archive.read(where), where), dict):
                raise PackageRefused("language_broken", where)


def _seen_in_scripts(archive: Archive, folder: str, files: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The hosts that programs and styles name, and whether a program makes programs of texts."""
    hosts: set[str] = set()
    uses_eval = False
    for path in files:
        if path.lower().endswith((".js", ".css")):
            text = archive.read(f"{folder}/{path}", MOST_SCRIPT).decode("utf-8", "replace")
            hosts |= authored.hosts_of_text(text)
            uses_eval = uses_eval or (path.lower().endswith(".js") and EVAL.search(text) is not None)
    return tuple(sorted(hosts)), uses_eval


# --- Facts -----------------------------------------------------------------------------------------------------------


class _Object:
    """The facts of h5p.json or a library.json, each read with its rule; a refusal names the file and the field."""

    def __init__(self, facts: Any, where: str, code: str) -> None:
        self.where, self.code = where, code
        if not isinstance(facts, dict):
            raise self.refused("{ }")
        self.facts: dict[str, Any] = facts

    def refused(self, field: str) -> PackageRefused:
        return PackageRefused(self.code, self.where, field=field)

    def text(self, field: str, most: int, *, needed: bool = True) -> str:
        value = self.facts.get(field)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or len(value) > most or (needed and not value.strip()):
            raise self.refused(field)
        return value

    def language(self) -> str:
        value = self.facts.get("language", "und")
        if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z-]{1,10}", value):
            raise self.refused("language")
        return value

    def machine(self, field: str) -> str:
        value = self.facts.get(field)
        if not isinstance(value, str) or not MACHINE.fullmatch(value):
            raise self.refused(field)
        return value

    def whole(self, field: str) -> int:
        return self._whole(self.facts.get(field), field)

    def _whole(self, value: Any, field: str) -> int:
        """A number from 0 to 99999; some programs write it as text."""
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,5}", value):
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 99999:
            return value
        raise self.refused(field)

    def yes_or_no(self, field: str) -> bool:
        value = self.facts.get(field)
        if not isinstance(value, int | str) or value not in (0, 1, "0", "1"):
            raise self.refused(field)
        return value in (1, "1")

    def core_api(self) -> tuple[int, int] | None:
        value = self.facts.get("coreApi")
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.refused("coreApi")
        return self._whole(value.get("majorVersion"), "coreApi"), self._whole(value.get("minorVersion"), "coreApi")

    def names(self, field: str) -> tuple[LibraryName, ...]:
        """A list of dependencies."""
        return tuple(dict.fromkeys(self._names(field)))

    def _names(self, field: str) -> Iterator[LibraryName]:
        for item in self._list(field):
            machine = item.get("machineName") if isinstance(item, dict) else None
            if not isinstance(machine, str) or not MACHINE.fullmatch(machine):
                raise self.refused(field)
            yield LibraryName(
                machine, self._whole(item.get("majorVersion"), field), self._whole(item.get("minorVersion"), field)
            )

    def paths(self, field: str, suffix: str) -> tuple[str, ...]:
        """A list of files to load, below the library's folder."""
        found = []
        for item in self._list(field):
            path = item.get("path") if isinstance(item, dict) else None
            clean_path = authored.media_path(posixpath.normpath(path)) if isinstance(path, str) and path else None
            if clean_path is None or not clean_path.lower().endswith(suffix) or "://" in clean_path:
                raise self.refused(field)
            found.append(clean_path)
        return tuple(dict.fromkeys(found))

    def _list(self, field: str) -> list[Any]:
        value = self.facts.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.refused(field)
        return value
