"""The border pass: one sheet of paper with portrait, area and days, and no machine readable zone."""

from specimens import svg
from specimens.art import guilloche, stamping
from specimens.chance import Chance
from specimens.geometry import SHEET, Box, Region, boxes, ring
from specimens.plan import Plan
from specimens.sheets import data_page
from specimens.sheets.drawing import Canvas, label
from specimens.svg import number

DESIGN = 13
BOXES = boxes(
    SHEET,
    {
        "HEADER": (0.03, 0.03, 0.85, 0.10),
        "PHOTO": (0.05, 0.20, 0.25, 0.46),
        "VIZ_DOCNO": (0.72, 0.20, 0.24, 0.06),
        "VIZ_SURNAME": (0.34, 0.27, 0.36, 0.06),
        "VIZ_GIVEN": (0.34, 0.35, 0.36, 0.06),
        "VIZ_NAT": (0.34, 0.43, 0.22, 0.06),
        "VIZ_DOB": (0.34, 0.51, 0.20, 0.06),
        "VIZ_SEX": (0.58, 0.51, 0.08, 0.06),
        "VIZ_DOI": (0.34, 0.59, 0.20, 0.06),
        "VIZ_DOE": (0.58, 0.59, 0.20, 0.06),
        "VIZ_AREA": (0.34, 0.70, 0.40, 0.07),
        "VIZ_DAYS": (0.76, 0.70, 0.18, 0.07),
        "SIG": (0.05, 0.70, 0.25, 0.09),
        "WM": (0.82, 0.33, 0.13, 0.24),
        "THREAD": (0.70, 0.0, 0.012, 1.0),
    },
)


def regions() -> dict[str, Region]:
    """What can be marked on the pass."""
    found = {name: Region((box,)) for name, box in BOXES.items()}
    whole = Box(0, 0, *SHEET)
    found["PHOTO_EDGE"] = Region((BOXES["PHOTO"].grown(25),), (BOXES["PHOTO"].grown(-12.5),))
    found["LAM_EDGE"] = ring(SHEET, 60)
    found["PAGE"], found["CREASE"], found["FIBRES"] = Region((whole,)), Region((whole,)), Region((whole,))
    found["BG"] = Region((whole,), (BOXES["PHOTO"], *(box for name, box in BOXES.items() if name.startswith("VIZ_"))))
    found["CORNER"] = Region((Box(1120, 760, 130, 120),))
    return found


def draw(plan: Plan, name: str = "pass") -> str:
    """The pass as SVG."""
    canvas = Canvas(name, SHEET)
    wear = Chance(plan.seed, "wear/pass")
    width, height = SHEET
    canvas.put("substrate", svg.element("rect", width=width, height=height, rx=10))
    data_page.paper(canvas, plan, BOXES["WM"], BOXES["THREAD"], wear)
    data_page.background(canvas, plan, DESIGN, BOXES["PHOTO"])
    canvas.put("background", guilloche.frame(width, height, plan.state.accent))
    data_page.heading(canvas, plan, "BORDER PASS", 1.05)
    area = BOXES["VIZ_AREA"]
    canvas.put(
        "static",
        svg.element(
            "rect",
            x=area.x - 14,
            y=area.y - 10,
            width=number(BOXES["VIZ_DAYS"].right - area.x + 28),
            height=area.height + 22,
            rx=8,
            fill="none",
            stroke=plan.state.accent,
            stroke_width=2,
        ),
    )
    for region in plan.fields:
        data_page.field_at(canvas, plan, region, BOXES[region], wear)
    sign = BOXES["SIG"]
    canvas.put("static", label("Signature", sign.x, sign.y + 8, ink=plan.state.ink))
    canvas.put(
        "data",
        svg.group(
            stamping.signature(
                Chance(plan.seed, "holder/hand"), plan.signature, sign.width, sign.height - 8, "#1c2340"
            ),
            transform=f"translate({number(sign.x)} {number(sign.y + 10)})",
        ),
    )
    rules = "Valid in the named area only, and for no more days a journey than are written here."
    canvas.put("static", svg.text(rules, x=62, y=812, font_size=20, font_family="serif", fill=plan.state.ink))
    data_page.portrait(canvas, plan, BOXES["PHOTO"])
    data_page.laminate(canvas, plan, wear)
    data_page.worn(canvas, plan, wear)
    data_page.specimen(canvas, plan, width, height, header=(830, 88), portrait=BOXES["PHOTO"])
    return canvas.written(f"{plan.header} · SPECIMEN")
