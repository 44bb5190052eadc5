"""What the page is of: glow, watermark, thread and laminate. The Burmese is a draft."""

from specimens.anomalies.base import (
    MAIN,
    OBLIQUE,
    PAGES,
    TRANSMITTED,
    UV,
    VISIBLE,
    Anomaly,
    Chance,
    Plan,
    Said,
    feature,
)


def _watermark(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    plan.strengths["watermark_missing" if severity > 3 else "watermark_other"] = 1.0
    return (f"{MAIN[plan.document]}:WM",)


ANOMALIES = (
    Anomaly(
        "A06", "substrate", (*PAGES, "pass"), (OBLIQUE,), (OBLIQUE,), 2,
        Said("Laminate lifted or bubbled", "ကာကွယ်အလွှာ ကွာနေခြင်း သို့မဟုတ် ဖောင်းနေခြင်း"),
        Said(
            "Disturbed laminate is a common trace of interference, but heat and damp also do it: compare place and shape.",
            "ကာကွယ်အလွှာ ပျက်ယွင်းခြင်းသည် ဝင်ရောက်စွက်ဖက်မှု၏ အဖြစ်များသော အရိပ်အယောင် ဖြစ်သော်လည်း အပူနှင့် အစိုဓာတ်ကြောင့်လည်း ဖြစ်တတ်သည်။ နေရာနှင့် ပုံသဏ္ဌာန်ကို နှိုင်းယှဉ်ပါ။",
        ),
        feature("laminate_lift", "LAM_EDGE"),
        {OBLIQUE: Said("Near a corner the surface is uneven and shines in a patch.", "ထောင့်အနီးတွင် မျက်နှာပြင် မညီညာဘဲ အကွက်လိုက် တောက်ပနေသည်။")},
    ),
    Anomaly(
        "A12", "substrate", (*PAGES, "pass"), (UV,), (UV,), 1,
        Said("The whole page glows", "စာမျက်နှာတစ်ခုလုံး တောက်ပနေခြင်း"),
        Said("Ordinary office paper glows; security paper should not.", "သာမန်ရုံးသုံးစက္ကူသည် တောက်ပသည်။ လုံခြုံရေးစက္ကူ မတောက်ပသင့်ပါ။"),
        feature("page_glow", "PAGE"),
        {UV: Said("The whole page shines blue-white.", "စာမျက်နှာတစ်ခုလုံး ပြာဖြူရောင် တောက်ပနေသည်။")},
    ),
    Anomaly(
        "A13", "substrate", PAGES, (UV,), (UV,), 2,
        Said("The UV motif is missing", "UV ပုံရိပ် မရှိခြင်း"),
        Said("Learn what should appear, not only what should not.", "မပေါ်သင့်သည်များသာမက ပေါ်ရမည့်အရာကိုလည်း သိထားပါ။"),
        feature("uv_motif_missing", "PAGE_UV"),
        {UV: Said("The page stays dark here; no motif shines.", "ဤနေရာသည် မှောင်နေပြီး မည်သည့်ပုံရိပ်မျှ မတောက်ပါ။")},
    ),
    Anomaly(
        "A14", "substrate", PAGES, (VISIBLE, UV), (VISIBLE, OBLIQUE, UV), 4,
        Said("The UV motif can be seen by day", "UV ပုံရိပ်ကို သာမန်အလင်းတွင် မြင်ရခြင်း"),
        Said("An imitation may show by day what should appear only under UV.", "အတုတွင် UV အောက်၌သာ ပေါ်ရမည့်အရာကို သာမန်အလင်းတွင် မြင်ရတတ်သည်။"),
        feature("uv_motif_visible", "PAGE_UV"),
        {
            **{light: Said("Reeds and waves stand faintly in the paper here.", "ဤနေရာတွင် ကျူပင်နှင့် လှိုင်းပုံများ မှိန်မှိန် ပေါ်နေသည်။") for light in (VISIBLE, OBLIQUE)},
            UV: Said("The motif does not shine; it lies there flat and dark.", "ပုံရိပ်သည် မတောက်ဘဲ မှောင်မှောင်သာ ရှိနေသည်။"),
        },
    ),
    Anomaly(
        "A15", "substrate", (*PAGES, "pass"), (TRANSMITTED,), (VISIBLE, OBLIQUE, TRANSMITTED), 2,
        Said("The watermark is printed", "ရေစာကို ပုံနှိပ်ထားခြင်း"),
        Said("A real watermark changes with light behind it; a printed one does not.", "ရေစာအစစ်သည် နောက်မှ အလင်းထိုးလျှင် ပြောင်းလဲသည်။ ပုံနှိပ်ထားသော ရေစာ မပြောင်းလဲပါ။"),
        feature("watermark_printed", "WM"),
        {
            **{light: Said("A grey motif can be seen without light behind it.", "နောက်မှ အလင်းမထိုးဘဲ မီးခိုးရောင်ပုံရိပ်ကို မြင်ရသည်။") for light in (VISIBLE, OBLIQUE)},
            TRANSMITTED: Said("The motif is as flat and grey as without light behind it.", "နောက်မှ အလင်းထိုးသော်လည်း ပုံရိပ်သည် ပြားပြား မီးခိုးရောင်အတိုင်း ရှိနေသည်။"),
        },
    ),
    Anomaly(
        "A16", "substrate", PAGES, (TRANSMITTED,), (TRANSMITTED,), 3,
        Said("The watermark is missing or another", "ရေစာ မရှိခြင်း သို့မဟုတ် အခြားရေစာ ဖြစ်ခြင်း"),
        Said(
            "Data page and visa pages may use different marks; the wrong one suggests another page.",
            "အချက်အလက်စာမျက်နှာနှင့် ဗီဇာစာမျက်နှာတို့၏ ရေစာ ကွဲပြားနိုင်သည်။ မှားနေလျှင် အခြားစာမျက်နှာ ဖြစ်နိုင်သည်။",
        ),
        _watermark,
        {TRANSMITTED: Said("The two-tone reeds of the data page do not appear here.", "အချက်အလက်စာမျက်နှာ၏ အရောင်နှစ်ဆင့် ကျူပင်ပုံ ဤနေရာတွင် မပေါ်ပါ။")},
    ),
    Anomaly(
        "A17", "substrate", (*PAGES, "pass"), (TRANSMITTED,), (VISIBLE, OBLIQUE, TRANSMITTED), 3,
        Said("The security thread is drawn", "လုံခြုံရေးကြိုးမျှင်ကို ဆွဲထားခြင်း"),
        Said("A thread lies in the paper, not on it.", "ကြိုးမျှင်သည် စက္ကူပေါ်တွင် မဟုတ်ဘဲ စက္ကူထဲတွင် ရှိသည်။"),
        feature("thread_drawn", "THREAD"),
        {
            **{light: Said("A grey line runs down the page.", "စာမျက်နှာအလိုက် မီးခိုးရောင်မျဉ်း တစ်ကြောင်း ရှိသည်။") for light in (VISIBLE, OBLIQUE)},
            TRANSMITTED: Said("No dark thread with lettering appears.", "စာလုံးပါ ကြိုးမျှင်အမည်း မပေါ်ပါ။"),
        },
    ),
)  # fmt: skip
