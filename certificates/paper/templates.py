"""The templates and stylesheets of printed papers, read once."""

from __future__ import annotations

import functools
from pathlib import Path

from django.template import Engine
from django.template.base import Template

_HERE = Path(__file__).resolve().parent
# An engine of its own: no context processor, no loader but this folder, and escaping that no setting can turn off.
_engine = Engine(dirs=[str(_HERE.parent / "templates" / "certificates" / "paper")], autoescape=True, debug=False)


@functools.cache
def template(name: str) -> Template:
    return _engine.get_template(f"{name}.html")


@functools.cache
def css(name: str) -> str:
    return (_HERE / f"{name}.css").read_text(encoding="utf-8")
