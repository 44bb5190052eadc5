"""The data page of a passport (TD3), layer by layer."""

from specimens import svg
from specimens.art import emblem, guilloche, lettering, marks, portraits, stamping
from specimens.chance import Chance
from specimens.geometry import DATA_PAGE, PAGE, Box, Region, ring
from specimens.lights import OBLIQUE, TRANSMITTED, UV, VISIBLE
from specimens.plan import Plan
from specimens.sheets.drawing import Canvas, label, written_field, zone_lines
from specimens.svg import number

DAY = (VISIBLE, OBLIQUE)
STAR = Box(1125, 430, 80, 80)
BOXES = {**DATA_PAGE, "GHOST": Box(985, 372, 125, 163.5), "REGISTER": STAR}
# Where fields stand that the border pass has in place of others.
TEXT = tuple(name for name in BOXES if name.startswith("VIZ_"))
FACE_SCALE, FACE_MOVE = 1.2, (-35.0, -70.0)


def regions() -> dict[str, Region]:
    """What can be marked on the page, the small before the large."""
    found = {name: Region((box,)) for name, box in BOXES.items()}
    photo = BOXES["PHOTO"]
    found["PHOTO_EDGE"] = Region((photo.grown(25),), (photo.grown(-12.5),))
    found["LAM_EDGE"] = ring(PAGE, 60)
    whole = Box(0, 0, *PAGE)
    found["PAGE"] = Region((whole,))
    found["BG"] = Region((whole,), (photo, *(BOXES[name] for name in (*TEXT, "MRZ1", "MRZ2"))))
    found["CREASE"], found["FIBRES"] = Region((whole,)), Region((whole,))
    found["CORNER"] = Region((Box(1120, 760, 130, 120),))
    return found


def draw(plan: Plan, name: str = "page") -> str:
    """The page as SVG. name: for the ids of its definitions."""
    canvas = Canvas(name, PAGE)
    width, height = PAGE
    wear = Chance(plan.seed, "wear/page")
    canvas.put("substrate", svg.element("rect", width=width, height=height, rx=22))
    _paper(canvas, plan, wear)
    _print(canvas, plan)
    _data(canvas, plan, wear)
    _portrait(canvas, plan)
    _device(canvas, plan)
    laminate(canvas, plan, wear)
    _perforation(canvas, plan)
    worn(canvas, plan, wear)
    specimen(canvas, plan, width, height, header=(770, 84), portrait=BOXES["PHOTO"])
    return canvas.written(f"{plan.header} · SPECIMEN")


def specimen(
    canvas: Canvas,
    plan: Plan,
    width: int,
    height: int,
    *,
    header: tuple[float, float],
    portrait: Box | None,
    corner: tuple[float, float] | None = None,
    ink: str = "",
) -> None:
    """The word SPECIMEN, in every drawing, in three places."""
    canvas.define(lettering.specimen(canvas.name))
    canvas.put(
        "specimen",
        lettering.specimen_layers(
            canvas.name, width, height, header=header, portrait=portrait, corner=corner, ink=ink or plan.state.ink
        ),
        lights=(VISIBLE, OBLIQUE, TRANSMITTED),
    )
    canvas.put(
        "specimen",
        lettering.specimen_layers(
            canvas.name, width, height, header=header, portrait=portrait, corner=corner, ink="#b9b2e6"
        ),
        lights=(UV,),
    )


def _paper(canvas: Canvas, plan: Plan, wear: Chance) -> None:
    paper(canvas, plan, BOXES["WM"], BOXES["THREAD"], wear)
    uv = BOXES["PAGE_UV"]
    if strength := plan.strength("uv_motif_visible"):
        canvas.put("watermark", marks.grey_motif(uv, plan.series.number, strength=strength, is_uv=False), lights=DAY)
        canvas.put("watermark", marks.grey_motif(uv, plan.series.number, strength=strength, is_uv=True), lights=(UV,))
    elif not plan.strength("uv_motif_missing"):
        canvas.put("watermark", marks.uv_motif(uv, plan.series.number), lights=(UV,))
    x, y = STAR.middle
    canvas.put("watermark", marks.star_half(x, y, 36, is_back=False, ink=plan.state.accent))
    off = 4 + 12 * plan.strength("register_off") if plan.strength("register_off") else 0
    canvas.put(
        "watermark", marks.star_half(x + off, y + off / 2, 36, is_back=True, ink="#8a6a3f"), lights=(TRANSMITTED,)
    )


def paper(canvas: Canvas, plan: Plan, watermark: Box, thread: Box, wear: Chance) -> None:
    """What lies in the paper: watermark, thread, fibres, and how it answers UV."""
    width, height = canvas.size
    if glow := plan.strength("page_glow"):
        canvas.put(
            "substrate",
            svg.element(
                "rect", width=width, height=height, rx=22, fill=marks.BLUE_WHITE, opacity=number_of(0.2 + 0.55 * glow)
            ),
            lights=(UV,),
        )
    if printed := plan.strength("watermark_printed"):
        canvas.put("watermark", marks.flat_motif(watermark, printed), lights=(*DAY, TRANSMITTED))
    elif plan.strength("watermark_other"):
        canvas.put("watermark", marks.watermark(watermark, "waves"), lights=(TRANSMITTED,))
    elif not plan.strength("watermark_missing"):
        canvas.put("watermark", marks.watermark(watermark, "reeds"), lights=(TRANSMITTED,))
    if drawn := plan.strength("thread_drawn"):
        canvas.put("thread", marks.grey_line(thread, drawn), lights=(*DAY, TRANSMITTED))
    else:
        canvas.put("thread", marks.thread(thread), lights=(TRANSMITTED,))
    if few := plan.strength("fibres"):
        canvas.put("thread", marks.fibres(wear.stream("fibres"), width, height, int(6 + 14 * few)), lights=(UV,))


def worn(canvas: Canvas, plan: Plan, wear: Chance) -> None:
    """What comes from use."""
    width, height = canvas.size
    if crease := plan.strength("crease"):
        canvas.put("wear", marks.crease(wear.stream("crease"), width, height, crease))
    if dirt := plan.strength("corner_dirt"):
        canvas.put("wear", marks.dirt(wear.stream("dirt"), (width - 60, height - 55), dirt))


def number_of(value: float) -> str:
    """A share as an attribute."""
    return f"{value:.2f}"


def background(canvas: Canvas, plan: Plan, design: int, photo: Box | None) -> None:
    """The fine lines of a sheet, in the inks of its series, a little off where prints differ."""
    inks = plan.series.inks
    if shift := plan.strength("tint_shift"):
        inks = (_mixed(inks[0], inks[1], 0.12 + 0.18 * shift), _mixed(inks[1], inks[0], 0.1 * shift))
    gap = photo.grown(2 + 16 * plan.strength("background_gap")) if photo and plan.strength("background_gap") else None
    definitions, lines = guilloche.background(
        canvas.name, *canvas.size, design, inks, gap=gap, is_dotted=plan.strength("background_dots")
    )
    canvas.define(definitions)
    canvas.put("background", lines)


def _mixed(one: str, other: str, share: float) -> str:
    parts = [round(int(one[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _print(canvas: Canvas, plan: Plan) -> None:
    background(canvas, plan, plan.series.number, BOXES["PHOTO"])
    canvas.put("background", guilloche.frame(*PAGE, plan.state.ink))
    heading(canvas, plan, "PASSPORT", 1)
    chip = BOXES["CHIP"]
    if plan.reader:
        x, y = chip.x, chip.y
        canvas.put("static", svg.group(svg.element("rect", x=x, y=y, width=56, height=38, rx=7), svg.element("path", d=f"M{number(x)} {number(y + 19)}h17m22 0h17"), svg.element("circle", cx=x + 28, cy=y + 19, r=10), fill="none", stroke=plan.state.accent, stroke_width=4))  # fmt: skip
    micro = BOXES["MICRO"]
    micro = Box(micro.x, micro.y + 2, micro.width, 6.5)
    if blurred := plan.strength("micro_blurred"):
        canvas.put("microtext", lettering.microtext_blurred(micro, plan.state.accent, blurred))
    else:
        word, line = lettering.microtext(
            canvas.name, f"{plan.state.name} PASSPORT SPECIMEN".upper(), micro, plan.state.accent
        )
        canvas.define(word)
        canvas.put("microtext", line)


def heading(canvas: Canvas, plan: Plan, title: str, scale: float) -> None:
    """The emblem, the issuer's name and the kind of document."""
    code = "" if plan.strength("other_emblem") else plan.state.code
    canvas.put(
        "static",
        svg.group(emblem.emblem(code, plan.state.ink), transform=f"translate({number(92 * scale)} {number(74 * scale)})scale({1.02 * scale:.2f})"),
        svg.text(plan.header, x=160 * scale, y=66 * scale, font_family="serif", font_size=34 * scale, letter_spacing=number(2.5 * scale), fill=plan.state.ink),
        svg.text(title, x=160 * scale, y=98 * scale, font_family="sans-serif", font_size=17 * scale, letter_spacing=number(6 * scale), fill=plan.state.accent),
    )  # fmt: skip


def _data(canvas: Canvas, plan: Plan, wear: Chance) -> None:
    codes = svg.text(
        f"Type  {plan.zone[0][:2].replace('<', '')}     Code  {plan.state.code or '–'}",
        x=450,
        y=176,
        font_size=20,
        font_family="sans-serif",
        fill=plan.state.ink,
    )
    canvas.put("data", codes)
    for name, field in plan.fields.items():
        field_at(canvas, plan, name, BOXES[name], wear)
        if field.amendment:
            canvas.put(
                "entries",
                svg.group(
                    stamping.amendment(field.amendment, "#1f2f6f", plan.state.stamp_ink),
                    transform=f"translate({number(BOXES[name].x + 20 + len(field.text) * 17)} {number(BOXES[name].bottom - 8)})",
                ),
            )
    sign = BOXES["SIG"]
    canvas.put("data", label("Signature", sign.x, sign.y + 8, ink=plan.state.ink))
    canvas.put(
        "data",
        svg.group(
            stamping.signature(
                Chance(plan.seed, "holder/hand"), plan.signature, sign.width, sign.height - 4, "#1c2340"
            ),
            transform=f"translate({number(sign.x)} {number(sign.y + 8)})",
        ),
    )
    canvas.put("data", zone_lines(plan.zone, [BOXES["MRZ1"], BOXES["MRZ2"]], ink="#1b1b1f", size=41))


def field_at(canvas: Canvas, plan: Plan, name: str, box: Box, wear: Chance, *, size: float = 29.0) -> None:
    """A field with its label, and what is seen behind or around it."""
    field = plan.fields[name]
    if strength := plan.at("rough_patch", name):
        chance = wear.stream("rough")
        canvas.put("background", marks.rough(chance, box.grown(3), strength), lights=DAY)
        canvas.put("background", marks.rough(chance, box.grown(3), strength, ink="#fffdf2"), lights=(TRANSMITTED,))
    if strength := plan.at("bright_patch", name):
        canvas.put("watermark", marks.glow(box, strength), lights=(UV,))
    if strength := plan.at("hairline", name):
        canvas.put("laminate", marks.hairline(box.grown(4), strength), lights=(OBLIQUE,))
    canvas.put("static", label(field.label, box.x + 2, box.y + 12, ink=plan.state.ink))
    canvas.put("data", written_field(field, box, ink="#16181f", size=size))


def _portrait(canvas: Canvas, plan: Plan) -> None:
    portrait(canvas, plan, BOXES["PHOTO"])
    ghost = BOXES["GHOST"]
    scale = ghost.width / portraits.WIDTH
    inside = f'<use href="#{canvas.name}face"/>' if plan.ghost == plan.face else portraits.portrait(plan.ghost)
    clip = svg.element(
        "clipPath", svg.element("rect", width=portraits.WIDTH, height=portraits.HEIGHT, rx=40), id=f"{canvas.name}k"
    )
    canvas.define(clip)
    moved = svg.group(
        inside if plan.ghost == plan.face else svg.group(inside, transform=_zoomed()), clip_path=f"url(#{canvas.name}k)"
    )
    canvas.put(
        "portrait",
        svg.group(moved, transform=f"translate({number(ghost.x)} {number(ghost.y)})scale({scale:.3f})", opacity=".42"),
    )


def _zoomed() -> str:
    return f"translate({number(FACE_MOVE[0])} {number(FACE_MOVE[1])})scale({FACE_SCALE})"


def portrait(canvas: Canvas, plan: Plan, box: Box) -> None:
    """The portrait in its box, and what is seen of how it lies there."""
    clip = svg.element(
        "clipPath", svg.element("rect", width=portraits.WIDTH, height=portraits.HEIGHT, rx=10), id=f"{canvas.name}l"
    )
    canvas.define(clip)
    scale_x, scale_y = box.width / portraits.WIDTH, box.height / portraits.HEIGHT
    move = f"translate({number(box.x)} {number(box.y)})scale({scale_x:.3f} {scale_y:.3f})"
    plain = svg.element("rect", width=portraits.WIDTH, height=portraits.HEIGHT, fill="#efe9da" if plan.strength("background_gap") else "#fff", opacity=".9" if plan.strength("background_gap") else ".22")  # fmt: skip
    face = svg.group(svg.group(portraits.portrait(plan.face), transform=_zoomed()), id=f"{canvas.name}face")
    inside = [svg.group(plain, face, clip_path=f"url(#{canvas.name}l)", opacity=".93")]
    if strength := plan.strength("portrait_dots"):
        size = 1.2 + 1.3 * strength
        inside.append(svg.element("path", d=portraits.dots(strength), fill="none", stroke="#fff8ea", stroke_width=number(size), stroke_dasharray=f"0 {number(5.0 + 3.5 * strength)}", stroke_linecap="round", opacity=".8"))  # fmt: skip
    canvas.put("portrait", svg.group(*inside, transform=move))
    if strength := plan.strength("portrait_edge"):
        canvas.put("laminate", marks.ridge(box.grown(3), strength), lights=(OBLIQUE,))
    if strength := plan.at("hairline", "PHOTO"):
        canvas.put("laminate", marks.hairline(box.grown(-6), strength), lights=(OBLIQUE,))


def _device(canvas: Canvas, plan: Plan) -> None:
    broken = plan.strength("ovd_broken")
    device(
        canvas, BOXES["OVD"], is_flat=bool(plan.strength("ovd_one_colour")),
        cut_at=BOXES["PHOTO"].right if broken else None, shift=4 + 14 * broken,
    )  # fmt: skip


def device(canvas: Canvas, box: Box, *, is_flat: bool, cut_at: float | None = None, shift: float = 0.0) -> None:
    """The medallion that changes with the tilt, or a flat one, which stays as it is in oblique light."""
    definitions, drawing = marks.device(canvas.name, box, cut_at=cut_at, shift=shift)
    canvas.define(definitions)
    if is_flat:
        canvas.put("ovd", drawing, lights=(VISIBLE, TRANSMITTED, UV))
        canvas.put("ovd", marks.device(canvas.name, box, is_one_colour=True)[1], lights=(OBLIQUE,))
    else:
        canvas.put("ovd", drawing)


def laminate(canvas: Canvas, plan: Plan, wear: Chance) -> None:
    """The surface in oblique light."""
    width, height = canvas.size
    fade, bands = marks.sheen(canvas.name, width, height)
    canvas.define(fade)
    canvas.put("laminate", bands, lights=(OBLIQUE,))
    if strength := plan.strength("laminate_lift"):
        chance = wear.stream("lift")
        corner = chance.one(((48.0, 44.0), (width - 48.0, 44.0), (48.0, height - 44.0), (width - 48.0, height - 44.0)))
        canvas.put("laminate", marks.lifted(chance, corner, strength * 0.9), lights=(OBLIQUE,))


def _perforation(canvas: Canvas, plan: Plan) -> None:
    box = BOXES["LASERPERF"]
    if strength := plan.strength("perforation_printed"):
        canvas.put(
            "perforation",
            lettering.holes(plan.perforated, box, stroke="#6f6a60", opacity=number_of(0.55 + 0.3 * strength)),
            lights=(*DAY, TRANSMITTED),
        )
        return
    canvas.put("perforation", lettering.holes(plan.perforated, box, stroke="#a79c86", opacity=".8"), lights=DAY)
    canvas.put("perforation", lettering.holes(plan.perforated, box, stroke="#fffef4"), lights=(TRANSMITTED,))
