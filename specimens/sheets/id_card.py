"""An identity card of the size TD1: its front with portrait and data, its back with the three lines."""

from specimens import svg
from specimens.art import guilloche, stamping
from specimens.chance import Chance
from specimens.geometry import CARD, Box, Region, boxes
from specimens.plan import Plan
from specimens.sheets import data_page
from specimens.sheets.drawing import Canvas, label, zone_lines
from specimens.svg import number

DESIGN = 12
FRONT = boxes(
    CARD,
    {
        "HEADER": (0.03, 0.03, 0.92, 0.15),
        "PHOTO": (0.04, 0.24, 0.29, 0.60),
        "VIZ_DOCNO": (0.68, 0.22, 0.29, 0.09),
        "VIZ_SURNAME": (0.38, 0.32, 0.42, 0.09),
        "VIZ_GIVEN": (0.38, 0.42, 0.42, 0.09),
        "VIZ_NAT": (0.38, 0.52, 0.28, 0.09),
        "VIZ_DOB": (0.38, 0.62, 0.27, 0.09),
        "VIZ_SEX": (0.68, 0.62, 0.10, 0.09),
        "VIZ_POB": (0.68, 0.52, 0.29, 0.09),
        "VIZ_DOI": (0.38, 0.72, 0.27, 0.09),
        "VIZ_DOE": (0.68, 0.72, 0.27, 0.09),
        "VIZ_AUTH": (0.86, 0.32, 0.12, 0.09),
        "SIG": (0.38, 0.83, 0.36, 0.13),
    },
)
BACK = boxes(
    CARD, {"MRZ1": (0.03, 0.56, 0.94, 0.12), "MRZ2": (0.03, 0.69, 0.94, 0.12), "MRZ3": (0.03, 0.82, 0.94, 0.12)}
)


def front_regions() -> dict[str, Region]:
    """What can be marked on the front."""
    found = {name: Region((box,)) for name, box in FRONT.items()}
    whole = Box(0, 0, *CARD)
    found["PAGE"], found["CREASE"] = Region((whole,)), Region((whole,))
    found["BG"] = Region((whole,), tuple(FRONT.values()))
    return found


def back_regions() -> dict[str, Region]:
    """What can be marked on the back."""
    return {name: Region((box,)) for name, box in BACK.items()}


def draw_front(plan: Plan, name: str = "front") -> str:
    """The front as SVG."""
    canvas = Canvas(name, CARD)
    wear = Chance(plan.seed, "wear/card")
    width, height = CARD
    canvas.put("substrate", svg.element("rect", width=width, height=height, rx=34))
    data_page.background(canvas, plan, DESIGN, FRONT["PHOTO"])
    data_page.heading(canvas, plan, "IDENTITY CARD", 0.78)
    for region in plan.fields:
        data_page.field_at(canvas, plan, region, FRONT[region], wear, size=23.0)
    sign = FRONT["SIG"]
    canvas.put("static", label("Signature", sign.x, sign.y + 8, ink=plan.state.ink))
    canvas.put(
        "data",
        svg.group(
            stamping.signature(
                Chance(plan.seed, "holder/hand"), plan.signature, sign.width, sign.height - 10, "#1c2340"
            ),
            transform=f"translate({number(sign.x)} {number(sign.y + 8)})",
        ),
    )
    data_page.portrait(canvas, plan, FRONT["PHOTO"])
    data_page.laminate(canvas, plan, wear)
    data_page.worn(canvas, plan, wear)
    data_page.specimen(canvas, plan, width, height, header=(690, 62), portrait=FRONT["PHOTO"])
    return canvas.written(f"{plan.header} · SPECIMEN")


def draw_back(plan: Plan, name: str = "back") -> str:
    """The back as SVG."""
    canvas = Canvas(name, CARD)
    width, height = CARD
    canvas.put("substrate", svg.element("rect", width=width, height=height, rx=34))
    definitions, lines = guilloche.background(name, width, height, 11, plan.series.inks)
    canvas.define(definitions)
    canvas.put("background", lines)
    canvas.put(
        "static",
        svg.element("rect", x=40, y=52, width=776, height=74, fill=plan.state.ink, opacity=".82"),
        svg.text(
            f"{plan.state.name.title()}: if found, hand in at any post.",
            x=40,
            y=180,
            font_family="serif",
            font_size=24,
            fill=plan.state.ink,
        ),
    )
    canvas.put("data", zone_lines(plan.zone, list(BACK.values()), ink="#1b1b1f", size=40))
    data_page.specimen(canvas, plan, width, height, header=(690, 228), portrait=None, corner=(180, 260))
    return canvas.written(f"{plan.header} · SPECIMEN")
