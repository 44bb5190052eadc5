"""What stands where on a certificate: a claim and a design made into placed texts, rules and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from certificates.claim import CertificateClaim
from certificates.paper import pictures, words
from certificates.paper.design import PaperDesign, Signatory
from certificates.paper.layout import (
    Box,
    Centred,
    Divider,
    Emblem,
    Gap,
    Grid,
    Item,
    Line,
    Listing,
    Picture,
    Rule,
    StackItem,
    Widths,
    place,
    rows,
    stack,
)
from certificates.paper.words import Pair
from myanmar.text import has_myanmar

NAME_FLOOR, TITLE_FLOOR, FLOOR = 11.0, 9.0, 6.0  # points: the least that is legible, by what it is
QR_SIDE = 37.0  # mm, with its quiet zone: 77 modules and 8 of quiet are then 0.43 mm each
_LEFT = 26.0  # of the texts, from the edge of the sheet
_TEXT = {"landscape": Box(_LEFT, 23.0, 245.0, 164.0), "portrait": Box(_LEFT, 26.0, 158.0, 245.5)}
_LARGEST = {("landscape", True): 1.0, ("landscape", False): 1.2, ("portrait", True): 1.1, ("portrait", False): 1.3}
_ALONE = 1.1  # how much larger a language is set when it has the sheet for itself
_AIRY = 1.7  # and how much further apart
_CREST = {"landscape": 21.0, "portrait": 27.0}  # mm high at most
_CREST_SHAPE = 1.6  # mm wide at most, for each of height
_SIGNATURE_ROOM = {"landscape": 19.0, "portrait": 17.0}  # mm above the rule
_SEAL = 17.0  # mm, its radius
_COLUMNS = {"landscape": 2, "portrait": 1}
_MOST_LISTED = {"landscape": 6, "portrait": 8}


@dataclass(frozen=True)
class Sheet:
    """The face of a certificate. seal: its centre, or None. is_list_overleaf: the programme's courses did not fit."""

    items: tuple[Item, ...]
    qr: Box
    seal: tuple[float, float] | None
    is_list_overleaf: bool


def compose(claim: CertificateClaim, design: PaperDesign, images: Mapping[str, bytes]) -> Sheet:
    """Raises UnreadablePicture for an image of the design that is not among `images` or cannot be read."""
    return _Composer(claim, design, images).sheet()


def crest_room(design: PaperDesign) -> tuple[float, float]:
    """Width and height in mm that a crest may take."""
    height = _CREST[design.orientation]
    return height * _CREST_SHAPE, height


def signature_room(design: PaperDesign) -> tuple[float, float]:
    """Width and height in mm that a scanned signature may take."""
    return _signature_width(design) - 4, _SIGNATURE_ROOM[design.orientation] - 1


def _signature_width(design: PaperDesign) -> float:
    if len(design.signatories) < 2:
        return 74.0
    return 66.0 if design.orientation == "portrait" or design.crest else 57.0


class _Composer:
    def __init__(self, claim: CertificateClaim, design: PaperDesign, images: Mapping[str, bytes]) -> None:
        self.claim, self.design, self.images, self.widths = claim, design, images, Widths()
        self.is_landscape = design.orientation == "landscape"
        self.is_both = design.languages == "both"
        self.area = _TEXT[design.orientation]

    # Languages.

    def said(self, pair: Pair) -> list[tuple[str, str]]:
        """What of a pair is printed, each with its language: both, or the one of the sheet, or what there is."""
        known = [(lang, text.strip()) for lang, text in zip(("my", "en"), pair, strict=True) if text.strip()]
        if self.is_both:
            return known
        return [one for one in known if one[0] == self.design.languages] or known[:1]

    def one(self, pair: Pair) -> str:
        return " · ".join(text for _, text in self.said(pair))

    def sized(self, size: float) -> float:
        return size if self.is_both else size * _ALONE

    def gap(self, size: float, stretch: float = 1.0) -> Gap:
        return Gap(size if self.is_both else size * _AIRY, stretch)

    def pair(
        self, pair: Pair, first: tuple[str, float], second: tuple[str, float], floor: float = FLOOR, *, field: str = ""
    ) -> list[Line]:
        """Lines for the languages of the sheet, the first leading.

        first, second: class and points. floor: of the leading one. field: of the design, without its language.
        """
        return [
            Line(style, text, self.sized(size), floor if style == first[0] else FLOOR, field and f"{field}_{lang}")
            for (lang, text), (style, size) in zip(self.said(pair), (first, second), strict=False)
        ]

    def own(self, name: str, built_in: Pair) -> Pair:
        """A text of the design, or what is built in where it says nothing."""
        my, en = getattr(self.design, f"{name}_my").strip(), getattr(self.design, f"{name}_en").strip()
        return my or built_in[0], en or built_in[1]

    # The stack.

    def sheet(self) -> Sheet:
        footer = self.pair((self.design.footer_my, self.design.footer_en), ("soft", 7), ("soft", 6.5), field="footer")
        listing = self.listing()
        note = [Centred(line) for line in self.pair(words.LIST_OVERLEAF, ("soft", 8), ("soft", 7.5))]
        facts = self.facts()
        head, body = self.head(), self.body()
        tail = self.tail()
        proof = self.proof_lines()
        signed = self.signature_lines()
        everything: Sequence[StackItem] = [*head, *body, *note, *facts, *tail, *([listing] if listing else [])]
        self.widths.measure(
            [line for item in everything for line in item.lines]
            + [*footer, *proof, *(line for lines in signed for line in lines)]
        )
        is_overleaf = listing is not None and (
            len(listing.entries) > _MOST_LISTED[self.design.orientation]
            or not listing.is_legible(self.area.width, self.widths)
        )
        listed: list[StackItem] = []
        if listing:
            listed = [self.gap(1.5), *(note if is_overleaf else [listing])]
        bottom = self.area.bottom - sum(line.height() for line in footer)
        foot, items, qr, seal = self.foot(bottom - (1.0 if footer else 0.0), proof, signed)
        top = stack(
            [*head, *map(self.deepened, body), *listed, *facts, *tail],
            Box(self.area.left, self.area.top, self.area.width, foot - 2.0 - self.area.top),
            self.widths,
            largest=_LARGEST[self.design.orientation, self.is_both],
        )
        for line, box in zip(
            footer, rows(footer, Box(_LEFT, bottom, self.area.width, self.area.bottom - bottom)), strict=True
        ):
            items.append(place(line, box, self.widths))
        return Sheet((*top, *items), qr, seal, is_overleaf)

    def head(self) -> list[StackItem]:
        """Crest and issuer, then the title."""
        issuer = self.pair((self.claim.issuer_my, self.claim.issuer_en), ("ink bold", 12.5), ("soft spaced", 9.5))
        items: list[StackItem] = []
        if self.design.crest:
            width, height = pictures.dots(self.image(self.design.crest))
            alt = self.one((self.claim.issuer_my, self.claim.issuer_en))
            is_flanked = self.is_landscape and len(issuer) == 2
            items.append(
                Emblem(
                    "crest", alt, width / height, _CREST[self.design.orientation],
                    left=tuple(issuer[:1]) if is_flanked else (),
                    right=tuple(issuer[1:]) if is_flanked else (),
                )
            )  # fmt: skip
            if not is_flanked:
                items += [self.gap(1.0, 0.3), *map(Centred, issuer)]
        else:
            items += map(Centred, issuer)
        title = self.own("title", words.TITLES[self.claim.kind])
        if self.is_both:
            title = (title[0], title[1].upper())
        titles = self.pair(title, ("ink bold title", 27), ("gilt caps", 10.5), TITLE_FLOOR, field="title")
        return [*items, self.gap(2.4, 1.2), *map(Centred, titles), self.gap(2.0, 1.2)]

    def body(self) -> list[StackItem]:
        """Who, for what, and when and where it was held."""
        claim = self.claim
        intro = self.pair(self.own("intro", words.INTRO), ("plain", 10), ("soft", 8.5), field="intro")
        name = self.pair((claim.name_my, claim.name_latin), ("ink bold", 24.5), ("ink", 15), NAME_FLOOR)
        items: list[StackItem] = [*map(Centred, intro), self.gap(1.2, 0.8), *map(Centred, name)]
        post = " · ".join(part for part in (claim.rank, claim.unit if self.design.with_unit else "") if part.strip())
        if post:
            items.append(Centred(Line("soft", post, self.sized(9.5))))
        reason = self.own("reason", words.REASONS[claim.kind])
        reasons = self.pair(reason, ("plain", 10), ("soft", 8.5), field="reason")
        course = self.pair((claim.course_title_my, claim.course_title_en), ("ink bold", 17), ("ink", 12), TITLE_FLOOR)
        items += [
            self.gap(2.0),
            Divider(100.0),
            self.gap(1.8),
            *map(Centred, reasons),
            self.gap(0.8, 0.5),
            *map(Centred, course),
        ]
        return items + self.session()

    def deepened(self, item: StackItem) -> StackItem:
        """With a higher place for a name that would be small on one row."""
        if not isinstance(item, Centred) or item.line.floor != NAME_FLOOR:
            return item
        return replace(item, is_deep=self.widths[item.line] * item.line.size * 0.6 > self.area.width)

    def session(self) -> list[StackItem]:
        claim = self.claim
        lines = []
        if claim.held_from and claim.held_until:
            my, en = words.days(claim.held_from, claim.held_until)
            if where := claim.place.strip():
                is_latin = self.is_both and not has_myanmar(where)
                my, en = (
                    my if is_latin else f"{my} · {where}",
                    en if self.is_both and not is_latin else f"{en} · {where}",
                )
            lines += self.pair((my, en), ("ink", 9.5), ("soft", 8.5))
            if self.design.era:
                first, last = words.era(claim.held_from), words.era(claim.held_until)
                text = self.one_era(first) if first == last else f"{self.one_era(first)} – {self.one_era(last)}"
                lines.append(Line("soft", text, self.sized(7.5)))
        if names := [name.strip() for name in claim.trainers if name.strip()]:
            comma = "၊ " if any(map(has_myanmar, names)) else ", "
            lines.append(Line("soft", f"{self.one(words.TRAINERS)} — {comma.join(names)}", self.sized(8.5)))
        return [self.gap(1.2), *map(Centred, lines)] if lines else []

    def one_era(self, pair: Pair) -> str:
        return pair[1] if self.design.languages == "en" else pair[0]

    def listing(self) -> Listing | None:
        """The courses of a programme."""
        size = self.sized(8.5 if self.is_landscape else 9)
        entries = tuple(
            Line("ink", f"{part.code} · {self.one((part.title_my, part.title_en))}", size, 6.5)
            for part in self.claim.parts
        )
        return Listing(entries, _COLUMNS[self.design.orientation] if len(entries) > 1 else 1) if entries else None

    def facts(self) -> list[StackItem]:
        """The particulars: which course, how long, how well, from when, until when, under which number."""
        claim, design = self.claim, self.design
        facts: list[tuple[Pair, Pair, str]] = [
            (
                words.COURSE.get(claim.kind, words.A_COURSE),
                words.code_and_version(claim.course_code, claim.course_version),
                "",
            )
        ]
        if design.with_hours and claim.minutes:
            facts.append((words.LEARNING_TIME, words.duration(claim.minutes), ""))
        if design.with_score and claim.score_percent is not None:
            facts.append((words.SCORE, words.per_cent(claim.score_percent), ""))
        # The calendar board may still move days to come, so only what has been is told in its era.
        era = self.one_era(words.era(claim.issued_on)) if design.era else ""
        facts.append((words.ISSUED_ON, words.day(claim.issued_on), era))
        facts.append((words.VALID_UNTIL, words.day(claim.valid_until) if claim.valid_until else words.NEVER, ""))
        facts.append((words.SERIAL, (claim.serial, ""), ""))
        if self.is_landscape or len(facts) < 5:
            return [self.gap(2.4, 1.2), self.grid(facts)]
        half = len(facts) - 3
        return [self.gap(2.4, 1.2), self.grid(facts[:half]), self.gap(2.0, 0.6), self.grid(facts[half:])]

    def grid(self, facts: Sequence[tuple[Pair, Pair, str]]) -> Grid:
        has_era = any(era for *_, era in facts)
        columns = []
        for label, value, era in facts:
            (_, first), *more = self.said(value)
            column = [Line("label", self.one(label), self.sized(7)), Line("ink bold", first, self.sized(8.8))]
            if self.is_both:
                column.append(Line("soft", more[0][1] if more else "", 7.6))
            if has_era:
                column.append(Line("soft", era, self.sized(7)))
            columns.append(tuple(column))
        return Grid(tuple(columns))

    def tail(self) -> list[StackItem]:
        if not self.claim.supersedes:
            return []
        return [
            self.gap(1.4, 0.4),
            Centred(Line("soft", self.one(words.replaces(self.claim.supersedes)), self.sized(7))),
        ]

    # The foot: who signs, the seal, and what proves it.

    def proof_lines(self) -> list[Line]:
        return [
            *(replace(line, by_word=True) for line in self.pair(words.SCAN, ("plain", 7.6), ("soft", 6.8))),
            Line("ink bold code", self.claim.grouped_code, self.sized(7.8)),
        ]

    def signature_lines(self) -> list[list[Line]]:
        """Under each rule: name and post of who signs."""
        found = []
        for number, one in enumerate(self.design.signatories or (Signatory(),)):
            field = f"signatories.{number}"
            name, post = (one.name_my, one.name_en), (one.post_my, one.post_en)
            lines = self.pair(name, ("ink bold", 8.8), ("ink", 7.8), field=f"{field}.name")
            lines += self.pair(post, ("soft", 7.6), ("soft", 7), field=f"{field}.post")
            found.append(lines or self.pair(words.SIGN_HERE, ("plain", 8.5), ("soft", 7.5)))
        return found

    def foot(
        self, bottom: float, proof: Sequence[Line], signed: Sequence[Sequence[Line]]
    ) -> tuple[float, list[Item], Box, tuple[float, float] | None]:
        """Where the foot begins, what stands in it, and the centre of the seal where no crest stands for it."""
        area, has_seal = self.area, not self.design.crest
        wide = _signature_width(self.design)
        band = Box(area.left, bottom - QR_SIDE, area.width, QR_SIDE)
        qr = Box(area.right - QR_SIDE + 2, band.top, QR_SIDE, QR_SIDE)
        if self.is_landscape:
            signs, top = band, band.top
            if len(signed) == 1:
                lefts, centre = [area.left + 4], area.left + area.width / 2
                text = 46.0
            elif has_seal:
                lefts, centre = [area.left, area.left + wide + 44], area.left + wide + 22
                text = 32.0
            else:
                lefts, centre = [area.left + 2, area.left + wide + 14], 0.0
                text = 44.0
        else:
            height = _SIGNATURE_ROOM["portrait"] + max(sum(line.height() for line in lines) for lines in signed) + 1.0
            top = band.top - height - 4
            signs = Box(area.left, top, area.width, height)
            lefts = (
                [area.left + (area.width - wide) / 2] if len(signed) == 1 else [area.left + 2, area.right - wide - 2]
            )
            centre = area.left + _SEAL
            text = 60.0
            if not has_seal:  # the code and what is said of it stand in the middle
                qr = Box(area.left + (area.width + text + 2) / 2 - QR_SIDE / 2, band.top, QR_SIDE, QR_SIDE)
        items = self.signatures(signs, lefts, wide, signed)
        words_box = Box(qr.left - text - 1, qr.top, text, QR_SIDE)
        items += self.proof(words_box, proof)
        return top, items, qr, (centre, band.bottom - _SEAL) if has_seal else None

    def signatures(self, box: Box, lefts: Sequence[float], wide: float, signed: Sequence[Sequence[Line]]) -> list[Item]:
        depth = max(sum(line.height() for line in lines) for lines in signed)
        y = box.bottom - depth - 0.8
        items: list[Item] = []
        for number, (left, lines) in enumerate(zip(lefts, signed, strict=True)):
            one = self.design.signatories[number] if self.design.signatories else Signatory()
            if one.image:
                room = signature_room(self.design)
                width, height = pictures.dots(self.image(one.image))
                wide_image = min(room[0], room[1] * width / height)
                high = wide_image * height / width
                alt = self.one((one.name_my, one.name_en))
                at = Box(left + (wide - wide_image) / 2, y - high - 0.2, wide_image, high)
                items.append(Picture(f"signature-{number}", alt, at))
            items.append(Rule("ink-rule", Box(left, y, wide, 0)))
            top = y + 0.8
            for line in lines:
                items.append(place(line, Box(left, top, wide, line.height()), self.widths))
                top += line.height()
        return items

    def proof(self, box: Box, lines: Sequence[Line]) -> list[Item]:
        """What to do with the code, beside it: the sentences on as many rows as they need at their full size."""
        shapes = [self.shape(line, box.width) for line in lines]
        gap = 1.0
        top = box.top + (box.height - sum(height for _, height in shapes) - gap * (len(lines) - 1)) / 2
        items: list[Item] = []
        for line, (width, height) in zip(lines, shapes, strict=True):
            at = Box(box.right - width, top, width, height)
            items.append(place(line, at, self.widths, align="right"))
            top += height + gap
        return items

    def shape(self, line: Line, width: float) -> tuple[float, float]:
        """Width and height of a text at its full size: on one row, or on several of much the same length."""
        natural = self.widths[line] * line.size
        if natural <= width or line.style.endswith("code"):
            return width, line.height()
        count = min(-int(-natural // (width * 0.8)), 4)
        return min(width, natural / count * 1.25), line.height() * count + 0.01

    def image(self, sha256: str) -> bytes:
        try:
            return self.images[sha256]
        except KeyError:
            raise pictures.UnreadablePicture(f"A design's picture was not handed in: {sha256[:16]}") from None
