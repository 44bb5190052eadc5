"""The one PDF engine of the product: HTML and CSS in, PDF/A out, Burmese drawn and searchable.

WeasyPrint lays out, Pango and HarfBuzz shape. This module adds what Burmese and a public service need: text that can be
copied and searched (ActualText), fonts that are ours alone, a fetcher that gives out nothing but what the caller named,
a refusal instead of an empty box, and the same bytes for the same input.

WeasyPrint needs Pango from the system, so it is imported on first use. Where Pango is missing the rest of the product
works, and PdfUnavailable says which one command mends it.
"""

# ruff: noqa: PLC0415  # WeasyPrint and fontTools are loaded on first use

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import io
import os
import re
import threading
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

SYSTEM_LIBRARIES = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONT_FAMILY = "Noto Sans Myanmar"
FONT_FOLDER = Path(__file__).resolve().parent.parent / "vendor" / "fonts"

# One for the process, whatever the number of renderers: Pango, fontconfig and FreeType share state below them.
_rendering_lock = threading.Lock()

MISSING = "\u25cc"  # the dotted circle, which readers of Burmese know for a letter that is not there

_MYANMAR = re.compile("[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]")
# Drawn as nothing by every shaper, so no font has to know them: word space breaks, joiners and HTML's own white space.
_INVISIBLE = frozenset(map(ord, "\u200b\u200c\u200d\u2060\t\n\f\r"))
_MILLIMETRE = 96 / 25.4  # CSS pixels
_STYLESHEETS_KEPT = 32  # some dozen papers; a compiled sheet is kept, because a new one each time leaks


class PdfUnavailable(RuntimeError):
    """PDF cannot be made on this machine. The message is one sentence naming the command that mends it."""


class MissingGlyph(ValueError):
    """A text holds characters that the fonts cannot draw. `codepoints` are those characters, in order."""

    def __init__(self, codepoints: Iterable[int]) -> None:
        self.codepoints = sorted(codepoints)
        super().__init__("No font has " + " ".join(f"U+{point:04X}" for point in self.codepoints))


class ForbiddenAsset(ValueError):
    """A page asked for something that the caller did not hand in: a web address, a file, an attachment."""


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF as its machine-readable source (PDF/A-3, relationship Data)."""

    name: str
    data: bytes
    description: str


def backdrop(operators: bytes) -> bytes:
    """Content-stream operators (lines and areas only, no resources) made ready to lie under pages as decoration."""
    return zlib.compress(b"/Artifact BMC q\n" + operators + b"\nQ EMC", 9)


def font_files() -> dict[int, Path]:
    """The two font files by weight. Raises PdfUnavailable while they have not been set up."""
    files = {weight: FONT_FOLDER / f"NotoSansMyanmar-{weight}.ttf" for weight in (400, 700)}
    if not all(path.is_file() for path in files.values()):
        raise PdfUnavailable("The Burmese fonts are not in vendor/fonts; run: make run")
    return files


def _characters(fonts: Iterable[bytes]) -> frozenset[int]:
    """What every one of some fonts can draw, or need not."""
    from fontTools.ttLib import TTFont

    drawn = [set(TTFont(io.BytesIO(data), lazy=True).getBestCmap()) for data in fonts]
    return frozenset(set.intersection(*drawn) | _INVISIBLE)


@functools.cache
def _known() -> frozenset[int]:
    return _characters(path.read_bytes() for path in font_files().values())


def lacking(text: str) -> list[str]:
    """The characters of a text that no paper can print, each once, in order. It asks the fonts alone, without Pango, so that
    forms can ask it too; while there are no fonts, nothing is printed and nothing lacks.
    """
    if text.isascii() and text.isprintable():
        return []
    try:
        known = _known()
    except PdfUnavailable:
        return []
    return [char for char in dict.fromkeys(text) if ord(char) not in known]


def named(characters: Iterable[str]) -> str:
    """Characters as a sentence names them: each with its code point, by which the invisible ones are known."""
    return ", ".join(f"{one} (U+{ord(one):04X})" if one.isprintable() else f"U+{ord(one):04X}" for one in characters)


def drawable(text: str) -> str:
    """A text with the sign `MISSING` for what cannot be drawn, one for whatever is written together. For texts that only inform:
    never for the name on a certificate.
    """
    if not (missing := "".join(map(re.escape, lacking(text)))):
        return text
    return re.sub(f"[{missing}](?:\u200d?[{missing}])*", MISSING, text)


@functools.cache
def _engine() -> SimpleNamespace:
    """WeasyPrint, imported once and taught to write ActualText. Raises PdfUnavailable without its libraries."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints its own advice before raising
            import pydyf
            import weasyprint
            from weasyprint.draw import text as draw
            from weasyprint.text.fonts import FontConfiguration
            from weasyprint.text.line_break import Layout
            from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        raise PdfUnavailable(f"PDF needs the Pango libraries of the system; run: {SYSTEM_LIBRARIES}") from error

    plain = draw.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, *args: Any, **kwargs: Any) -> Any:
        """Wrap a line in its own text where the map from glyphs to letters alone reads wrong.

        Burmese letters share glyphs, and spaced letters are taken for words.
        """
        if not _MYANMAR.search(textbox.text) and textbox.style["letter_spacing"] == "normal":
            return plain(stream, textbox, *args, **kwargs)
        actual = pydyf.Dictionary({"ActualText": pydyf.String(textbox.text.replace("\u200b", ""))})
        pydyf.Stream.begin_marked_content(stream, "Span", actual)
        try:
            return plain(stream, textbox, *args, **kwargs)
        finally:
            pydyf.Stream.end_marked_content(stream)

    draw.draw_first_line = draw_first_line

    layouts: list[Any] = []
    plain_setup = Layout.setup

    def setup(self: Any, style: Any) -> None:
        layouts.append(self)
        plain_setup(self, style)

    Layout.setup = setup

    def free() -> None:
        """Free every Pango layout made since the last call: see Renderer._rendering."""
        for layout in layouts:
            vars(layout).pop("layout", None)
        layouts.clear()

    class Assets(URLFetcher):
        """Gives out what it was handed, by name, and refuses every other address."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("asset",), allow_redirects=False)
            self.files: dict[str, bytes] = {}

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("asset:")
            if name == url or name not in self.files:
                # The only exception that WeasyPrint does not swallow; any other would print the alt text instead.
                raise FatalURLFetchingError(f"Not an asset: {url[:80]}")
            kind = "image/svg+xml" if name.endswith(".svg") else "application/octet-stream"
            return URLFetcherResponse(url, self.files[name], {"Content-Type": kind})

    return SimpleNamespace(
        pydyf=pydyf,
        HTML=weasyprint.HTML,
        CSS=weasyprint.CSS,
        Attachment=weasyprint.Attachment,
        FontConfiguration=FontConfiguration,
        Refused=FatalURLFetchingError,
        Assets=Assets,
        free=free,
    )


class Renderer:
    """Turns HTML into PDF. One a process: take it from `renderer()`.

    Fonts and stylesheets are compiled once and shared, which halves the time and keeps memory flat. A lock lets one
    page through at a time: tried with six threads and no lock, GLib reported corrupted lists within seconds; with it,
    none, and every file came out the same as from one thread. More speed is more processes.
    """

    def __init__(self, fonts: Mapping[int, Path] | None = None) -> None:
        """fonts: TTF files by CSS weight, static instances; those of `font_files()` when not given."""
        loaded = {weight: path.read_bytes() for weight, path in (fonts or font_files()).items()}
        faces = "".join(
            f'@font-face {{ font-family: "{FONT_FAMILY}"; font-weight: {weight}; src: url("asset:{weight}.ttf") }}'
            for weight in loaded
        )
        self._engine = _engine()
        self._known = _characters(loaded.values())
        self._assets = self._engine.Assets()
        self._stylesheets: dict[str, Any] = {}
        with self._rendering({f"{weight}.ttf": data for weight, data in loaded.items()}):
            self._configuration = self._engine.FontConfiguration()
            self._faces = self._compile(f'{faces} html {{ font-family: "{FONT_FAMILY}" }}')
        _alive.add(self)

    def close(self) -> None:
        """Let go of fonts and stylesheets; nothing can be rendered afterwards. Done by itself when a process ends."""
        with _rendering_lock:
            self._configuration = self._faces = None
            self._stylesheets.clear()

    def pdf(
        self,
        markup: str,
        *,
        css: str,
        created: datetime,
        assets: Mapping[str, bytes] | None = None,
        backdrops: Sequence[Sequence[bytes]] | Mapping[str, Sequence[bytes]] = (),
        attachments: Sequence[Attachment] = (),
        archival: bool = True,
    ) -> bytes:
        """One document as PDF; the same arguments give the same bytes.

        markup: a whole HTML page, every value in it escaped by the template that made it.
        created: the date written into the file, aware; never the clock, or the bytes would differ.
        assets: images by name, drawn with `<img src="asset:NAME">`; a name ending in .svg is a vector drawing.
        backdrops: layers from `backdrop()`, printed under the pages: those of the first page, of the second and so on,
        the last for all that follow; or by the name of a page in the stylesheet. A layer used twice is stored once.
        archival: PDF/A-3a, tagged and self-contained; False gives a smaller plain PDF for drafts.

        Raises MissingGlyph for a character that the fonts lack and ForbiddenAsset for an address not among `assets`.
        """
        stamp = created.isoformat(timespec="seconds")
        options = {"pdf_variant": "pdf/a-3a"} if archival else {}
        with self._rendering(assets):
            document = self._layout(markup, css, options)
            document.metadata.created = document.metadata.modified = stamp
            files = [
                self._engine.Attachment(
                    string=file.data,
                    name=file.name,
                    description=file.description,
                    relationship="Data",
                    created=created,
                    modified=created,
                )
                for file in attachments
            ]
            data: bytes = document.write_pdf(
                finisher=functools.partial(self._underlay, backdrops) if backdrops else None,
                attachments=files,
                **options,
            )
            document.fonts.clear()
        return data

    def measure(
        self, markup: str, *, css: str, assets: Mapping[str, bytes] | None = None
    ) -> dict[str, tuple[int, float, float]]:
        """Where the elements with an id came to lie: (page from 1, width in mm, height in mm), without drawing.

        For a text that must be fitted: ask how wide it is before deciding how large it may be.
        """
        with self._rendering(assets):
            document = self._layout(markup, css, {})
            found = {
                box.element.get("id"): (number, box.width / _MILLIMETRE, box.height / _MILLIMETRE)
                for number, page in enumerate(document.pages, start=1)
                for box in page._page_box.descendants()
                if box.element is not None and box.element.get("id") and not hasattr(box, "text")
            }
            document.fonts.clear()
        return found

    def lacking(self, text: str) -> list[str]:
        """The characters of a text that the fonts cannot draw, each once, in order."""
        return [char for char in dict.fromkeys(text) if ord(char) not in self._known]

    def _underlay(
        self, backdrops: Sequence[Sequence[bytes]] | Mapping[str, Sequence[bytes]], document: Any, pdf: Any
    ) -> None:
        """Put the backdrops under the pages, as streams made once: drawing the same SVG each time costs 120 ms."""
        streams: dict[bytes, Any] = {}
        pages = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
        names = [page._page_box.page_type.name for page in document.pages]
        for number, (page, name) in enumerate(zip(pages, names, strict=True)):
            layers = backdrops[name] if isinstance(backdrops, Mapping) else backdrops[min(number, len(backdrops) - 1)]
            for layer in layers:
                if layer not in streams:
                    streams[layer] = self._engine.pydyf.Stream([layer], {"Filter": "/FlateDecode"})
                    pdf.add_object(streams[layer])
            references = [streams[layer].reference for layer in layers]
            page["Contents"] = self._engine.pydyf.Array([*references, page["Contents"]])

    @contextlib.contextmanager
    def _rendering(self, assets: Mapping[str, bytes] | None) -> Iterator[None]:
        """Hold the lock, lend out the assets, and free Pango's objects before another thread may enter.

        A document's layouts hang in reference cycles. Left to the garbage collector, which runs in whichever thread
        happens to allocate, they would be freed beside another thread's rendering and corrupt Pango's lists.
        """
        with _rendering_lock:
            self._assets.files = dict(assets or {})
            try:
                yield
            except self._engine.Refused as error:  # a BaseException: it must not leave this module as such
                raise ForbiddenAsset(str(error)) from None
            finally:
                self._assets.files = {}
                self._engine.free()

    def _layout(self, markup: str, css: str, options: Mapping[str, Any]) -> Any:
        page = self._engine.HTML(string=markup, url_fetcher=self._assets)
        unknown = self.lacking("".join(page.etree_element.itertext()))
        if unknown:  # else a font of the system would fill in, or an empty box
            raise MissingGlyph(map(ord, unknown))
        return page.render(font_config=self._configuration, stylesheets=[self._faces, self._compile(css)], **options)

    def _compile(self, css: str) -> Any:
        if css not in self._stylesheets:
            if len(self._stylesheets) > _STYLESHEETS_KEPT:
                raise ValueError("Too many stylesheets: keep what varies in the markup, not in the CSS.")
            self._stylesheets[css] = self._engine.CSS(
                string=css, font_config=self._configuration, url_fetcher=self._assets
            )
        return self._stylesheets[css]


_alive: weakref.WeakSet[Renderer] = weakref.WeakSet()
_of_this_process: Renderer | None = None
_making = threading.Lock()


def renderer() -> Renderer:
    """The renderer of this process, made on first use. Raises PdfUnavailable where PDF cannot be made."""
    global _of_this_process
    with _making:
        if _of_this_process is None:
            _of_this_process = Renderer()
        return _of_this_process


def _forget() -> None:
    """A forked child starts afresh: the fonts lie in a folder that belongs to its parent and goes with the parent."""
    global _of_this_process, _making, _rendering_lock
    for one in list(_alive):
        if one._configuration is not None:
            one._configuration._folder = None  # or the child would remove it when it ends
    _alive.clear()
    _of_this_process, _making, _rendering_lock = None, threading.Lock(), threading.Lock()


def _release() -> None:
    """Let go of Pango's objects while its libraries are still loaded: later, the interpreter's end is a crash."""
    for one in list(_alive):
        one.close()
    gc.collect()


os.register_at_fork(after_in_child=_forget)
atexit.register(_release)
