"""Drawings: what an SVG may hold, and that its words come back as they went in."""

import pytest
from defusedxml import ElementTree

from content.drawing import DrawingError, labels, render

NS = 'xmlns="http://www.w3.org/2000/svg"'
OPEN = f'<svg {NS} viewBox="0 0 360 60">'


def holding(inside: str) -> str:
    """A drawing with something in it."""
    return f"{OPEN}{inside}</svg>"


HOSTILE = {
    "script": holding("<script>alert(1)</script>"),
    "script of another namespace": holding('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
    "an element named as an allowed one in another namespace": holding('<x:g xmlns:x="http://www.w3.org/1999/xhtml"/>'),
    "foreign object": holding('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    "style element": holding("<style>*{background:url(//example.org)}</style>"),
    "style attribute": holding('<rect style="fill:red"/>'),
    "image": holding('<image href="https://example.org/x.png"/>'),
    "link": holding('<a href="javascript:alert(1)"><text>x</text></a>'),
    "use": holding('<use href="#x"/>'),
    "animation of an attribute": holding('<rect><set attributeName="onclick" to="alert(1)"/></rect>'),
    "animation": holding('<animate attributeName="href" values="javascript:alert(1)"/>'),
    "event attribute": holding('<rect onclick="alert(1)"/>'),
    "event attribute of the root": f'<svg {NS} viewBox="0 0 1 1" onload="alert(1)"/>',
    "event attribute in capitals": holding('<rect ONCLICK="alert(1)"/>'),
    "address": holding('<rect href="https://example.org"/>'),
    "address by xlink": holding('<rect xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.org"/>'),
    "base address": holding('<g xml:base="https://example.org/"/>'),
    "paint from elsewhere": holding('<rect fill="url(https://example.org/x#y)"/>'),
    "paint from elsewhere in capitals": holding('<rect fill="URL(//example.org/x#y)"/>'),
    "paint from elsewhere behind one from here": holding('<rect fill="url(#a) url(//example.org/x)"/>'),
    "paint from elsewhere in an escape of CSS": holding(r'<rect fill="u\72l(//example.org/x)"/>'),
    "clipping from elsewhere": holding('<rect clip-path="url(//example.org/x#y)"/>'),
    "filter": holding('<filter id="f"><feImage href="//example.org"/></filter>'),
    "quotation mark in a value": holding('<rect class="&quot;&gt;&lt;script&gt;"/>'),
    "document type": f'<!DOCTYPE svg>{holding("")}',
    "entity": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{holding("<text>&x;</text>")}',
    "bomb of entities": f'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>{holding("<text>&b;</text>")}',
    "stylesheet from elsewhere": f'<?xml-stylesheet href="//example.org/x.css"?>{holding("")}',
    "page": "<html><body/></html>",
    "no namespace": '<svg viewBox="0 0 1 1"/>',
    "no view box": f"<svg {NS}/>",
    "not well formed": f"{OPEN}<g>",
    "nothing": "",
    "more than 15 KB": holding(f'<path d="{"M0 0" * 4000}"/>'),
}  # fmt: skip


@pytest.mark.parametrize("svg", HOSTILE.values(), ids=HOSTILE)
def test_what_runs_loads_or_styles_is_refused(svg):
    with pytest.raises(DrawingError):
        labels(svg)


@pytest.mark.parametrize("svg", HOSTILE.values(), ids=HOSTILE)
def test_what_is_refused_is_not_shown_either(svg):
    with pytest.raises(DrawingError):
        render(svg, [], prefix="p")


def test_a_refusal_says_what_it_is_about():
    with pytest.raises(DrawingError, match=r"^holds the attribute onclick on <rect>, which a drawing may not$"):
        labels(HOSTILE["event attribute"])


RICH = f"""<?xml version="1.0" encoding="UTF-8"?>
<svg {NS} viewBox="0 0 360 60" width="360" height="60" role="img"><title>A title</title><desc>A description</desc>
<defs><marker id="tip" viewBox="0 0 4 4" refX="2" refY="2" orient="auto"><path class="f-ink" d="M0 0L4 2"/></marker></defs>
<line class="f-line" x1="0" y1="0" x2="9" y2="9" marker-end="url(#tip)"/>
<text class="f-ink f-bold" x="20" y="35" font-size="16">One
  of two</text><text x="1" y="1"><tspan x="1">first row</tspan><tspan x="1" dy="20">second &amp; row</tspan></text><text> </text>
</svg>"""  # fmt: skip


def test_the_labels_are_the_words_in_their_order_and_nothing_else():
    assert labels(RICH) == ["One of two", "first row", "second & row"]


def test_words_put_in_come_out_again():
    words = ["နှစ်ခုအနက် တစ်ခု", "<script>", 'a & b\'s "c"']
    assert labels(render(RICH, words, prefix="p")) == words


def test_words_that_are_missing_stay_as_drawn():
    assert labels(render(RICH, ["တစ်"], prefix="p")) == ["တစ်", "first row", "second & row"]


def test_a_word_is_never_markup():
    shown = render(RICH, ["<script>alert(1)</script>"], prefix="p")
    assert shown.count("<script") == 0
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_the_picture_is_silent_for_screen_readers_and_takes_the_width_of_the_page():
    root = ElementTree.fromstring(render(RICH, [], prefix="p"))
    assert root.attrib == {"viewBox": "0 0 360 60", "aria-hidden": "true"}
    assert [one.tag for one in root.iter() if one.tag.endswith(("title", "desc"))] == []


def test_two_drawings_on_one_page_do_not_share_their_ids():
    shown = render(RICH, [], prefix="b1")
    assert ('id="b1-tip"' in shown, 'marker-end="url(#b1-tip)"' in shown, "#tip" in shown) == (True, True, False)
