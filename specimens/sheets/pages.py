"""Pages of the booklet: visas, stamps, the pages beside the data page, and the book seen from its edge and its spine."""

from specimens import svg
from specimens.art import emblem, guilloche, lettering, marks, stamping
from specimens.chance import Chance
from specimens.geometry import SHEET, Box, Region, boxes
from specimens.lights import TRANSMITTED, UV
from specimens.plan import Plan, Stamp, Visa, needed
from specimens.sheets import data_page
from specimens.sheets.drawing import Canvas, label, written_field, zone_lines
from specimens.svg import number

LABEL_DESIGN, PAGE_DESIGN = 11, 10
VISA_SIZE = (1200, 800)  # a label of 120 × 80 mm
VISA_BOXES = boxes(
    VISA_SIZE,
    {
        "HEADER": (0.03, 0.03, 0.80, 0.12),
        "OVD": (0.06, 0.24, 0.18, 0.27),
        "VIZ_DOCNO": (0.70, 0.19, 0.26, 0.07),
        "VIZ_KIND": (0.32, 0.19, 0.20, 0.07),
        "VIZ_ENTRIES": (0.52, 0.19, 0.17, 0.07),
        "VIZ_DOI": (0.32, 0.29, 0.20, 0.07),
        "VIZ_DOS": (0.53, 0.29, 0.20, 0.07),
        "VIZ_DOE": (0.74, 0.29, 0.20, 0.07),
        "VIZ_SURNAME": (0.32, 0.40, 0.62, 0.07),
        "VIZ_GIVEN": (0.32, 0.50, 0.62, 0.07),
        "VIZ_PASSPORT": (0.32, 0.60, 0.30, 0.07),
        "MRZ1": (0.03, 0.74, 0.94, 0.09),
        "MRZ2": (0.03, 0.86, 0.94, 0.09),
    },
)
# Two pages with three places each; a visa lies on the left one, touched by the first stamp.
SLOTS = {
    1: (340.0, 462.0),
    2: (290.0, 730.0),
    3: (900.0, 130.0),
    4: (980.0, 335.0),
    5: (890.0, 545.0),
    6: (970.0, 755.0),
}
SPREAD_VISA = Box(60, 70, 510, 340)


def visa_regions() -> dict[str, Region]:
    """What can be marked on a visa."""
    found = {name: Region((box,)) for name, box in VISA_BOXES.items()}
    found["BG"] = Region((Box(0, 0, *VISA_SIZE),), tuple(VISA_BOXES.values()))
    return found


def draw_visa(plan: Plan, visa: Visa, name: str) -> str:
    """A visa as SVG, alone."""
    canvas = Canvas(name, VISA_SIZE)
    width, height = VISA_SIZE
    canvas.put("substrate", svg.element("rect", width=width, height=height, rx=14))
    state = visa.state
    dotted = plan.strength("background_dots") if visa is plan.visas[0] else 0.0
    definitions, lines = guilloche.background(
        name, width, height, LABEL_DESIGN, state.series[-1].inks, is_dotted=dotted
    )
    canvas.define(definitions)
    canvas.put("background", lines, guilloche.frame(width, height, state.accent))
    canvas.put(
        "static",
        svg.group(emblem.emblem(state.code, state.ink), transform="translate(90 78)scale(.95)"),
        svg.text(state.name, x=160, y=70, font_family="serif", font_size=34, letter_spacing="2", fill=state.ink),
        svg.text("VISA", x=160, y=106, font_family="sans-serif", font_size=24, letter_spacing="10", fill=state.accent),
    )
    for region, field in visa.fields.items():
        box = VISA_BOXES[region]
        canvas.put("static", label(field.label, box.x + 2, box.y + 12, ink=state.ink))
        canvas.put("data", written_field(field, box, ink="#16181f", size=29))
    is_flat = bool(plan.strength("ovd_one_colour")) and visa is plan.visas[0]
    data_page.device(canvas, VISA_BOXES["OVD"], is_flat=is_flat)
    canvas.put("data", zone_lines(visa.zone, [VISA_BOXES["MRZ1"], VISA_BOXES["MRZ2"]], ink="#1b1b1f", size=39))
    fade, bands = marks.sheen(name, width, height)
    canvas.define(fade)
    canvas.put("laminate", bands, lights=("oblique",))
    data_page.specimen(canvas, plan, width, height, header=(760, 96), portrait=None, corner=(180, 480))
    return canvas.written(f"{state.name} · VISA · SPECIMEN")


# --- Stamps ---------------------------------------------------------------------------------------------------------------


def stamp_regions(plan: Plan) -> dict[str, Region]:
    """Each stamp, and the visa with what touches it."""
    found = {f"STAMP_{slot}": Region((Box(x - 160, y - 95, 320, 190),)) for slot, (x, y) in SLOTS.items()}
    found["VISA"] = Region((Box(SPREAD_VISA.x, SPREAD_VISA.y, SPREAD_VISA.width, SPREAD_VISA.height + 150),))
    return found


def draw_stamps(plan: Plan, name: str = "stamps") -> str:
    """Two open pages with a visa and stamps."""
    canvas = Canvas(name, SHEET)
    width, height = SHEET
    canvas.put("substrate", svg.element("rect", width=width, height=height, rx=14))
    definitions, lines = guilloche.background(name, width, height, PAGE_DESIGN, plan.series.inks)
    canvas.define(definitions)
    canvas.put("background", lines)
    canvas.put(
        "static",
        svg.element("path", d=f"M{width // 2} 0V{height}", stroke="#6a5f4a", stroke_width="2.5", opacity=".55"),
        svg.element("path", d=f"M{width // 2 + 5} 0V{height}", stroke="#fff", stroke_width="3", opacity=".6"),
    )
    for page, x in ((8, 40), (9, width - 70)):
        canvas.put(
            "static", svg.text(str(page), x=x, y=height - 26, font_size=22, font_family="serif", fill=plan.state.accent)
        )
    chance = Chance(plan.seed, "wear/stamps")
    above = [stamp for stamp in plan.stamps if not stamp.is_under]
    for stamp in plan.stamps:
        if stamp.is_under:
            canvas.put("entries", _stamp(plan, stamp, chance))
    canvas.put("entries", _small_visa(plan, plan.visas[0]))
    for stamp in above:
        canvas.put("entries", _stamp(plan, stamp, chance))
    canvas.put("watermark", marks.watermark(Box(780, 300, 190, 230), "waves"), lights=(TRANSMITTED,))
    data_page.specimen(canvas, plan, width, height, header=(520, 34), portrait=None, corner=(560, 845))
    return canvas.written(f"{plan.header} · SPECIMEN")


def _stamp(plan: Plan, stamp: Stamp, chance: Chance) -> str:
    x, y = SLOTS[stamp.slot]
    drawn = stamping.stamp(
        chance.stream(str(stamp.slot)), shape=stamp.frame, way=stamp.way, code=plan.state.code, place=stamp.place, day=stamp.words, ink=plan.state.stamp_ink, strength=stamp.ink, smear=stamp.smear
    )  # fmt: skip
    return svg.group(drawn, transform=f"translate({number(x)} {number(y)})rotate({number(stamp.turn)})")


def _small_visa(plan: Plan, visa: Visa) -> str:
    """The visa as it lies on its page: what has to be read of it, larger than its size would be."""
    box, state = SPREAD_VISA, visa.state
    rows = [("Visa No.", visa.number), ("Type", visa.fields["VIZ_KIND"].text), ("Entries", visa.fields["VIZ_ENTRIES"].text), ("Issued", visa.fields["VIZ_DOI"].text), ("Valid from", visa.fields["VIZ_DOS"].text), ("Valid until", visa.fields["VIZ_DOE"].text)]  # fmt: skip
    written = "".join(
        svg.text(
            title,
            x=130 + 180 * (index % 2),
            y=104 + 66 * (index // 2),
            font_size=15,
            font_family="sans-serif",
            fill=state.ink,
        )
        + svg.text(
            value,
            x=130 + 180 * (index % 2),
            y=132 + 66 * (index // 2),
            font_size=24,
            font_family="sans-serif",
            fill="#16181f",
        )
        for index, (title, value) in enumerate(rows)
    )
    return svg.group(
        *(
            svg.element("rect", width=box.width, height=box.height, rx=8, fill=fill, stroke=state.accent, stroke_width=2, data_in=lights)
            for fill, lights in (("#f7f1e4", "visible oblique transmitted"), ("#3d3570", UV))
        ),
        svg.group(svg.element("path", d="".join(f"M6 {row * 17 + 16}" + "q20 -12 40 0t40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0" for row in range(19))), fill="none", stroke=state.series[-1].inks[0], stroke_width=".9", opacity=".55"),
        svg.group(emblem.emblem(state.code, state.ink), transform="translate(66 150)scale(.9)"),
        svg.text(f"{state.name} · VISA", x=24, y=48, font_size=26, font_family="serif", fill=state.ink),
        written,
        transform=f"translate({box.x} {box.y})",
    )  # fmt: skip


# --- The book -------------------------------------------------------------------------------------------------------------

LEAVES_SIZE, EDGES_SIZE = (1250, 520), (1250, 420)
_LEAF = 298
_EDGE, _SPINE = Box(60, 30, 1130, 150), Box(60, 235, 1130, 150)


def leaves_regions() -> dict[str, Region]:
    """Each of the pages shown."""
    return {f"PAGE_NO_{index + 1}": Region((Box(12 + index * 310, 20, _LEAF, 480),)) for index in range(4)}


def draw_leaves(plan: Plan, name: str = "leaves") -> str:
    """Four pages beside each other, with their numbers, tints and serials."""
    booklet = needed(plan.booklet)
    canvas = Canvas(name, LEAVES_SIZE)
    series = {one.number: one for one in plan.state.series}
    for index, leaf in enumerate(booklet.leaves):
        x = 12 + index * 310
        look = series[leaf.tint]
        part = f"{name}{index}"
        definitions, lines = guilloche.background(part, _LEAF, 480, PAGE_DESIGN + leaf.design * 3, look.inks)
        clip = svg.element("clipPath", svg.element("rect", width=_LEAF, height=480, rx=8), id=f"{part}c")
        canvas.define(definitions, clip)
        canvas.put("substrate", svg.element("rect", x=x, y=20, width=_LEAF, height=480, rx=8))
        canvas.put(
            "background", svg.group(svg.group(lines, clip_path=f"url(#{part}c)"), transform=f"translate({x} 20)")
        )
        middle = x + _LEAF / 2
        ornament = guilloche.rosette(46, 8 + 4 * leaf.design, inner=0.5)
        canvas.put(
            "static",
            svg.element(
                "path",
                d=ornament,
                transform=f"translate({number(middle)} 415)",
                fill="none",
                stroke=look.inks[0],
                stroke_width="1.4",
            ),
            svg.text(
                str(leaf.page),
                x=middle,
                y=428,
                font_size=40,
                font_family="serif",
                text_anchor="middle",
                fill=plan.state.ink,
            ),
            svg.text(
                "VISAS",
                x=middle,
                y=66,
                font_size=26,
                letter_spacing="6",
                font_family="serif",
                text_anchor="middle",
                fill=plan.state.accent,
            ),
        )
        canvas.put("perforation", lettering.holes(leaf.serial, Box(x + 54, 456, 190, 26), stroke="#8f846c"))
    data_page.specimen(canvas, plan, *LEAVES_SIZE, header=(1080, 140), portrait=None, corner=(310, 250))
    return canvas.written(f"{plan.header} · SPECIMEN")


def edges_regions() -> dict[str, Region]:
    """The edge with its marks, and the spine with its sewing."""
    return {"EDGE": Region((_EDGE,)), "STITCH": Region((_SPINE,))}


def draw_edges(plan: Plan, name: str = "edges") -> str:
    """The closed book seen from its edge, and opened to its spine."""
    booklet = needed(plan.booklet)
    canvas = Canvas(name, EDGES_SIZE)
    canvas.put(
        "substrate",
        svg.element("rect", x=_EDGE.x, y=_EDGE.y, width=_EDGE.width, height=_EDGE.height, rx=5),
        svg.element("rect", x=_SPINE.x, y=_SPINE.y, width=_SPINE.width, height=_SPINE.height, rx=5),
    )
    pages = "".join(f"M{number(_EDGE.x)} {number(_EDGE.y + 6 + row * 8.7)}h{number(_EDGE.width)}" for row in range(17))
    cover = svg.element(
        "path",
        d=f"M{_EDGE.x} {_EDGE.y}h{_EDGE.width}M{_EDGE.x} {_EDGE.bottom}h{_EDGE.width}",
        stroke=plan.state.ink,
        stroke_width=9,
    )
    canvas.put("static", svg.element("path", d=pages, stroke="#a99c80", stroke_width="1.2", opacity=".8"), cover)
    count = len(booklet.marks)
    wide = _EDGE.width / (count + 2)
    high = (_EDGE.height - 20) / count
    steps = "".join(
        f"M{number(_EDGE.x + (index + 1) * wide)} {number(_EDGE.y + 10 + index * high + high / 2)}h{number(wide * 0.8)}"
        for index, there in enumerate(booklet.marks)
        if there
    )
    canvas.put("static", svg.element("path", d=steps, stroke=plan.state.accent, stroke_width=number(high * 0.9)))
    fold = svg.element(
        "path", d=f"M{_SPINE.x} {number(_SPINE.middle[1])}h{_SPINE.width}", stroke="#7a6f58", stroke_width="2"
    )
    shade = "".join(
        f"M{number(_SPINE.x)} {number(_SPINE.middle[1] + side * row * 9)}h{number(_SPINE.width)}"
        for side in (-1, 1)
        for row in range(1, 7)
    )
    canvas.put("static", svg.element("path", d=shade, stroke="#a99c80", stroke_width="1", opacity=".45"), fold)
    chance = Chance(plan.seed, "wear/sewing")
    step = (_SPINE.width - 80) / booklet.stitches
    sewing = []
    for index in range(booklet.stitches):
        off = chance.between(-14, 14) / 100 * step if booklet.irregular else 0.0
        sewing.append(
            f"M{number(_SPINE.x + 40 + index * step + step * 0.14 + off)} {number(_SPINE.middle[1])}h{number(step * 0.72)}"
        )
    canvas.put(
        "stitching",
        svg.element("path", d="".join(sewing), stroke=booklet.thread, stroke_width=6, stroke_linecap="round"),
    )
    extra = "".join(
        f"M{number(_SPINE.x + 60 + chance.below(int(_SPINE.width) - 120))} {number(_SPINE.middle[1] + chance.one((-16, 16)))}h0"
        for _one in range(booklet.holes)
    )
    if extra:
        canvas.put("stitching", svg.element("path", d=extra, stroke="#2a2218", stroke_width=6, stroke_linecap="round"))
    data_page.specimen(canvas, plan, *EDGES_SIZE, header=(1120, 208), portrait=None, corner=(200, 208))
    return canvas.written(f"{plan.header} · SPECIMEN")
