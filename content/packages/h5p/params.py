"""What the author wrote (content.json): walking it, and cleaning it by the semantics of the libraries it is for.

Semantics is the list of fields that a library publishes (semantics.json). Both come from a package, so neither is
trusted: a field that is spelled wrongly is passed over, and a pattern in semantics is never run.
"""

import html
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

import nh3

from content.packages.archive import has_hidden_signs
from content.packages.h5p.names import LibraryName
from content.packages.refusals import PackageRefused
from content.packages.strict_json import MOST_LEVELS, texts

Semantics = list[Any]
SemanticsOf = Callable[[LibraryName], Semantics | None]

MOST_HTML: Final = 200_000  # letters in one text with markup
MOST_FILLED: Final = 5 * 2**20  # letters and values that defaults may add, as long as a content.json may be
MOST_STEPS: Final = 1_000_000  # fields and options looked at, a second or two; a large real course takes some 20,000
# Reading markup that nests without end takes the square of its tags: what one text costs, in steps.
STEPS_OF_A_TEXT: Final = 20
SIGNS_SQUARED_OF_A_STEP: Final = 50
PARTS: Final = UUID("6f1f7f0e-5f0c-4a55-9a6b-0c5f3d0f2b11")
ABSENT: Final[Any] = object()

# With a scheme; or without one, where a text or a bracket opens, for two slashes alone also begin a comment.
HOST: Final = re.compile(
    r"(?:https?|wss?):(?:\\?/){2}([\w-][\w.-]{0,252})|(?:(?<=[\"'(=])|\A)(?:\\?/){2}([\w-][\w-]{0,62}(?:\.[\w-]{1,63}){1,8})"
)
# Names of markup languages, written like addresses and never called.
NAMESPACES: Final = {"www.w3.org", "ns.adobe.com", "www.inkscape.org", "sodipodi.sourceforge.net", "purl.org"}


@dataclass(frozen=True, order=True, slots=True)
class Media:
    """A file that content names. path: below content/, NFC, or an address; mime: as stated, "video/mp4"."""

    path: str
    mime: str

    @property
    def kind(self) -> str:
        """ "image", "audio", "video", or what else its type begins with."""
        return self.mime.partition("/")[0].lower()

    @property
    def is_external(self) -> bool:
        """Whether it lies on another server."""
        return "://" in self.path


def nodes(params: Any) -> Iterator[dict[str, Any]]:
    """Every object in params, in no particular order."""
    waiting = [params]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def libraries_in(params: Any) -> set[LibraryName]:
    """The libraries that content asks for by name; what is no name is passed over."""
    return {name for node in nodes(params) if (name := _library(node.get("library"))) is not None}


def media_in(params: Any) -> tuple[Media, ...]:
    """The files that content names, sorted, each once.

    Raises PackageRefused for a path that leads out of the package, or an address that is not http or https.
    """
    found = set()
    for node in nodes(params):
        path, mime = node.get("path"), node.get("mime")
        if isinstance(path, str) and isinstance(mime, str) and path:
            clean_path = media_path(path)
            if clean_path is None:
                raise PackageRefused("media_path", "content/content.json", path=path[:200])
            found.add(Media(clean_path, mime))
    return tuple(sorted(found))


TEMPORARY: Final = re.compile(r"(?:#tmp)+\Z")  # how an editor marks what it has not saved yet


def media_path(path: str) -> str | None:
    """The path of a file below content/, or an address by http or https; None for anything that is neither."""
    path = TEMPORARY.sub("", unicodedata.normalize("NFC", path))
    if path.startswith("//"):
        path = f"https:{path}"
    if re.match(r"https?://[^/\\\s]", path, re.IGNORECASE):
        return None if has_hidden_signs(path) else path
    parts = path.split("/")
    if not path or ":" in parts[0] or "\\" in path or has_hidden_signs(path) or {"", ".", ".."} & set(parts):
        return None
    return path


def hosts_in(params: Any) -> tuple[str, ...]:
    """The hosts of all addresses in all texts, sorted; names of markup languages are no hosts."""
    return tuple(sorted({host for text in texts(params) for host in hosts_of_text(text)}))


def hosts_of_text(text: str) -> set[str]:
    """The hosts of the addresses in a text: markup, a style sheet or a program."""
    return {(found[1] or found[2]).lower().rstrip(".") for found in HOST.finditer(text)} - NAMESPACES


def sub_content_ids(params: Any) -> frozenset[str]:
    """The ids of the parts of content, as UUIDs in lower case; other ids are passed over."""
    return frozenset(
        found for node in nodes(params) if (found := _uuid(node.get("subContentId"))) is not None
    )  # fmt: skip


def clean(params: Any, main: LibraryName, semantics_of: SemanticsOf) -> dict[str, Any]:
    """New params: what the semantics allow of `params`, with their defaults where a needed value is absent.

    main: the library that params are for. semantics_of: the semantics of a library, None where it has or is known to
    have none; such params keep all their values, but libraries within are cleaned. Plain texts are escaped, once;
    marked-up ones keep the tags that are allowed; unknown fields go. Cleaning what is clean changes nothing.
    Raises PackageRefused for params that are no object, for too long a text, and when it would take or fill too much.
    """
    if not isinstance(params, dict):
        raise PackageRefused("params_no_object", "content/content.json")
    try:
        return _Cleaner(semantics_of).of_library(params, main)
    except RecursionError:
        raise PackageRefused("json_too_deep", "content/content.json", most=MOST_LEVELS) from None


def _library(spelled: Any) -> LibraryName | None:
    try:
        return LibraryName.parse(spelled) if isinstance(spelled, str) else None
    except ValueError:
        return None


def _uuid(value: Any) -> str | None:
    try:
        return str(UUID(value)) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _part(value: Any) -> str | None:
    """The id of a part of content; what a program invented instead of a UUID becomes one, always the same."""
    return _uuid(value) or (str(uuid5(PARTS, value)) if isinstance(value, str) and value else None)


# --- Texts -----------------------------------------------------------------------------------------------------------

ALWAYS: Final = {"p", "div", "span", "br"}
# What comes along with a tag that semantics name.
ALONG: Final[Mapping[str, set[str]]] = {
    "strong": {"b"}, "b": {"strong"}, "em": {"i"}, "i": {"em"}, "strike": {"s", "del"}, "s": {"strike", "del"},
    "del": {"s", "strike"}, "ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"},
    "table": {"tr", "td", "th", "colgroup", "col", "thead", "tbody", "tfoot", "caption"},
    "figure": {"figcaption"}, "u": {"ins"},
}  # fmt: skip
KNOWN: Final = {
    "a", "abbr", "address", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd",
    "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
ATTRIBUTES: Final[dict[str, set[str]]] = {
    "*": {"class", "dir", "lang", "style", "title"},
    "a": {"href", "target"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing", "summary"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"colspan", "headers", "rowspan", "scope"},
}
STYLES: Final = {
    "background-color", "color", "font-family", "font-size", "height", "margin-left", "margin-right", "padding-left",
    "text-align", "text-decoration", "vertical-align", "width",
}  # fmt: skip
DATA: Final = re.compile(r"\s*data:", re.IGNORECASE)
DATA_IMAGE: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]*")
SCHEMES: Final = {"http", "https", "mailto", "tel", "data"}
MARKED: Final = re.compile(r"[<>&\r\0]")
LONE_AND: Final = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
CUT_SIGN: Final = re.compile(r"&[#A-Za-z0-9]*\Z")


def plain(text: str, most: int | None = None) -> str:
    """Text with the signs of markup escaped; signs that are escaped already stay. most: letters to keep."""
    text = LONE_AND.sub("&amp;", text)
    for sign, escaped in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#039;")):
        text = text.replace(sign, escaped)
    if most is not None and len(text) > most:
        text = CUT_SIGN.sub("", text[:most])
    return text


def marked(text: str, tags: set[str]) -> str:
    """Text with only the tags in `tags` and harmless attributes; what is left of other tags is their text."""
    if not MARKED.search(text):
        return text
    if len(text) > MOST_HTML:
        raise PackageRefused("text_too_long", "content/content.json", letters=MOST_HTML)
    # Markup that is wrongly nested may take a second reading to settle; one that never does is shown as it is spelled.
    for _reading in range(4):
        before, text = text, nh3.clean(
            text, tags=tags & KNOWN, attributes=ATTRIBUTES, attribute_filter=_attribute, url_schemes=SCHEMES,
            filter_style_properties=STYLES, link_rel="noopener noreferrer",
        )  # fmt: skip
        if text == before:
            return text
    return plain(html.unescape(text))


def _attribute(tag: str, name: str, value: str) -> str | None:
    if DATA.match(value) and name in ("href", "src"):
        return value if (tag, name) == ("img", "src") and DATA_IMAGE.fullmatch(value) else None
    if name == "target":
        return "_blank" if value == "_blank" else None
    return value


def _tags(field: Mapping[str, Any]) -> set[str] | None:
    """The tags that a text field allows, None for one without markup."""
    named = field.get("tags")
    if not isinstance(named, list) and field.get("widget") != "html":
        return None
    tags = {tag for tag in named or () if isinstance(tag, str)} if isinstance(named, list) else set()
    return ALWAYS.union(tags, *(ALONG.get(tag, set()) for tag in tags))


# --- Fields ----------------------------------------------------------------------------------------------------------

FILE_KEYS: Final = {
    "aspectRatio", "bitrate", "codecs", "copyright", "height", "metadata", "mime", "path", "quality", "width",
}  # fmt: skip


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(value: Any) -> Any:
    """The number that a value is or spells, ABSENT for none."""
    if _is_number(value):
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,15}(\.\d{1,15})?\s*", value, re.ASCII):
        return float(value) if "." in value else int(value)
    return ABSENT


def _fields(semantics: Any) -> list[dict[str, Any]]:
    """The fields of a library or a group that are spelled as fields."""
    if not isinstance(semantics, list):
        return []
    return [
        field
        for field in semantics
        if isinstance(field, dict) and isinstance(field.get("name"), str) and isinstance(field.get("type"), str)
    ]


class _Cleaner:
    """One cleaning; counts what defaults add, so that a small content cannot be blown up by long ones."""

    def __init__(self, semantics_of: SemanticsOf) -> None:
        self.semantics_of = semantics_of
        self.left_to_fill, self.left_to_see = MOST_FILLED, MOST_STEPS
        self.by_type: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
            "text": self.text, "number": self.number, "boolean": self.boolean, "select": self.select,
            "list": self.list, "group": self.group, "library": self.library, "file": self.file, "image": self.file,
            "video": self.files, "audio": self.files,
        }  # fmt: skip

    def see(self, things: int) -> None:
        """Count what is looked at; raises PackageRefused once it is too much."""
        self.left_to_see -= 1 + things
        if self.left_to_see < 0:
            raise PackageRefused("params_too_large", "content/content.json")

    def of_library(self, params: dict[str, Any], library: LibraryName) -> dict[str, Any]:
        """The params of a library; without semantics only libraries within are cleaned."""
        semantics = self.semantics_of(library)
        if semantics is None:
            return {name: self.unknown(value) for name, value in params.items()}
        return self.by_fields(params, _fields(semantics))

    def unknown(self, value: Any) -> Any:
        """A value that no semantics describe."""
        if isinstance(value, list):
            return [self.unknown(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if _library(value.get("library")) and isinstance(value.get("params"), dict):
            return self.library(value, {})
        return {name: self.unknown(inner) for name, inner in value.items()}

    def by_fields(self, value: dict[str, Any], fields: list[dict[str, Any]]) -> dict[str, Any]:
        """An object by its fields, in the order of the object; what is absent and needed comes last."""
        self.see(len(fields))
        known = {field["name"]: field for field in fields}
        cleaned = {}
        for name, inner in value.items():
            if name in known and (kept := self.value(inner, known[name])) is not ABSENT:
                cleaned[name] = kept
        for name, field in known.items():
            if name not in cleaned and (filled := self.default(field)) is not ABSENT:
                cleaned[name] = filled
        return cleaned

    def value(self, value: Any, field: dict[str, Any]) -> Any:
        """One value by its field; ABSENT if it cannot be one. A field of an unknown kind keeps its value."""
        kind = field.get("type")
        if not isinstance(kind, str) or kind not in self.by_type:
            return self.unknown(value)
        return ABSENT if value is None else self.by_type[kind](value, field)

    def default(self, field: dict[str, Any]) -> Any:
        """What stands in for an absent value: nothing for an optional one."""
        if field.get("optional"):
            return ABSENT
        if field["type"] == "group" and not isinstance(field.get("default"), dict):
            fields = _fields(field.get("fields"))
            if len(fields) == 1 and not field.get("isSubContent"):
                return self.default(fields[0])
            return self.by_fields({}, fields) if fields else ABSENT
        default = field.get("default", ABSENT)
        if default is ABSENT or field["type"] not in self.by_type or field["type"] == "library":
            return ABSENT
        self.left_to_fill -= 1 + sum(1 + len(text) for text in texts(default))
        if self.left_to_fill < 0:
            raise PackageRefused("params_too_large", "content/content.json")
        return self.value(default, field)

    def text(self, value: Any, field: dict[str, Any]) -> Any:
        if _is_number(value):
            value = str(value)
        if not isinstance(value, str):
            return ABSENT
        tags = _tags(field)
        if tags is not None:
            signs = value.count("<") + value.count("&")
            self.see((STEPS_OF_A_TEXT + signs * signs // SIGNS_SQUARED_OF_A_STEP) if signs else 0)
            return marked(value, tags)
        most = _number(field.get("maxLength"))
        return plain(value, int(most) if most is not ABSENT and most > 0 else None)

    def number(self, value: Any, field: dict[str, Any]) -> Any:
        number = _number(value)
        if number is ABSENT:
            return ABSENT
        least, most = _number(field.get("min")), _number(field.get("max"))
        if least is not ABSENT:
            number = max(least, number)
        return number if most is ABSENT else min(most, number)

    def boolean(self, value: Any, _field: dict[str, Any]) -> Any:
        return value in (True, 1, "1", "true") if isinstance(value, bool | int | str) else ABSENT

    def select(self, value: Any, field: dict[str, Any]) -> Any:
        """One of the options, or several; without options (an editor fills them in) any text, escaped."""
        options = _options(field.get("options"))
        self.see(len(options))
        if field.get("multiple") and isinstance(value, list):
            return [kept for one in value if (kept := self.option(one, options)) is not ABSENT]
        if field.get("optional") and value in ("", "-"):
            return value
        kept = self.option(value, options)
        if kept is ABSENT and not field.get("optional"):
            default = self.option(field.get("default"), options)
            return default if default is not ABSENT else next(iter(options.values()), ABSENT)
        return kept

    def option(self, value: Any, options: dict[str, Any]) -> Any:
        if not isinstance(value, str | int | float):
            return ABSENT
        if options:
            return value if _spelled(value) in options else ABSENT
        return plain(value) if isinstance(value, str) else value

    def list(self, value: Any, field: dict[str, Any]) -> Any:
        if not isinstance(value, list):
            return ABSENT
        most, inner = _number(field.get("max")), field.get("field")
        if most is not ABSENT and most >= 1:
            value = value[: int(most)]
        if not isinstance(inner, dict):
            return self.unknown(value)
        return [kept for one in value if (kept := self.value(one, inner)) is not ABSENT]

    def group(self, value: Any, field: dict[str, Any]) -> Any:
        """A group; one with a single field is that field's value, unless it is a part of its own."""
        fields, is_part = _fields(field.get("fields")), bool(field.get("isSubContent"))
        if len(fields) == 1 and not is_part and not _is_whole_group(value, fields[0]):
            return self.value(value, fields[0])
        if not isinstance(value, dict):
            return ABSENT
        cleaned = self.by_fields(value, fields)
        if not cleaned and not is_part and len(fields) == 1:
            return ABSENT
        if is_part and (part := _part(value.get("subContentId"))):
            cleaned["subContentId"] = part
        return cleaned

    def library(self, value: Any, field: dict[str, Any]) -> Any:
        """Content of another library. One that is not among the options goes; its version is not compared."""
        if not isinstance(value, dict):
            return ABSENT
        name = _library(value.get("library"))
        options = field.get("options")
        if name is None or (
            isinstance(options, list)
            and options
            and all(isinstance(option, str) for option in options)
            and name.machine not in {option.partition(" ")[0] for option in options}
        ):
            return ABSENT
        params = value.get("params")
        cleaned: dict[str, Any] = {
            "library": str(name),
            "params": self.of_library(params if isinstance(params, dict) else {}, name),
        }
        if part := _part(value.get("subContentId")):
            cleaned["subContentId"] = part
        if isinstance(value.get("metadata"), dict):
            cleaned["metadata"] = _escaped(value["metadata"])
        return cleaned

    def files(self, value: Any, field: dict[str, Any]) -> Any:
        """The sources of a video or a sound."""
        if not isinstance(value, list):
            return ABSENT
        return [kept for one in value if (kept := self.file(one, field)) is not ABSENT]

    def file(self, value: Any, field: dict[str, Any]) -> Any:
        if not isinstance(value, dict) or not isinstance(value.get("path"), str):
            return ABSENT
        path = media_path(value["path"])
        if path is None:
            return ABSENT
        extra = field.get("extraAttributes")
        keys = FILE_KEYS.union(key for key in (extra if isinstance(extra, list) else ()) if isinstance(key, str))
        cleaned = {key: _escaped(inner) for key, inner in value.items() if key in keys}
        cleaned["path"] = path
        if isinstance(value.get("originalImage"), dict):
            original = self.file(value["originalImage"], {})
            if original is not ABSENT:
                cleaned["originalImage"] = original
        return cleaned


def _is_whole_group(value: Any, only: dict[str, Any]) -> bool:
    """Whether a group of one field is spelled as an object all the same, as some programs do."""
    return isinstance(value, dict) and set(value) == {only["name"]} and only["type"] not in ("group", "library")


def _spelled(value: Any) -> str:
    return html.unescape(value) if isinstance(value, str) else str(value)


def _options(options: Any) -> dict[str, Any]:
    """The values of a choice by how they are spelled, those within groups of options included."""
    found: dict[str, Any] = {}
    waiting = list(reversed(options)) if isinstance(options, list) else []
    while waiting:
        option = waiting.pop()
        if not isinstance(option, dict):
            continue
        if isinstance(option.get("options"), list):
            waiting.extend(reversed(option["options"]))
        elif isinstance(value := option.get("value"), str | int | float):
            found.setdefault(_spelled(value), value)
    return found


def _escaped(value: Any) -> Any:
    """A value all of whose texts are plain."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_escaped(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _escaped(inner) for name, inner in value.items()}
    return value
