"""What holds for the engraving, whatever it is used for."""

import re
import string
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specimens.art import emblem, guilloche, lettering, marks, stamping
from specimens.chance import Chance
from specimens.geometry import PAGE, Box

BOX = Box(40, 30, 300, 320)
INKS = ("#2f8f9d", "#7a5fb0")
SHAPES = (*stamping.CORNERS, *stamping.RADII)
STYLES = ("written", "childlike", "cross", "thumb")
COUNTS = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "Q": 4, "S": 4, "C": 6, "Z": 0}


def tree(*fragments: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<svg>{''.join(fragments)}</svg>")


def points(data: str) -> list[tuple[float, float]]:
    """Every end and control point of path data, absolute."""
    found, x, y = [], 0.0, 0.0
    for command, ends in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        values = [float(value) for value in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ends)]
        size = COUNTS[command.upper()]
        for at in range(0, len(values), size or 1):
            part, (fx, fy) = values[at : at + size], (x, y) if command.islower() else (0.0, 0.0)
            if command in "Hh":
                x += fx + part[0] - x
            elif command in "Vv":
                y += fy + part[0] - y
            else:
                found += [(fx + px, fy + py) for px, py in zip(part[0:-2:2], part[1:-2:2], strict=True)]
                x, y = fx + part[-2], fy + part[-1]
            found.append((x, y))
    return found


def paths(*fragments: str) -> list[str]:
    return [one.get("d", "") for one in tree(*fragments).iter("path")]


def colours(*fragments: str) -> set[str]:
    return set(re.findall(r"#[0-9a-f]{6}\b", "".join(fragments)))


def is_inside(box: Box, data: str, by: float = 0.2) -> bool:
    return all(box.grown(by).holds(x, y) for x, y in points(data))


def everything() -> dict[str, tuple[str, ...]]:
    """One of each drawing, as definitions and what is shown. Ids are to begin with p."""
    plain = {
        "frame": guilloche.frame(*PAGE, INKS[0]),
        "watermark": marks.watermark(BOX, "reeds"),
        "other watermark": marks.watermark(BOX, "waves"),
        "flat motif": marks.flat_motif(BOX, 0.5),
        "thread": marks.thread(BOX),
        "grey line": marks.grey_line(BOX, 0.5),
        "star": marks.star_half(9, 9, 30, is_back=True, ink=INKS[0]),
        "uv": marks.uv_motif(BOX, 1),
        "grey uv": marks.grey_motif(BOX, 1, strength=0.5, is_uv=False),
        "fibres": marks.fibres(Chance(1, "f"), 300, 200, 12),
        "glow": marks.glow(BOX, 0.5),
        "ridge": marks.ridge(BOX, 0.5),
        "hairline": marks.hairline(BOX, 0.5),
        "lifted": marks.lifted(Chance(1, "l"), (50, 50), 0.5),
        "rough": marks.rough(Chance(1, "r"), BOX, 0.5),
        "crease": marks.crease(Chance(1, "c"), *PAGE, 0.5),
        "dirt": marks.dirt(Chance(1, "d"), (50, 50), 0.5),
        "holes": lettering.holes("SP123", BOX, stroke="#333333"),
        "blurred": lettering.microtext_blurred(BOX, INKS[0], 0.5),
        "specimen": lettering.specimen("p")
        + lettering.specimen_layers("p", *PAGE, header=(600, 80), portrait=BOX, ink=INKS[0]),
        "amendment": stamping.amendment("REEDHAVEN", INKS[0], INKS[1]),
    }
    found = {name: (drawn,) for name, drawn in plain.items()}
    for design in guilloche.DESIGNS:
        found[f"background {design}"] = guilloche.background("p", *PAGE, design, INKS)
    found["gap"] = guilloche.background("p", *PAGE, 1, INKS, gap=BOX)
    found["dots"] = guilloche.background("p", *PAGE, 1, INKS, is_dotted=0.5)
    found["device"] = marks.device("p", BOX)
    found["broken device"] = marks.device("p", BOX, cut_at=150, shift=9)
    found["sheen"] = marks.sheen("p", *PAGE)
    found["microtext"] = lettering.microtext("p", "UTOPIA", Box(10, 10, 500, 6), INKS[0])
    for code in ("UTO", "XNO", ""):
        found[f"emblem {code}"] = (emblem.emblem(code, INKS[0]),)
    for shape in SHAPES:
        look = {"way": "exit", "code": "UTO", "place": "NORTH MOLE", "day": "03.11.2025", "ink": INKS[0]}
        found[shape] = (stamping.stamp(Chance(1, "s"), shape=shape, strength=0.6, smear=0.5, **look),)
    for style in STYLES:
        found[style] = (stamping.signature(Chance(1, "h"), style, 300, 66, INKS[0]),)
    return found


def test_the_same_numbers_give_the_same_bytes():
    first = everything()
    for module in (guilloche, emblem, lettering, marks):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()
    assert everything() == first


def kept() -> int:
    """How many results the modules keep."""
    found = [one for module in (guilloche, emblem, lettering, marks) for one in vars(module).values()]
    return sum(one.cache_info().currsize for one in found if hasattr(one, "cache_info"))


def test_drawings_for_ever_new_pages_do_not_fill_the_memory():
    def draw(prefix: str) -> None:
        guilloche.background(prefix, *PAGE, 1, INKS)
        marks.device(prefix, BOX)
        lettering.specimen(prefix)
        lettering.microtext(prefix, "UTOPIA", Box(10, 10, 500, 6), INKS[0])

    draw("p")
    before = kept()
    for index in range(20):
        draw(f"p{index}")
    assert kept() == before


@pytest.mark.parametrize("name", everything())
def test_a_drawing_is_whole_and_needs_nothing_from_elsewhere(name):
    root = tree(*everything()[name])
    marked = {one.get("id") for one in root.iter() if one.get("id")}
    assert all(one.startswith("p") for one in marked)
    assert {one.tag for one in root.iter()} <= {
        "svg",
        "g",
        "path",
        "use",
        "circle",
        "ellipse",
        "rect",
        "text",
        "linearGradient",
        "stop",
        "clipPath",
    }
    for one in root.iter():
        assert not {"style", "class", "filter"} & set(one.keys())
        for value in one.attrib.values():
            assert "nan" not in value
            assert set(re.findall(r"url\(#(\w+)\)", value)) <= marked
        if href := one.get("href"):
            assert href.removeprefix("#") in marked


# --- Backgrounds ----------------------------------------------------------------------------------------------------------


def lines_of(definitions: str, shown: str, letter: str) -> list[tuple[float, float]]:
    """Where each line of a field is laid, its references followed: letter a for braids, b for the field below them."""
    root = tree(definitions, shown)
    named = {one.get("id"): one for one in root.iter() if one.get("id")}

    def follow(name: str, x: float, y: float) -> list[tuple[float, float]]:
        if named[name].tag == "path":
            return [(x, y)]
        return [at for one in named[name] for at in follow(*moved(one, x, y))]

    def moved(one: ElementTree.Element, x: float, y: float) -> tuple[str, float, float]:
        return one.get("href", "")[1:], x + float(one.get("x", 0)), y + float(one.get("y", 0))

    uses = [one for one in tree(shown).iter("use") if re.match(rf"#p{letter}\d", one.get("href", ""))]
    return [at for one in uses for at in follow(*moved(one, 0, 0))]


@given(width=st.integers(200, 1300), height=st.integers(200, 1300), design=st.sampled_from(sorted(guilloche.DESIGNS)))
@settings(max_examples=25, deadline=None)
def test_every_row_of_a_background_is_laid_once_and_the_page_is_covered(width, height, design):
    definitions, shown = guilloche.background("p", width, height, design, INKS)
    look = guilloche.DESIGNS[design]
    for letter, step, lowest in (("a", look.braid[1], height), ("b", look.step, height - width * 0.03)):
        laid = lines_of(definitions, shown, letter)
        assert len(laid) == len(set(laid))
        rows = sorted({y for _x, y in laid})
        assert all(below - above == pytest.approx(step, abs=0.11) for above, below in pairwise(rows))
        assert rows[0] < 0
        assert rows[-1] + step > lowest
    assert {x for x, _y in lines_of(definitions, shown, "a")} == {
        float(f"{look.braid[0] / 8 * phase:.1f}") for phase in range(8)
    }


@pytest.mark.parametrize("design", guilloche.DESIGNS)
def test_a_background_is_small_and_in_its_two_inks(design):
    for more in ({}, {"gap": BOX}, {"is_dotted": 0.7}):
        definitions, shown = guilloche.background("p", *PAGE, design, INKS, **more)
        assert len(definitions + shown) < 11_000
        assert colours(definitions, shown) == set(INKS)


def test_no_two_designs_look_the_same():
    drawn = [guilloche.background("p", *PAGE, design, INKS) for design in guilloche.DESIGNS]
    assert len(set(drawn)) == len(guilloche.DESIGNS)


def test_lines_end_at_a_gap_and_nowhere_else():
    definitions, _shown = guilloche.background("p", *PAGE, 1, INKS, gap=BOX)
    (hole,) = tree(definitions).iter("clipPath")
    corners = points(hole[0].get("d"))
    assert {(0, 0), (PAGE[0], PAGE[1])} <= set(corners)
    assert {(BOX.x, BOX.y), (BOX.right, BOX.bottom)} <= set(corners)
    assert hole[0].get("clip-rule") == "evenodd"
    assert "clip-path" not in guilloche.background("p", *PAGE, 1, INKS)[1]


@pytest.mark.parametrize("strength", [0.1, 0.4, 0.7, 1.0])
def test_dots_have_nearly_the_tone_of_the_lines_they_stand_for(strength):
    _definitions, shown = guilloche.background("p", *PAGE, 1, INKS, is_dotted=strength)
    lines = tree(shown)[0]
    dash, gap = map(float, lines.get("stroke-dasharray").split())
    assert float(lines.get("stroke-width")) * dash / (dash + gap) == pytest.approx(guilloche.THICK, rel=0.1)
    assert gap >= 0.5


@given(radius=st.integers(20, 400), petals=st.integers(3, 14))
def test_a_rosette_reaches_its_radius_and_closes(radius, petals):
    data = guilloche.rosette(radius, petals)
    ends = re.findall(r"(-?[\d.]+),(-?[\d.]+)(?=C|z)", data)
    reach = [(float(x) ** 2 + float(y) ** 2) ** 0.5 for x, y in ends]
    assert max(reach) == pytest.approx(radius, abs=0.2)
    assert min(reach) == pytest.approx(radius * 0.42, abs=0.2)
    assert data.endswith("z")


# --- Emblems and letters --------------------------------------------------------------------------------------------------


def test_each_state_has_an_emblem_of_its_own_in_one_ink():
    drawn = [emblem.emblem(code, INKS[0]) for code in ("UTO", "XNO", "")]
    assert len(set(drawn)) == 3
    for one in drawn:
        assert colours(one) == {INKS[0]}
        assert len(one) < 2500
        assert all((x**2 + y**2) ** 0.5 < 50 for data in paths(one) for x, y in points(data))


def test_every_capital_and_digit_can_be_written():
    for sign in string.ascii_uppercase + string.digits:
        data, width = lettering.words_as_path(sign, height=12)
        assert data
        assert is_inside(Box(0, 0, width, 12), data, by=1.0), sign
    with pytest.raises(KeyError):
        lettering.words_as_path("É", height=12)


@given(words=st.text(string.ascii_uppercase + string.digits + " ", min_size=1, max_size=20), height=st.integers(4, 90))
def test_words_grow_with_their_height_and_stand_where_they_are_put(words, height):
    data, width = lettering.words_as_path(words, height=height, at=(100, 50))
    _data, twice = lettering.words_as_path(words, height=2 * height)
    assert twice == pytest.approx(2 * width)
    assert not data or is_inside(Box(100, 50, width, height), data, by=0.1 * height)


def test_specimen_is_drawn_as_a_path_in_three_places():
    assert paths(lettering.specimen("p"))[0].count("M") >= len(lettering.WORD)
    for portrait in (BOX, None):
        drawn = lettering.specimen_layers("p", *PAGE, header=(600, 80), portrait=portrait, ink=INKS[0])
        places = [re.match(r"translate\(([\d.]+) ([\d.]+)\)", one.get("transform")).groups() for one in tree(drawn)]
        assert len(set(places)) == 3
        assert any(BOX.holds(float(x), float(y)) for x, y in places) == (portrait is not None)


@given(number=st.text(string.digits, min_size=1, max_size=9), high=st.integers(10, 40))
def test_a_number_of_holes_has_its_holes_inside_its_box(number, high):
    box = Box(500, 4.4, 250, high)
    data = paths(lettering.holes(number, box, stroke="#333333"))[0]
    places = set(points(data))
    assert len(places) == data.count("h0") == sum(lettering.HOLES[sign].count("1") for sign in number)
    assert is_inside(box, data)


def test_small_words_fill_their_line_and_blots_say_nothing():
    line = Box(37, 664, 1175, 7)
    definition, shown = lettering.microtext("p", "REPUBLIC OF UTOPIA", line, INKS[0])
    width = lettering.words_as_path("REPUBLIC OF UTOPIA", height=7)[1]
    starts = [float(one.get("x")) for one in tree(shown).iter("use")]
    assert starts[0] == line.x
    assert starts[-1] + width == pytest.approx(line.right, abs=0.2)
    assert all(after - before >= width for before, after in pairwise(starts))
    assert is_inside(Box(0, 0, width, 7), paths(definition)[0], by=0.5)
    assert is_inside(line, paths(lettering.microtext_blurred(line, INKS[0], 1.0))[0])
    with pytest.raises(ValueError, match="longer"):
        lettering.microtext("p", "REPUBLIC OF UTOPIA", Box(0, 0, 40, 7), INKS[0])


# --- Marks ----------------------------------------------------------------------------------------------------------------


def tilted(shown: str) -> dict[str, str]:
    return {one.get("data-tilt"): ElementTree.tostring(one, encoding="unicode") for one in tree(shown).iter("g") if one.get("data-tilt")}  # fmt: skip


def test_the_device_shows_another_figure_and_colour_at_each_tilt_unless_it_is_flat():
    definitions, shown = marks.device("p", BOX)
    seen = tilted(shown)
    assert set(seen) == {"-1", "0", "1"}
    assert len({frozenset(colours(one)) for one in seen.values()}) == 3
    assert len({frozenset(re.findall(r'href="#(\w+)"', one)) for one in seen.values()}) == 3
    same, flat = marks.device("p", BOX, is_one_colour=True)
    assert same == definitions
    assert len({re.sub(r'data-tilt="[^"]+"', "", one) for one in tilted(flat).values()}) == 1


def test_the_device_fits_its_box_and_is_cut_where_it_is_told():
    definitions, _shown = marks.device("p", BOX)
    radius = min(BOX.width, BOX.height) / 2
    assert all(float(one.get("r")) <= radius for one in tree(definitions).iter("circle"))
    middle = Box(-radius, -radius, 2 * radius, 2 * radius)
    assert all(is_inside(middle, data) for data in paths(definitions) if data.endswith("z"))
    cut, broken = marks.device("p", BOX, cut_at=150, shift=9)
    left, right = (one[0] for one in tree(cut).iter("clipPath"))
    assert BOX.middle[0] + float(left.get("x")) + float(left.get("width")) == pytest.approx(150, abs=0.2)
    assert BOX.middle[0] + float(right.get("x")) == pytest.approx(150, abs=0.2)
    assert len(tree(broken).findall(".//g[@data-tilt='0']")) == 2


def test_the_two_halves_of_the_star_fill_it_and_never_overlap():
    def sectors(is_back: bool) -> set[int]:
        drawn = paths(marks.star_half(0, 0, 360, is_back=is_back, ink=INKS[0]))[0]
        parts = [points(one) for one in re.findall(r"M[^z]+z", drawn)]
        return {round(part[1][0]) * 1000 + round(part[1][1]) for part in parts}

    front, back = sectors(False), sectors(True)
    assert len(front) == len(back) == 8
    assert not front & back


@pytest.mark.parametrize("series", range(1, 8))
def test_what_shines_is_in_two_colours_inside_its_box_and_its_grey_copy_is_in_neither(series):
    shining = marks.uv_motif(BOX, series)
    assert colours(shining) == {marks.GREEN, marks.YELLOW}
    for is_uv in (True, False):
        copy = marks.grey_motif(BOX, series, strength=0.5, is_uv=is_uv)
        assert not colours(copy) & {marks.GREEN, marks.YELLOW}
        assert paths(copy) == paths(shining)


def test_the_printed_motif_has_the_outline_of_the_one_in_the_paper():
    inside, flat = marks.watermark(BOX, "reeds"), marks.flat_motif(BOX, 0.5)
    assert set(paths(flat)) <= set(paths(inside))
    assert len(colours(inside)) == 2
    assert len(colours(flat)) == 1
    assert not set(paths(marks.watermark(BOX, "waves"))) & set(paths(inside))


@given(height=st.integers(20, 400))
def test_reeds_stay_in_their_box(height):
    assert is_inside(Box(0, 0, 0.72 * height, height), marks.reeds(height), by=0.06 * height)


@given(seed=st.integers(0, 2**31 - 1), count=st.integers(1, 40))
def test_there_are_as_many_fibres_as_asked(seed, count):
    assert "".join(paths(marks.fibres(Chance(seed, "f"), 725, 528, count))).count("M") == count


@given(seed=st.integers(0, 2**31 - 1), strength=st.floats(0, 1))
@settings(deadline=None)
def test_wear_stays_near_its_place(seed, strength):
    def is_near(*fragments: str) -> bool:
        return all(abs(x - 600) < 105 and abs(y - 400) < 105 for data in paths(*fragments) for x, y in points(data))

    assert is_near(marks.dirt(Chance(seed, "d"), (600, 400), strength))
    assert is_near(marks.lifted(Chance(seed, "l"), (600, 400), strength))
    patch = Box(550, 380, 100, 40)
    rough = marks.rough(Chance(seed, "r"), patch, strength)
    assert all(is_inside(patch, data, by=8) for data in paths(rough))


# --- By hand --------------------------------------------------------------------------------------------------------------


def holds(outline: list[tuple[float, float]], x: float, y: float) -> bool:
    """Whether a place lies in a polygon."""
    crossed = [
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in zip(outline, [*outline[1:], outline[0]], strict=True)
    ]
    return sum(crossed) % 2 == 1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["REEDGATE", "FERRO BRIDGE"])
def test_the_words_of_a_stamp_stand_inside_its_frame(shape, place):
    drawn = stamping.stamp(Chance(3, "s"), shape=shape, way="entry", code="UTO", place=place, day="03.11.2025", ink=INKS[0], strength=0.7, smear=0)  # fmt: skip
    inner = points(stamping.frame(shape, 0.91))
    down, size = stamping.WORDS.get(shape, (0, 1.0))
    for one in tree(drawn).iter("text"):
        high = float(one.get("font-size"))
        half = float(one.get("textLength") or len(one.text) * high * 0.6) / 2
        base = float(one.get("y"))
        for x in (-half, half):
            for y in (base, base - high * 0.72):
                assert holds(inner, x * size, y * size + down), (one.text, x, y)


def test_a_stamp_tells_entry_from_exit_without_colour_or_words():
    look = {"shape": "hexagon", "code": "UTO", "place": "REEDGATE", "day": "03.11.2025", "ink": INKS[0], "strength": 0.7, "smear": 0}  # fmt: skip
    into, out = (paths(stamping.stamp(Chance(3, "s"), way=way, **look)) for way in ("entry", "exit"))
    assert set(into) != set(out)


def test_a_smear_repeats_the_stamp_more_faintly():
    look = {"shape": "oval", "way": "exit", "code": "UTO", "place": "REEDGATE", "day": "03.11.2025", "ink": INKS[0], "strength": 0.7}  # fmt: skip
    clear, smeared = (stamping.stamp(Chance(3, "s"), smear=smear, **look) for smear in (0, 0.6))
    assert smeared.count("03.11.2025") == 3 * clear.count("03.11.2025")


@given(seed=st.integers(0, 2**31 - 1), style=st.sampled_from(STYLES))
def test_a_hand_stays_in_its_field(seed, style):
    drawn = stamping.signature(Chance(seed, "h"), style, 375, 66, INKS[0])
    assert colours(drawn) == {INKS[0]}
    assert all(is_inside(Box(0, 0, 375, 66), data, by=12) for data in paths(drawn))


def test_two_hands_write_differently():
    written = {stamping.signature(Chance(seed, "h"), "written", 375, 66, INKS[0]) for seed in range(200)}
    assert len(written) == 200
