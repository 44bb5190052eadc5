"""Which files of a SCORM package are let in, as what they are served, and what its scripts reach for."""

import re
from collections.abc import Iterable
from typing import Final, Protocol

from content.packages.refusals import PackageRefused
from content.packages.scorm.contents import File
from content.packages.scorm.remarks import Remarks

MB: Final = 2**20
MOST_SCANNED_OF_ONE: Final = 8 * MB
MOST_SCANNED: Final = 48 * MB
MOST_HOSTS: Final = 50
UNKNOWN: Final = "application/octet-stream"

EXTENSIONS: Final[dict[str, str]] = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml",
    "js": "text/javascript", "mjs": "text/javascript", "css": "text/css", "json": "application/json",
    "map": "application/json", "xml": "text/xml", "xsd": "text/xml", "dtd": "text/plain", "xsl": "text/xml",
    "txt": "text/plain", "md": "text/plain", "csv": "text/plain", "webmanifest": "application/manifest+json",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "bmp": "image/bmp", "ico": "image/x-icon", "cur": "image/x-icon", "svg": "image/svg+xml",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "oga": "audio/ogg", "ogg": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/wav", "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm",
    "ogv": "video/ogg", "mov": "video/quicktime",
    "vtt": "text/vtt", "srt": "text/plain", "pdf": "application/pdf",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wasm": "application/wasm", "data": UNKNOWN, "bin": UNKNOWN, "dat": UNKNOWN, "lang": "text/plain",
}  # fmt: skip
# Programs for a server or for the reader's machine: nothing a browser can play, and no export of a course needs one.
PROGRAMS: Final = frozenset({
    "php", "php3", "php4", "php5", "php7", "php8", "phtml", "phar", "jsp", "jspx", "asp", "aspx", "ashx", "asmx", "cer",
    "cfm", "cfc", "cgi", "pl", "py", "pyc", "rb", "sh", "bash", "exe", "dll", "com", "bat", "cmd", "msi", "msp", "scr",
    "pif", "cpl", "ps1", "psm1", "vbs", "vbe", "jse", "wsf", "wsh", "hta", "lnk", "reg", "apk", "ipa", "dmg", "pkg",
    "deb", "rpm", "elf", "so", "dylib",
})  # fmt: skip
FLASH: Final = frozenset({"swf", "flv", "f4v", "swc"})
PAGES: Final = frozenset({"html", "htm", "xhtml", "svg"})
SCRIPTS: Final = frozenset({"js", "mjs"})
# What a part may open: a page, or what a browser shows by itself.
OPENED: Final = PAGES | {
    "xml", "pdf", "txt", "png", "jpg", "jpeg", "gif", "webp", "avif", "mp4", "m4v", "webm", "mp3", "m4a", "ogg",
}  # fmt: skip

HOST: Final = rb"(?:https?:)?//([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)"
IN_PAGE: Final = re.compile(
    rb"(?:\b(?:src|poster|data|action)\s*=\s*[\"']?\s*|<link\b[^<>]{0,300}?\bhref\s*=\s*[\"']?\s*)" + HOST, re.I
)
IN_STYLE: Final = re.compile(rb"(?:url\(\s*[\"']?|@import\s+[\"'])\s*" + HOST, re.I)
IN_SCRIPT: Final = re.compile(rb"[\"'`]" + HOST, re.I)
EVAL: Final = re.compile(
    rb"(?<![\w.$])eval\s*\(|\bnew\s+Function\s*\(|\bset(?:Timeout|Interval)\s*\(\s*[\"'](?!\s*[\"'])"
)
# Names of vocabularies and of licences: written in files, asked by nobody.
NAMED_ONLY: Final = re.compile(
    r"(?:^|\.)(?:w3\.org|adlnet\.(?:org|gov)|imsglobal\.org|imsproject\.org|purl\.org|ns\.adobe\.com|example\.(?:com|org)"
    r"|schemas\.(?:microsoft|openxmlformats)\.(?:com|org)|ltsc\.ieee\.org|schemas\.xmlsoap\.org|w3id\.org|tincanapi\.com|id\.tincanapi\.com)$"
)


class Readable(Protocol):
    """What is asked of an archive here."""

    def read(self, path: str, most: int = ...) -> bytes: ...


def extension(path: str) -> str:
    """The end of a name in small letters, without the dot; "" if there is none."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].casefold() if "." in name.lstrip(".") else ""


def sorted_out(entries: Iterable[tuple[str, str, int]], *, listed: set[str], remarks: Remarks) -> tuple[File, ...]:
    """The files to keep. entries: path from the root, path in the archive, size; listed: paths the manifest lists.

    A file of an unknown kind stays only if the manifest lists it. Raises PackageRefused for a program.
    """
    kept = []
    for path, entry, size in entries:
        kind = extension(path)
        if kind in PROGRAMS:
            raise PackageRefused("scorm_program", entry)
        if kind in FLASH:
            remarks.add("flash", path)
        elif kind in EXTENSIONS or path in listed:
            kept.append(File(path, entry, size, EXTENSIONS.get(kind, UNKNOWN)))
        else:
            remarks.add("unknown_kind", path)
    return tuple(kept)


def scanned(archive: Readable, files: Iterable[File], remarks: Remarks) -> tuple[tuple[str, ...], bool]:
    """The servers that pages, styles and scripts ask, sorted, and whether scripts make code from text.

    A hint for the editor and no protection: whatever is not found here is blocked in the browser all the same.
    """
    hosts: set[str] = set()
    uses_eval = False
    left = MOST_SCANNED
    for file in files:
        kind = extension(file.path)
        if kind not in PAGES | SCRIPTS | {"css"} or file.size > min(MOST_SCANNED_OF_ONE, left):
            continue
        left -= file.size
        data = archive.read(file.entry, MOST_SCANNED_OF_ONE)
        patterns = [IN_STYLE] if kind == "css" else [IN_SCRIPT] if kind in SCRIPTS else [IN_PAGE, IN_STYLE]
        for pattern in patterns:
            hosts.update(match.group(1).decode().casefold() for match in pattern.finditer(data))
        if kind != "css" and EVAL.search(data):
            uses_eval = True
            remarks.add("uses_eval", file.path)
    asked = tuple(sorted(host for host in hosts if not NAMED_ONLY.search(host)))[:MOST_HOSTS]
    if asked:
        remarks.add("remote_hosts", ", ".join(asked))
    return asked, uses_eval
