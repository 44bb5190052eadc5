"""XML and HTML of other systems: hostile until read, and plain text afterwards."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, Final
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeElementTree
from django.utils.translation import gettext as _

from assessments.errors import ExchangeBroken, ExchangeTooBig

MOST_UNPACKED: Final = 20 * 2**20
MOST_PARTS: Final = 2_000  # files inside a package
MOST_DEPTH: Final = 100
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPHS: Final = ("p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
_LINES: Final = ("div", "li", "tr", "dt", "dd")
_LOUD: Final = {"b", "strong", "i", "em", "u", "sup", "sub", "table", "code", "s", "del"}
RULE: Final = "———"  # what <hr> is in plain text
_SHOWN: Final = {"img", "audio", "video", "object", "embed", "iframe", "source", "svg", "picture"}


def xml(data: bytes) -> Any:
    """The root of an XML document. Document types and entities are refused, and nesting that no question has."""
    try:
        depth = 0
        for event, _element in SafeElementTree.iterparse(io.BytesIO(data), ("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > MOST_DEPTH:
                raise ExchangeBroken
        return SafeElementTree.fromstring(data, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        raise ExchangeBroken from None


def written(root: Any) -> bytes:
    """An XML document in UTF-8."""
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def writable(text: str) -> str:
    """A text without what no XML may hold."""
    return _ILLEGAL.sub("", text)


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a package by name. Nothing is written anywhere; a package made to do harm is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise ExchangeTooBig(megabytes=MOST_UNPACKED // 2**20)
            if any(entry.flag_bits & 1 or _leads_out(entry.filename) for entry in entries):
                raise ExchangeBroken
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise ExchangeBroken from None


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name[:3]


def plain(html: str, lost: Callable[[str, str], None] = lambda what, why: None) -> str:
    """HTML as plain text: paragraphs are separated by an empty line. lost: told what cannot be text, and why."""
    if "<" not in html and "&" not in html:
        return _tidied(html)
    soup = BeautifulSoup(html, "html.parser")
    for one in soup(["script", "style"]):
        lost(_("a script or style"), _("only the words are taken"))
        one.decompose()
    names = {tag.name for tag in soup.find_all(True)}
    for one in soup.find_all(sorted(_SHOWN & names)):
        source = one.get("src") or one.get("data") or ""
        said = one.get("alt") or ("" if str(source).startswith("data:") else source)
        lost(
            _("a picture, sound or film: %(name)s") % {"name": str(said)[:80] or one.name},
            _("only words are taken; add it by hand"),
        )
    if "math" in names:
        lost(_("a formula"), _("only its letters and digits are taken: check it"))
    if soup.find("a", href=True):
        lost(_("a link"), _("only its words are taken"))
    if _LOUD & names:
        lost(_("bold, raised, tables and the like"), _("only the words are taken"))
    for node in list(soup.find_all(string=True)):
        if type(node) is not NavigableString:
            node.extract()
        elif not node.find_parent("pre"):
            node.replace_with(re.sub(r"[ \t\r\n\f]+", " ", str(node)))
    for tag in soup.find_all("hr"):
        tag.replace_with(f"\n\n{RULE}\n\n")
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    for ends, names_of in (("\n\n", _PARAGRAPHS), ("\n", _LINES)):
        for tag in soup.find_all(names_of):
            tag.insert_before(ends)
            tag.insert_after(ends)
    for tag in soup.find_all(["td", "th"]):
        tag.insert_after(" ")
    return _tidied(soup.get_text())


def _tidied(text: str) -> str:
    lines = "\n".join(" ".join(line.split(" ")).strip() for line in re.sub(r"\r\n?", "\n", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def html(text: str) -> str:
    """Plain text as HTML of paragraphs."""
    escaped = writable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in escaped.split("\n\n")) if escaped else ""


def text_of(element: Any) -> str:
    """Everything written in an element."""
    return "".join(element.itertext()) if element is not None else ""
