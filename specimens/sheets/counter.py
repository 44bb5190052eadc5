"""What stands beside the document at the counter: the person who hands it over, and the device that reads its chip."""

from specimens import svg
from specimens.art import portraits
from specimens.geometry import Box, Region
from specimens.plan import Plan, needed
from specimens.sheets import data_page
from specimens.sheets.drawing import Canvas
from specimens.svg import number

PERSON_SIZE, READER_SIZE = (700, 880), (900, 560)
_FACE = Box(120, 120, 460, 600)
_ROWS = {"CHIP_DOCNO": 0, "CHIP_NAME": 1, "CHIP_DOB": 2, "CHIP_DOE": 3}


def person_regions() -> dict[str, Region]:
    """The traveller's face."""
    return {"FACE": Region((_FACE,))}


def draw_person(plan: Plan, name: str = "person") -> str:
    """The traveller as they stand at the counter."""
    canvas = Canvas(name, PERSON_SIZE)
    width, height = PERSON_SIZE
    wall = "".join(f"M{x} 0V{height}" for x in range(35, width, 70))
    canvas.put(
        "static",
        svg.element("rect", width=width, height=height, fill="#dfe6e4"),
        svg.element("path", d=wall, stroke="#c9d4d1", stroke_width=3),
    )
    canvas.put(
        "portrait", svg.group(portraits.portrait(needed(plan.person)), transform="translate(0 -40)scale(2 2.009)")
    )
    canvas.put(
        "static",
        svg.element("rect", y=height - 70, width=width, height=70, fill="#8a7a63"),
        svg.element("rect", y=height - 70, width=width, height=8, fill="#6f614d"),
    )
    data_page.specimen(canvas, plan, width, height, header=(560, 44), portrait=None, corner=(140, 790))
    return canvas.written("SPECIMEN")


def reader_regions() -> dict[str, Region]:
    """Each row of the device, and what it says of the signature."""
    found = {name: Region((Box(60, 110 + row * 80, 780, 70),)) for name, row in _ROWS.items()}
    found["SIGNATURE"] = Region((Box(60, 430, 780, 90),))
    return found


def draw_reader(plan: Plan, name: str = "reader") -> str:
    """The panel of the reading device."""
    reader = needed(plan.reader)
    canvas = Canvas(name, READER_SIZE)
    width, height = READER_SIZE
    canvas.put(
        "static",
        svg.element("rect", width=width, height=height, rx=26, fill="#20272b"),
        svg.element("rect", x=30, y=30, width=width - 60, height=height - 60, rx=10, fill="#0f1a17"),
    )
    look: dict[str, object] = {"font_family": "monospace", "fill": "#8fe3b8"}
    canvas.put("data", svg.text("CHIP READER · TRAINING", x=60, y=80, font_size=26, **look))
    for index, (title, value) in enumerate(reader.rows):
        y = 140 + index * 80
        canvas.put("data", svg.text(title, x=60, y=y, font_size=20, opacity=".75", **look))
        if reader.answers:
            canvas.put(
                "data",
                svg.text(value, x=60, y=y + 32, font_size=30, textLength=number(min(760, len(value) * 18)), **look),
            )
    words, colour = (
        ("NO ANSWER FROM THE CHIP", "#e8c46a")
        if not reader.answers
        else ("SIGNATURE FITS", "#8fe3b8")
        if reader.signature == "fits"
        else ("SIGNATURE MISSING", "#ff9a7a")
    )
    canvas.put(
        "data",
        svg.element("rect", x=60, y=440, width=780, height=64, rx=8, fill="none", stroke=colour, stroke_width=3),
        svg.text(words, x=90, y=482, font_size=32, font_family="monospace", fill=colour),
    )
    data_page.specimen(canvas, plan, width, height, header=(740, 76), portrait=None, corner=(740, 400), ink="#6fa78f")
    return canvas.written("SPECIMEN")
