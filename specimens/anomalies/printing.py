"""How the page is printed: fine lines, devices, numbers of holes. The Burmese is a draft."""

from specimens.anomalies.base import (
    LENS,
    OBLIQUE,
    PAGES,
    PRINTED,
    TRANSMITTED,
    UV,
    VISIBLE,
    Anomaly,
    Chance,
    Plan,
    Said,
    feature,
)


def _other_number(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    digits = list(plan.number)
    for place in chance.some(range(2, len(digits)), 1 if severity < 4 else 3):
        digits[place] = str((int(digits[place]) + chance.between(1, 9)) % 10)
    plan.perforated = "".join(digits)
    return ("page:LASERPERF",)


ANOMALIES = (
    Anomaly(
        "A18", "print", PAGES, (LENS,), PRINTED, 2,
        Said("Microtext cannot be read", "အလွန်သေးငယ်သော ပုံနှိပ်စာကို ဖတ်၍မရခြင်း"),
        Said("Copies lose very small text; use the lens before you judge.", "မိတ္တူများတွင် အလွန်သေးငယ်သော စာ ပျောက်သည်။ မဆုံးဖြတ်မီ မှန်ဘီလူးကို သုံးပါ။"),
        feature("micro_blurred", "MICRO"),
        {light: Said("Through the lens the line is a row of dashes; no letters can be read.", "မှန်ဘီလူးဖြင့်ကြည့်လျှင် မျဉ်းပြတ်များသာ မြင်ရပြီး စာလုံး ဖတ်၍မရပါ။") for light in PRINTED},
    ),
    Anomaly(
        "A19", "print", (*PAGES, "visa"), (LENS,), PRINTED, 3,
        Said("The background shows dots", "နောက်ခံမျဉ်းများတွင် အစက်များ ပေါ်ခြင်း"),
        Said("Fine lines should be continuous, without pixels.", "မျဉ်းသေးများသည် အစက်များမပါဘဲ ဆက်တိုက် ဖြစ်ရမည်။"),
        feature("background_dots", "BG"),
        {light: Said("Through the lens the lines of the background break into dots.", "မှန်ဘီလူးဖြင့်ကြည့်လျှင် နောက်ခံမျဉ်းများသည် အစက်များအဖြစ် ကွဲနေသည်။") for light in PRINTED},
    ),
    Anomaly(
        "A20", "print", (*PAGES, "visa"), (OBLIQUE,), (OBLIQUE,), 2,
        Said("The colour does not change", "အရောင် မပြောင်းလဲခြင်း"),
        Said(
            "A feature that should change with the angle and does not is a copy until shown otherwise.",
            "ထောင့်ပြောင်းလျှင် ပြောင်းလဲရမည့်အရာ မပြောင်းလဲပါက အခြားနည်းဖြင့် မသေချာမချင်း မိတ္တူဟု ယူဆပါ။",
        ),
        feature("ovd_one_colour", "OVD"),
        {OBLIQUE: Said("The device has the same colour at every tilt.", "မည်သို့စောင်းကြည့်စေ အမှတ်အသား၏ အရောင် မပြောင်းလဲပါ။")},
    ),
    Anomaly(
        "A21", "print", PAGES, (TRANSMITTED,), (TRANSMITTED,), 4,
        Said("See-through halves do not meet", "ဖောက်ထွင်းကြည့်ရသော ပုံနှစ်ခြမ်း မကိုက်ညီခြင်း"),
        Said("The two halves belong together and fit exactly.", "ပုံနှစ်ခြမ်းသည် တစ်စုံတည်းဖြစ်ပြီး အတိအကျ ကိုက်ညီရမည်။"),
        feature("register_off", "REGISTER"),
        {TRANSMITTED: Said("The halves of the see-through star lie beside each other; gaps remain.", "ဖောက်ထွင်းကြည့်ရသော ကြယ်ပုံ၏ နှစ်ခြမ်းသည် လွဲနေပြီး ကွက်လပ်များ ရှိသည်။")},
    ),
    Anomaly(
        "A22", "print", PAGES, (VISIBLE, TRANSMITTED), (VISIBLE, OBLIQUE, TRANSMITTED), 2,
        Said("The number of holes is another", "အပေါက်ဖြင့်ရေးထားသော နံပါတ် ကွဲလွဲခြင်း"),
        Said("One booklet, one number on every page.", "စာအုပ်တစ်အုပ်၏ စာမျက်နှာတိုင်းတွင် နံပါတ်တစ်ခုတည်းသာ ရှိသည်။"),
        _other_number,
    ),
    Anomaly(
        "A23", "print", PAGES, (TRANSMITTED,), (VISIBLE, OBLIQUE, TRANSMITTED, UV), 3,
        Said("The holes are no holes", "အပေါက်များသည် အပေါက်အစစ် မဟုတ်ခြင်း"),
        Said("Holes pass light; ink does not.", "အပေါက်များသည် အလင်းကို ဖောက်ထွင်းစေသည်။ မင် မဖောက်ထွင်းပါ။"),
        feature("perforation_printed", "LASERPERF"),
        {TRANSMITTED: Said("The dots of the number stay dark; no light comes through.", "နံပါတ်၏ အစက်များ မှောင်နေပြီး အလင်း မဖောက်ထွင်းပါ။")},
    ),
)  # fmt: skip
