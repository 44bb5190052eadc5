"""What would be wrong with a design if certificates were printed with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from certificates.claim import CertificateClaim, Part
from certificates.paper import pictures
from certificates.paper.design import PaperDesign
from certificates.paper.layout import Placed
from certificates.paper.sheet import compose, crest_room, signature_room
from core import pdf
from myanmar.encoding import examine
from myanmar.text import clean_text


@dataclass(frozen=True)
class Problem:
    """One thing to mend. field: of the design, such as title_my or signatories.0.image; "" is the design as a whole."""

    code: str
    field: str
    sentence: str | Promise


# A mark with no letter to stand on is drawn on a dotted circle.
_MARK = (
    r"\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d"
)
_HOMELESS = re.compile(rf"(?:^|[^\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f])[{_MARK}]|\u25cc")

# As long as names and titles get: twenty-five syllables, sixty letters.
_NAME_MY = "စိုင်းလှိုင်မြင့်ကြွယ်ထွန်းသန့်ဇင်မောင်အောင်ကျော်စွာမင်းခန့်ထက်ဝေဖြိုးသီဟဗုဒ္ဓခိုင်နှင်းယု"
_NAME_LATIN = "Sai Hlaing Myint Kywe Htun Thant Zin Maung Aung Kyaw Swa Min"
_TITLE_MY = "ရွှေ့ပြောင်းသွားလာသူများ မှောင်ခိုကူးခြင်းနှင့် လူကုန်ကူးခြင်းဆိုင်ရာ စုံစမ်းစစ်ဆေးရေး အခြေခံသင်တန်း"
_TITLE_EN = "Foundations of investigating migrant smuggling and trafficking in persons"
_PARTS = tuple(Part(f"C{number}", _TITLE_MY, _TITLE_EN, "10.2") for number in range(1, 7))
_CLAIM = CertificateClaim(
    serial="THD-2026-000123",
    code="7K3MQ9XAT4WZ5HBN",
    name_my=_NAME_MY,
    name_latin=_NAME_LATIN,
    rank="လူဝင်မှုကြီးကြပ်ရေးမှူး",
    unit="မြဝတီ နယ်စပ်ဂိတ်",
    course_code="C10",
    course_title_my=_TITLE_MY,
    course_title_en=_TITLE_EN,
    course_version="10.2",
    minutes=2399,
    score_percent=100,
    issued_on=date(2026, 11, 24),
    valid_until=date(2028, 11, 23),
    issuer_my="သင်တန်း လေ့ကျင့်ရေးအစီအစဉ်",
    issuer_en="Thindan Training Programme",
    supersedes="THD-2025-000123",
)
_TRIALS = (
    _CLAIM,
    replace(_CLAIM, kind="programme", parts=_PARTS),
    replace(
        _CLAIM,
        kind="attendance",
        held_from=date(2026, 10, 30),
        held_until=date(2026, 11, 23),
        place="မြဝတီ",
        trainers=(_NAME_MY, "Ma Hla Hla Win"),
    ),
    replace(_CLAIM, kind="accreditation"),
)


def check_design(design: PaperDesign, *, images: Mapping[str, bytes]) -> list[Problem]:
    """The faults of a design, in the order of its fields; an empty list may be published.

    images: PNG files by their SHA-256. Certificates of every kind are laid out on trial, with names and titles as long
    as they get. Whatever the texts and pictures hold, it is told and never raised; only pdf.PdfUnavailable is.
    """
    problems = [problem for field, text in _texts(design) for problem in _faults(field, text)]
    problems += _picture_faults(design, images)
    spoilt = {problem.field for problem in problems}
    problems += _crowding(_without(design, spoilt), images)
    order = [field for field, _ in _values(design)]
    return sorted(problems, key=lambda problem: order.index(problem.field) if problem.field in order else len(order))


def _values(design: PaperDesign) -> Iterator[tuple[str, Any]]:
    """Every field with its name; those of a signatory as signatories.0.name_my."""
    for field in fields(design):
        value = getattr(design, field.name)
        if field.name != "signatories":
            yield field.name, value
            continue
        for number, one in enumerate(value):
            for part in fields(one):
                yield f"signatories.{number}.{part.name}", getattr(one, part.name)


def _texts(design: PaperDesign) -> Iterator[tuple[str, str]]:
    """What a registrar wrote."""
    for name, value in _values(design):
        if name.endswith(("_my", "_en")) and value:
            yield name, value


def _pictures(design: PaperDesign) -> Iterator[tuple[str, str, tuple[float, float]]]:
    """Field, SHA-256 and room in mm of each picture."""
    for name, value in _values(design):
        if value and name == "crest":
            yield name, value, crest_room(design)
        elif value and name.endswith(".image"):
            yield name, value, signature_room(design)


def _faults(field: str, text: str) -> Iterator[Problem]:
    """What is wrong with a text by itself."""
    if lacking := pdf.renderer().lacking(text):
        yield Problem(
            "glyph",
            field,
            format_lazy(
                _("“{text}” has a character that cannot be printed: {characters}. Write it without."),
                text=text,
                characters=" ".join(f"{char} (U+{ord(char):04X})" for char in lacking),
            ),
        )
    elif examine(text) in ("zawgyi", "mixed"):
        sentence = _("“{text}” is typed in Zawgyi. Type it again with a Unicode keyboard.")
        yield Problem("zawgyi", field, format_lazy(sentence, text=text))
    elif _HOMELESS.search(text):
        sentence = _("“{text}” has a vowel or sign without its letter. Type that word again.")
        yield Problem("misshaped", field, format_lazy(sentence, text=text))
    elif text.strip() != clean_text(text):
        sentence = _("“{text}” is not spelt as it would be stored. Write: {clean}")
        yield Problem("spelling", field, format_lazy(sentence, text=text, clean=clean_text(text)))


def _picture_faults(design: PaperDesign, images: Mapping[str, bytes]) -> Iterator[Problem]:
    for field, sha256, room in _pictures(design):
        try:
            found = pictures.resolution(images[sha256], room)
        except KeyError:
            yield Problem("picture-missing", field, _("This picture is not here any more. Upload it again."))
        except pictures.TooBig:
            sentence = _("This picture is far too big. Upload one of at most 5 MB and 5000 by 5000 dots.")
            yield Problem("picture-too-big", field, sentence)
        except pictures.UnreadablePicture:
            sentence = _("This picture cannot be read. Save it as a PNG file and upload it again.")
            yield Problem("picture-unreadable", field, sentence)
        else:
            if found < pictures.COARSE:
                wide, high = (round(side / pictures.INCH * pictures.FINE) for side in room)
                sentence = _("This picture is too small to be printed sharply. Upload one of {wide} by {high} dots.")
                yield Problem("picture-too-small", field, format_lazy(sentence, wide=wide, high=high))


def drawable(design: PaperDesign) -> PaperDesign:
    """The design without the texts that have a character that cannot be printed."""
    return _without(design, {field for field, text in _texts(design) if pdf.renderer().lacking(text)})


def _without(design: PaperDesign, spoilt: set[str]) -> PaperDesign:
    """The design with what cannot be printed left out, so that the rest can be tried."""

    def kept(prefix: str, one: Any) -> dict[str, Any]:
        return {field.name: "" for field in fields(one) if f"{prefix}{field.name}" in spoilt}

    signatories = tuple(
        replace(one, **kept(f"signatories.{number}.", one)) for number, one in enumerate(design.signatories)
    )
    return replace(design, signatories=signatories, **kept("", design))


def _crowding(design: PaperDesign, images: Mapping[str, bytes]) -> list[Problem]:
    """Texts that would be set too small to be read, on any kind of certificate."""
    small: dict[str, Placed] = {}
    for claim in _TRIALS:
        for item in compose(claim, design, images).items:
            if isinstance(item, Placed) and not item.is_legible:
                small.setdefault(item.line.field, item)
    sentences: dict[bool, Callable[[Placed], Promise]] = {
        True: lambda item: format_lazy(
            _("“{text}” is too long: it would be set in {size} points, and {least} is the least that can be read."
              " Shorten it."),
            text=item.line.text, size=f"{item.size:.1f}", least=f"{item.line.floor:.0f}",
        ),
        False: lambda item: format_lazy(
            _("There is too much on the sheet: “{text}” would be too small to be read. Print less, or one language."),
            text=item.line.text,
        ),
    }  # fmt: skip
    own = {field: item for field, item in small.items() if field}
    # Where a text of the registrar's is too long, that is the fault; only else is the sheet as a whole too full.
    return [
        Problem("too-long" if field else "too-much", field, sentences[bool(field)](item))
        for field, item in (own or small).items()
    ]
