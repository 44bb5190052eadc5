"""Sheets: what lies on the table for each document. This is the register of them."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from specimens import geometry
from specimens.geometry import Region
from specimens.plan import Plan
from specimens.said import Said
from specimens.sheets import border_pass, counter, data_page, id_card, pages

# Regions that anomalies or variations touch, and that nobody marks by name.
UNLISTED = ("CREASE", "CORNER", "FIBRES")
Regions = Callable[[Plan], dict[str, Region]]

# By name: its size, how it is drawn (with the name for ids), and what can be marked on it.
SHEETS: Mapping[str, tuple[tuple[int, int], Callable[[Plan, str], str], Regions]] = {
    "page": (geometry.PAGE, data_page.draw, lambda plan: data_page.regions()),
    "pass": (geometry.SHEET, border_pass.draw, lambda plan: border_pass.regions()),
    "front": (geometry.CARD, id_card.draw_front, lambda plan: id_card.front_regions()),
    "back": (geometry.CARD, id_card.draw_back, lambda plan: id_card.back_regions()),
    "visa": (
        pages.VISA_SIZE,
        lambda plan, name: pages.draw_visa(plan, plan.visas[0], name),
        lambda plan: pages.visa_regions(),
    ),
    "second": (
        pages.VISA_SIZE,
        lambda plan, name: pages.draw_visa(plan, plan.visas[1], name),
        lambda plan: pages.visa_regions(),
    ),
    "stamps": (geometry.SHEET, pages.draw_stamps, pages.stamp_regions),
    "leaves": (pages.LEAVES_SIZE, pages.draw_leaves, lambda plan: pages.leaves_regions()),
    "edges": (pages.EDGES_SIZE, pages.draw_edges, lambda plan: pages.edges_regions()),
    "person": (counter.PERSON_SIZE, counter.draw_person, lambda plan: counter.person_regions()),
    "reader": (counter.READER_SIZE, counter.draw_reader, lambda plan: counter.reader_regions()),
}
ON_TABLE: Mapping[str, tuple[str, ...]] = {
    "passport": ("page",),
    "book": ("page", "leaves", "edges"),
    "epassport": ("page", "reader"),
    "traveller": ("page", "person"),
    "visa": ("visa", "page"),
    "visas": ("visa", "second"),
    "stamps": ("stamps",),
    "card": ("front", "back"),
    "pass": ("pass",),
}


def regions(plan: Plan) -> dict[str, Region]:
    """Every region of a specimen, as "sheet:REGION"."""
    return {
        f"{sheet}:{name}": region
        for sheet in ON_TABLE[plan.document]
        for name, region in SHEETS[sheet][2](plan).items()
    }


def draw(plan: Plan) -> list[tuple[str, tuple[int, int], str, dict[str, Region]]]:
    """Name, size, drawing and regions of each sheet. Ids of definitions begin with a mark of the seed, so that specimens may share a page."""
    mark = "s" + sha256(f"{plan.seed}/{plan.document}".encode()).hexdigest()[:6]  # which does not tell the seed
    drawn = []
    for sheet in ON_TABLE[plan.document]:
        size, draw_it, regions_of = SHEETS[sheet]
        drawn.append((sheet, size, draw_it(plan, f"{mark}{sheet}"), regions_of(plan)))
    return drawn


def printed(plan: Plan) -> dict[str, Said]:
    """What is written in a region, by "sheet:REGION"."""
    found: dict[str, str] = {}
    sheets = ON_TABLE[plan.document]
    main = sheets[0] if sheets[0] in ("page", "pass", "front") else "page"
    if main in sheets:
        found |= {f"{main}:{name}": field.text for name, field in plan.fields.items()}
        found[f"{main}:HEADER"] = plan.header
    zone_sheet = "back" if plan.document == "card" else "page"
    if zone_sheet in sheets:
        found |= {f"{zone_sheet}:MRZ{index + 1}": line for index, line in enumerate(plan.zone)}
    if main == "page" and main in sheets:
        found["page:LASERPERF"] = plan.perforated
    for sheet, visa in zip(("visa", "second"), plan.visas, strict=False):
        if sheet in sheets:
            found |= {f"{sheet}:{name}": field.text for name, field in visa.fields.items()}
            found |= {f"{sheet}:MRZ{index + 1}": line for index, line in enumerate(visa.zone)}
            found[f"{sheet}:HEADER"] = visa.state.name
    if plan.reader and "reader" in sheets:
        rows = zip(("CHIP_DOCNO", "CHIP_NAME", "CHIP_DOB", "CHIP_DOE"), plan.reader.rows, strict=True)
        found |= {f"reader:{name}": value if plan.reader.answers else "–" for name, (_label, value) in rows}
    said = {name: Said(words, words) for name, words in found.items()}
    return said | _told(plan, sheets)


def _told(plan: Plan, sheets: tuple[str, ...]) -> dict[str, Said]:
    """What drawings show that is neither a field nor a feature, in a sentence each."""
    found: dict[str, Said] = {}
    if "stamps" in sheets:
        for stamp in plan.stamps:
            frame, way = FRAMES[stamp.frame], WAYS[stamp.way]
            found[f"stamps:STAMP_{stamp.slot}"] = Said(
                "{way}, {place}, {day}; {frame}.", "{way}၊ {place}၊ {day}။ {frame}။"
            ).filled(way=way, place=stamp.place, day=stamp.words, frame=frame)
        visa, first = plan.visas[0], plan.stamps[0] if plan.stamps and plan.stamps[0].slot == 1 else None
        over = (
            Said("Stamp 1 lies over its edge.", "တံဆိပ်တုံး ၁ သည် ၎င်း၏ အနားပေါ်တွင် ထပ်နေသည်။")
            if first and not first.is_under
            else Said("", "")
        )
        dates = f"{visa.fields['VIZ_DOI'].text}; {visa.fields['VIZ_DOS'].text} – {visa.fields['VIZ_DOE'].text}"
        found["stamps:VISA"] = Said("Visa {number}, {entries}; issued {dates}. {over}", "ပြည်ဝင်ခွင့် {number}၊ {entries}။ ထုတ်ပေးသည့်ရက် {dates}။ {over}").filled(number=visa.number, entries=visa.fields["VIZ_ENTRIES"].text, dates=dates, over=over)  # fmt: skip
    if plan.booklet and "leaves" in sheets:
        for index, leaf in enumerate(plan.booklet.leaves):
            found[f"leaves:PAGE_NO_{index + 1}"] = Said("Page {page}, number of holes {serial}; colours of series {tint}; rosette {design}.", "စာမျက်နှာ {page}၊ အပေါက်နံပါတ် {serial}။ ထုတ်လုပ်မှုစဉ် {tint} အရောင်။ ပန်းပုံ {design}။").filled(page=leaf.page, serial=leaf.serial, tint=leaf.tint, design="AB"[leaf.design % 2])  # fmt: skip
        there = "".join("▮" if mark else "▯" for mark in plan.booklet.marks)
        found["edges:EDGE"] = Said("Marks from front to back: {marks}", "ရှေ့မှနောက်သို့ အမှတ်များ။ {marks}").filled(marks=there)
        even = (
            Said("at uneven steps", "အကွာအဝေး မညီညာပါ")
            if plan.booklet.irregular
            else Said("at even steps", "အကွာအဝေး ညီညာသည်")
        )
        found["edges:STITCH"] = Said("{count} stitches {even}; {holes} holes beside them; thread: {colour}.", "ချုပ်ရိုး {count} ချက်၊ {even}။ ဘေးတွင် အပေါက် {holes} ပေါက်။ ချည်အရောင် {colour}။").filled(count=plan.booklet.stitches, even=even, holes=plan.booklet.holes, colour=THREADS[plan.booklet.thread])  # fmt: skip
    if plan.reader and "reader" in sheets:
        code = "none" if not plan.reader.answers else plan.reader.signature
        found["reader:SIGNATURE"] = SIGNATURES[code]
    return found


WAYS = {"entry": Said("Entry", "ဝင်"), "exit": Said("Exit", "ထွက်")}
FRAMES = {
    "hexagon": Said("six-sided frame", "ခြောက်ထောင့်ဘောင်"),
    "lozenge": Said("lozenge frame", "စိန်ပွင့်ပုံဘောင်"),
    "octagon": Said("eight-sided frame", "ရှစ်ထောင့်ဘောင်"),
    "shield": Said("shield frame", "ဒိုင်းပုံဘောင်"),
    "circle": Said("round frame", "အဝိုင်းဘောင်"),
    "rectangle": Said("rectangular frame", "စတုဂံဘောင်"),
    "oval": Said("oval frame", "ဘဲဥပုံဘောင်"),
    "triangle": Said("three-sided frame", "သုံးထောင့်ဘောင်"),
}
THREADS = {
    "#2f6f8f": Said("blue", "အပြာ"),
    "#6d7f86": Said("grey-blue", "မီးခိုးပြာ"),
    "#8b6b52": Said("brown", "အညို"),
    "#a2543f": Said("rust", "သံချေးရောင်"),
    "#b5301f": Said("red", "အနီ"),
}
SIGNATURES = {
    "fits": Said("The signature of the chip fits.", "ချစ်ပ်၏ လက်မှတ် ကိုက်ညီသည်။"),
    "unsigned": Said("The device reports that the signature is missing.", "လက်မှတ် မရှိကြောင်း စက်က ပြသည်။"),
    "none": Said("The device has no answer from the chip.", "ချစ်ပ်ထံမှ အဖြေ မရပါ။"),
}
