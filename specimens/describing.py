"""A specimen in words: every region under every light, so that the task can be done as a list. The Burmese is a draft.

What is printed is read out from the plan; what is a feature of the page is described as it is where nothing is unusual, and an
anomaly's or variation's own words take its place where they say something else. The words tell what is there, never what it means.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from specimens.lights import LIGHTS, OBLIQUE, TRANSMITTED, UV, VISIBLE
from specimens.said import Said

NOTHING = Said("Nothing more is seen of it under this light.", "ဤအလင်းအောက်တွင် ထပ်မံ မမြင်ရပါ။")

NAMES: Mapping[str, Said] = {
    "HEADER": Said("Heading and emblem", "ခေါင်းစဉ်နှင့် အမှတ်တံဆိပ်"),
    "CHIP": Said("Chip symbol", "ချစ်ပ်အမှတ်အသား"),
    "PHOTO": Said("Portrait", "ဓာတ်ပုံ"),
    "PHOTO_EDGE": Said("Edge of the portrait", "ဓာတ်ပုံ၏ အနား"),
    "OVD": Said("Device that changes with the angle", "စောင်းလျှင် ပြောင်းလဲသော အမှတ်အသား"),
    "GHOST": Said("Second portrait", "ဒုတိယဓာတ်ပုံငယ်"),
    "VIZ_DOCNO": Said("Document number", "စာအုပ်နံပါတ်"),
    "VIZ_SURNAME": Said("Surname", "မျိုးရိုးအမည်"),
    "VIZ_GIVEN": Said("Given names", "အမည်"),
    "VIZ_NAT": Said("Nationality", "နိုင်ငံသား"),
    "VIZ_DOB": Said("Date of birth", "မွေးသက္ကရာဇ်"),
    "VIZ_SEX": Said("Sex", "လိင်"),
    "VIZ_POB": Said("Place of birth", "မွေးဖွားရာဒေသ"),
    "VIZ_DOI": Said("Date of issue", "ထုတ်ပေးသည့်ရက်"),
    "VIZ_DOE": Said("Date of expiry", "သက်တမ်းကုန်ဆုံးရက်"),
    "VIZ_AUTH": Said("Authority", "ထုတ်ပေးသည့်ဌာန"),
    "VIZ_AREA": Said("Area of the pass", "ခွင့်ပြုနယ်မြေ"),
    "VIZ_DAYS": Said("Days for each journey", "ခရီးတစ်ကြိမ်အတွက် ရက်"),
    "VIZ_DOS": Said("Valid from", "စတင်သက်ဝင်သည့်ရက်"),
    "VIZ_KIND": Said("Kind of visa", "ပြည်ဝင်ခွင့်အမျိုးအစား"),
    "VIZ_ENTRIES": Said("Entries", "ဝင်ခွင့်အကြိမ်"),
    "VIZ_PASSPORT": Said("Passport number on the visa", "ပြည်ဝင်ခွင့်ပါ နိုင်ငံကူးလက်မှတ်နံပါတ်"),
    "SIG": Said("Signature", "လက်မှတ်"),
    "MICRO": Said("Line of microtext", "အလွန်သေးငယ်သော ပုံနှိပ်စာကြောင်း"),
    "MRZ1": Said("Machine readable zone, line 1", "MRZ စာကြောင်း ၁"),
    "MRZ2": Said("Machine readable zone, line 2", "MRZ စာကြောင်း ၂"),
    "MRZ3": Said("Machine readable zone, line 3", "MRZ စာကြောင်း ၃"),
    "WM": Said("Watermark", "ရေစာ"),
    "THREAD": Said("Security thread", "လုံခြုံရေးကြိုးမျှင်"),
    "REGISTER": Said("See-through star", "ဖောက်ထွင်းကြယ်ပုံ"),
    "LASERPERF": Said("Number made of holes", "အပေါက်ဖြင့်ရေးထားသော နံပါတ်"),
    "LAM_EDGE": Said("Border of the laminate", "ကာကွယ်အလွှာ၏ အနား"),
    "PAGE": Said("The page as a whole", "စာမျက်နှာတစ်ခုလုံး"),
    "PAGE_UV": Said("UV motif", "UV ပုံရိပ်"),
    "BG": Said("Background", "နောက်ခံပုံစံ"),
    "EDGE": Said("Marks on the edge", "အနားအမှတ်အသားများ"),
    "STITCH": Said("Sewing", "ချုပ်ရိုး"),
    "VISA": Said("Visa and what touches it", "ပြည်ဝင်ခွင့်နှင့် ထိစပ်နေသည်များ"),
    "FACE": Said("The traveller's face", "ခရီးသည်၏ မျက်နှာ"),
    "SIGNATURE": Said("Signature of the chip", "ချစ်ပ်၏ လက်မှတ်"),
    "CHIP_DOB": Said("Date of birth in the chip", "ချစ်ပ်ပါ မွေးသက္ကရာဇ်"),
    "CHIP_DOCNO": Said("Number in the chip", "ချစ်ပ်ပါ နံပါတ်"),
    "CHIP_DOE": Said("Date of expiry in the chip", "ချစ်ပ်ပါ သက်တမ်းကုန်ဆုံးရက်"),
    "CHIP_NAME": Said("Name in the chip", "ချစ်ပ်ပါ အမည်"),
}

# What a feature looks like where nothing is unusual.
CLEAN: Mapping[str, Mapping[str, Said]] = {
    "PHOTO": {
        VISIBLE: Said("Drawn in fine lines, of the same print as the page.", "စာမျက်နှာနှင့် ပုံနှိပ်ပုံတူ မျဉ်းသေးများဖြင့် ရှိသည်။"),
        OBLIQUE: Said("Flat; it lies in the page.", "ပြားနေပြီး စာမျက်နှာနှင့် တစ်သားတည်း ရှိသည်။"),
    },
    "PHOTO_EDGE": {
        VISIBLE: Said("The lines of the background run on into the portrait.", "နောက်ခံမျဉ်းများ ဓာတ်ပုံထဲသို့ ဆက်ဝင်သည်။"),
        OBLIQUE: Said("No line and no shadow around the portrait.", "ဓာတ်ပုံပတ်လည်တွင် မျဉ်းနှင့် အရိပ် မရှိပါ။"),
    },
    "OVD": {
        VISIBLE: Said("A rayed medallion that overlaps portrait and page.", "ဓာတ်ပုံနှင့် စာမျက်နှာကို ထပ်ထားသော ရောင်ခြည်ပုံ အမှတ်အသား။"),
        OBLIQUE: Said("Its colour changes from green to violet with the tilt; the rays run unbroken.", "စောင်းလျှင် အစိမ်းမှ ခရမ်းသို့ ပြောင်းသည်။ ရောင်ခြည်မျဉ်းများ မပြတ်ပါ။"),
    },
    "GHOST": {VISIBLE: Said("The face of the large portrait again, small and pale.", "ဓာတ်ပုံကြီး၏ မျက်နှာကို သေးသေး ဖျော့ဖျော့ ထပ်ပြထားသည်။")},
    "MICRO": {VISIBLE: Said("Through the lens: letters that can be read.", "မှန်ဘီလူးဖြင့်ကြည့်လျှင် ဖတ်၍ရသော စာလုံးများ။")},
    "WM": {
        VISIBLE: Said("Nothing stands out.", "ထင်ရှားသည့်အရာ မရှိပါ။"),
        TRANSMITTED: Said("Three reeds in a light and a dark tone.", "အလင်းနှင့် အမှောင် နှစ်ဆင့်ပါ ကျူပင်သုံးပင်။"),
    },
    "THREAD": {
        VISIBLE: Said("Nothing stands out.", "ထင်ရှားသည့်အရာ မရှိပါ။"),
        TRANSMITTED: Said("A dark thread with small letters runs through the page.", "စာလုံးငယ်ပါ ကြိုးမျှင်အမည်း ဖြတ်သွားသည်။"),
    },
    "REGISTER": {
        VISIBLE: Said("Half of a star.", "ကြယ်တစ်ခြမ်း။"),
        TRANSMITTED: Said("Both halves meet in one star.", "နှစ်ခြမ်းပေါင်း၍ ကြယ်တစ်ပွင့် ဖြစ်သည်။"),
    },
    "LAM_EDGE": {OBLIQUE: Said("Even, with one calm sheen.", "ညီညာပြီး အရောင်တစ်ပြေးညီ တောက်သည်။")},
    "PAGE": {UV: Said("Dark and dull.", "မှောင်ပြီး မှိန်သည်။")},
    "PAGE_UV": {
        VISIBLE: Said("Nothing stands out.", "ထင်ရှားသည့်အရာ မရှိပါ။"),
        UV: Said("Reeds and waves shine green and yellow.", "ကျူပင်နှင့် လှိုင်းပုံများ အစိမ်းနှင့် အဝါ တောက်ပသည်။"),
    },
    "BG": {VISIBLE: Said("Fine lines in two colours; through the lens they are unbroken.", "အရောင်နှစ်မျိုး မျဉ်းသေးများ။ မှန်ဘီလူးဖြင့်ကြည့်လျှင် မပြတ်ပါ။")},
    "FACE": {VISIBLE: Said("See the drawing: ears, brow, eyes, nose, mouth and chin.", "ပုံကို ကြည့်ပါ။ နား၊ မျက်ခုံး၊ မျက်လုံး၊ နှာခေါင်း၊ ပါးစပ်နှင့် မေးစေ့။")},
    "SIG": {VISIBLE: Said("Written by hand.", "လက်ဖြင့် ရေးထားသည်။")},
}  # fmt: skip


@dataclass(frozen=True)
class Description:
    """One region for the list. name: "sheet:REGION"; under: what is seen of it, by light."""

    name: str
    title: Said
    under: Mapping[str, Said]


def title_of(region: str) -> Said:
    """What a region is called. region: with or without its sheet; numbered ones end in _1, _2 …"""
    short = region.rpartition(":")[2]
    if short in NAMES:
        return NAMES[short]
    stem, _line, place = short.rpartition("_")
    if stem == "STAMP":
        return Said(f"Stamp {place}", f"တံဆိပ်တုံး {_burmese(place)}")
    if stem == "PAGE_NO":
        return Said(f"Page {place} of those shown", f"ပြထားသော စာမျက်နှာ {_burmese(place)}")
    raise ValueError(f"no region is called {region!r}")


def _burmese(digits: str) -> str:
    return digits.translate({ord(str(digit)): chr(0x1040 + digit) for digit in range(10)})


def under_lights(region: str, printed: Said | None, seen: Mapping[str, Said]) -> dict[str, Said]:
    """What is seen of a region under each light. printed: what is written there; seen: words that come first."""
    clean = CLEAN.get(region.rpartition(":")[2], {})
    found: dict[str, Said] = {}
    for light in LIGHTS:
        words = seen.get(light) or clean.get(light)
        if printed and words:
            words = Said(f"{printed.en} {words.en}", f"{printed.my} {words.my}")
        found[light] = words or printed or clean.get(VISIBLE if light == OBLIQUE else light, NOTHING)
    return found
