"""Working papers: lists, slips, tests, guides. A folder holds them, each as a template and a stylesheet of the same name."""

import functools
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from core import pdf
from myanmar.text import breakable

LIBRARIES = {"i18n": "django.templatetags.i18n", "burmese": "core.templatetags.burmese"}


class Papers:
    """The papers of a folder. Nothing that has to be archived: half the time without it.

    They have an engine of their own: no context processor, no loader but the folder, and escaping that no setting can turn off.
    """

    def __init__(self, folder: Path) -> None:
        self._engine = Engine(dirs=[str(folder)], autoescape=True, debug=False, libraries=LIBRARIES)
        self._css = functools.cache(lambda name: (folder / f"{name}.css").read_text(encoding="utf-8"))

    def pdf(
        self,
        name: str,
        context: Mapping[str, Any],
        *,
        at: datetime,
        assets: Mapping[str, bytes] | None = None,
        breaks: bool = False,
        informs: bool = True,
    ) -> bytes:
        """A paper by its name. assets: pictures by the name under which the template asks for them. breaks: whether lines of Burmese
        may end between syllables everywhere; else the values say it themselves. informs: a sign stands for a character that
        cannot be drawn; where every character counts, it raises pdf.MissingGlyph instead. Raises pdf.PdfUnavailable.
        """
        markup: str = self._engine.get_template(f"{name}.html").render(Context(dict(context), autoescape=True))
        # Tags and addresses hold no Burmese, so the whole page can be taken at once.
        markup = breakable(markup) if breaks else markup
        markup = pdf.drawable(markup) if informs else markup
        return pdf.renderer().pdf(markup, css=self._css(name), created=at, assets=assets or {}, archival=False)
