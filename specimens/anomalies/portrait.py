"""The portrait and what overlaps it. The Burmese is a draft."""

from specimens.anomalies.base import (
    LENS,
    OBLIQUE,
    PAGES,
    PRINTED,
    VISIBLE,
    Anomaly,
    Chance,
    Plan,
    Said,
    feature,
)
from specimens.art import faces


def _other_ghost(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    plan.ghost = faces.near(plan.face, chance, severity=severity)
    return ("page:GHOST",)


ANOMALIES = (
    Anomaly(
        "A01", "portrait", (*PAGES, "pass"), (OBLIQUE,), (OBLIQUE,), 2,
        Said("Raised edge around the portrait", "ဓာတ်ပုံပတ်လည်တွင် အနားစွန်း ကြွနေခြင်း"),
        Said(
            "A portrait that belongs to the page has no edge. Tilt the light: a shadow line shows that something was added.",
            "စာမျက်နှာနှင့် တစ်သားတည်းဖြစ်သော ဓာတ်ပုံတွင် အနားစွန်း မရှိပါ။ အလင်းကို စောင်းကြည့်ပါ။ အရိပ်မျဉ်းပေါ်လျှင် တစ်စုံတစ်ရာ ထပ်ရောက်နေကြောင်း ပြပါသည်။",
        ),
        feature("portrait_edge", "PHOTO_EDGE"),
        {OBLIQUE: Said("A fine line of light and shadow runs around the portrait.", "ဓာတ်ပုံပတ်လည်တွင် အလင်းနှင့် အရိပ် မျဉ်းသေးသေးတစ်ခု ရှိသည်။")},
    ),
    Anomaly(
        "A02", "portrait", PAGES, (VISIBLE, LENS), PRINTED, 3,
        Said("The background stops at the portrait", "နောက်ခံပုံစံသည် ဓာတ်ပုံတွင် ရပ်သွားခြင်း"),
        Said(
            "The fine background should run on into the portrait. Where it stops, ask why.",
            "နောက်ခံမျဉ်းများသည် ဓာတ်ပုံထဲသို့ ဆက်လက်ဝင်ရောက်သင့်သည်။ ရပ်သွားသည့်နေရာတွင် အဘယ်ကြောင့်ဟု မေးပါ။",
        ),
        feature("background_gap", "PHOTO_EDGE"),
        {
            light: Said("The lines of the background end before the portrait; none crosses its edge.", "နောက်ခံမျဉ်းများသည် ဓာတ်ပုံ မရောက်မီ ရပ်သွားသည်။ အနားကို ဖြတ်သောမျဉ်း မရှိပါ။")
            for light in (VISIBLE, OBLIQUE)
        },
    ),
    Anomaly(
        "A03", "portrait", PAGES, (OBLIQUE,), PRINTED, 3,
        Said("The overlapping device is broken", "ထပ်နေသော အလင်းပြောင်းအမှတ်အသား ပြတ်နေခြင်း"),
        Said(
            "The device that overlaps portrait and page must continue unbroken across the border.",
            "ဓာတ်ပုံနှင့် စာမျက်နှာကို ထပ်ထားသော အမှတ်အသားသည် အနားကို ဖြတ်၍ မပြတ်မတောက် ဆက်နေရမည်။",
        ),
        feature("ovd_broken", "OVD"),
        {
            light: Said("The rays of the device do not meet at the border of the portrait.", "အမှတ်အသား၏ ရောင်ခြည်မျဉ်းများသည် ဓာတ်ပုံအနားတွင် မဆက်မိပါ။")
            for light in (VISIBLE, OBLIQUE)
        },
    ),
    Anomaly(
        "A04", "portrait", PAGES, (VISIBLE,), PRINTED, 2,
        Said("The second portrait shows another face", "ဒုတိယဓာတ်ပုံငယ်သည် အခြားသူတစ်ဦး၏ မျက်နှာဖြစ်ခြင်း"),
        Said(
            "Two images of one holder must show one person. Compare ears, nose and brow.",
            "ကိုင်ဆောင်သူတစ်ဦး၏ ဓာတ်ပုံနှစ်ပုံသည် လူတစ်ဦးတည်းကို ပြရမည်။ နား၊ နှာခေါင်းနှင့် မျက်ခုံးကို နှိုင်းယှဉ်ပါ။",
        ),
        _other_ghost,
        {
            light: Said("The small portrait and the large one differ in the face, not only in size.", "ဓာတ်ပုံငယ်နှင့် ဓာတ်ပုံကြီးသည် အရွယ်သာမက မျက်နှာသွင်ပြင်လည်း ကွာခြားသည်။")
            for light in (VISIBLE, OBLIQUE)
        },
    ),
    Anomaly(
        "A05", "portrait", PAGES, (LENS,), PRINTED, 4,
        Said("The portrait is printed unlike the page", "ဓာတ်ပုံ၏ ပုံနှိပ်ပုံသည် စာမျက်နှာနှင့် မတူခြင်း"),
        Said(
            "Two print patterns on one page mean two origins. Send the document on to the second line.",
            "စာမျက်နှာတစ်ခုတည်းတွင် ပုံနှိပ်ပုံစံ နှစ်မျိုးရှိလျှင် မူလအရင်းအမြစ် နှစ်ခုကို ဆိုလိုသည်။ ဒုတိယအဆင့် စစ်ဆေးခြင်းသို့ ပို့ပါ။",
        ),
        feature("portrait_dots", "PHOTO"),
        {
            light: Said("Through the lens the portrait is made of regular coarse dots, and the page of lines.", "မှန်ဘီလူးဖြင့်ကြည့်လျှင် ဓာတ်ပုံတွင် အစက်ကြီးများ ညီညာစွာရှိပြီး စာမျက်နှာတွင် မျဉ်းများသာ ရှိသည်။")
            for light in (VISIBLE, OBLIQUE)
        },
    ),
)  # fmt: skip
