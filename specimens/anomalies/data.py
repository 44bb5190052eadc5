"""What is written in the page: fields, their dates, and the issuer. The Burmese is a draft."""

from datetime import date, timedelta

from specimens import dates, issuing
from specimens.anomalies.base import (
    MAIN,
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
    fields_of,
    one_of,
)
from specimens.plan import HEAVY, NARROW, SERIF
from specimens.states import LAKE_ORLA


def _other_typeface(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    region = chance.one([one for one in ("VIZ_SURNAME", "VIZ_DOB", "VIZ_DOE", "VIZ_POB", "VIZ_DOCNO", "VIZ_DOI") if one in fields_of(plan)])  # fmt: skip
    fields_of(plan)[region].typeface = {1: NARROW, 2: NARROW, 3: SERIF, 4: SERIF, 5: HEAVY}[severity]
    return (f"{MAIN[plan.document]}:{region}",)


def _out_of_line(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    region = chance.one([one for one in ("VIZ_DOB", "VIZ_DOCNO", "VIZ_DOE") if one in fields_of(plan)])
    words = fields_of(plan)[region].text
    places = [index for index, sign in enumerate(words) if sign != " "][-4:]
    step = 2.0 + 1.4 * severity
    for index in chance.some(places, 2 if severity > 2 else 1):
        fields_of(plan)[region].shifts[index] = (chance.one((-0.4, 0.4)) * step, chance.one((-1.0, 1.0)) * step)
    return (f"{MAIN[plan.document]}:{region}",)


def _impossible(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    """A day that no calendar has, or an order that time does not have; the severe ones are the plainest."""
    main = MAIN[plan.document]
    if plan.document == "stamps":
        stamp = plan.stamps[-1]
        stamp.day, stamp.words = (
            plan.issued - timedelta(days=40 * severity),
            dates.stamped(plan.issued - timedelta(days=40 * severity), plan.card),
        )
        return (f"stamps:STAMP_{stamp.slot}",)
    if plan.document in ("card", "pass") or chance.happens(50) or severity < 3:
        # A common year's 29 February, or the 31st of a month of 30 days, where nothing else changes.
        month, day = chance.one(((2, 29), (2, 30), (4, 31), (6, 31), (9, 31), (11, 31)))
        year = plan.issued.year if plan.issued.year % 4 or (month, day) != (2, 29) else plan.issued.year - 1
        plan.fields["VIZ_DOI"].text = dates.written(year, month, day)
        return (f"{main}:VIZ_DOI",)
    plan.fields["VIZ_DOI"].text = dates.printed(plan.expires + timedelta(days=200 * (severity - 2)))
    return (f"{main}:VIZ_DOI", f"{main}:VIZ_DOE")


def _too_long(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    """Longer than the rule card allows; the machine readable zone says the same, so that only the rule tells."""
    years = {1: 1, 2: 1, 3: 2, 4: 5, 5: 10}[severity]
    plan.expires = date(plan.expires.year + years, plan.expires.month, min(plan.expires.day, 28))
    plan.fields["VIZ_DOE"].text = dates.printed(plan.expires)
    issuing.rezone(plan)
    main = MAIN[plan.document]
    return (f"{main}:VIZ_DOE",) if plan.document == "pass" else (f"{main}:VIZ_DOE", f"{main}:MRZ2")


def _no_issuer(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    plan.header = LAKE_ORLA.name
    plan.strengths["other_emblem"] = 1.0
    return (f"{MAIN[plan.document]}:HEADER",)


def _outside(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    region = chance.one(("VIZ_AREA", "VIZ_DAYS"))
    if region == "VIZ_AREA":
        others = [one for one in plan.card.all_areas if one not in plan.card.areas]
        plan.fields[region].text = chance.one(others)
    else:
        plan.fields[region].text = str(plan.card.days_per_trip + (1, 3, 7, 14, 30)[severity - 1])
    return (f"pass:{region}",)


ANOMALIES = (
    Anomaly(
        "A07", "data", (*PAGES, "pass"), (OBLIQUE,), (OBLIQUE,), 4,
        Said("A hairline around one field", "အချက်အလက်တစ်ခုပတ်လည်တွင် ဆံချည်မျှင်မျဉ်း ရှိခြင်း"),
        Said("A straight hairline around data is not wear.", "အချက်အလက်ပတ်လည်ရှိ ဖြောင့်တန်းသော ဆံချည်မျှင်မျဉ်းသည် သုံး၍ဟောင်းခြင်း မဟုတ်ပါ။"),
        one_of("hairline", "VIZ_DOB", "VIZ_DOE", "PHOTO"),
        {OBLIQUE: Said("A straight, thin line makes a rectangle around it.", "ဖြောင့်တန်းသော မျဉ်းသေးဖြင့် စတုဂံပုံ ဝိုင်းနေသည်။")},
    ),
    Anomaly(
        "A08", "data", (*PAGES, "pass"), (VISIBLE, TRANSMITTED), (VISIBLE, OBLIQUE, TRANSMITTED), 3,
        Said("The background behind one field is disturbed", "အချက်အလက်တစ်ခုနောက်ရှိ နောက်ခံပုံစံ ပျက်နေခြင်း"),
        Said(
            "Look behind the letters: where the background is missing, the data may have been changed.",
            "စာလုံးများ၏ နောက်ကို ကြည့်ပါ။ နောက်ခံပုံစံ ပျောက်နေသည့်နေရာတွင် အချက်အလက် ပြောင်းလဲထားနိုင်သည်။",
        ),
        one_of("rough_patch", "VIZ_DOB", "VIZ_DOE", "VIZ_SURNAME"),
        {
            **{light: Said("Behind the letters the background is paler and rough.", "စာလုံးများနောက်တွင် နောက်ခံသည် ပိုဖျော့ပြီး ကြမ်းနေသည်။") for light in (VISIBLE, OBLIQUE)},
            TRANSMITTED: Said("A lighter patch lets more light through behind the letters.", "စာလုံးများနောက်ရှိ အကွက်တစ်ခုသည် အလင်းကို ပို၍ ဖောက်ထွင်းစေသည်။"),
        },
    ),
    Anomaly(
        "A09", "data", PAGES, (UV,), (UV,), 3,
        Said("One field is bright under UV", "UV အောက်တွင် အချက်အလက်တစ်ခု တောက်ပနေခြင်း"),
        Said(
            "Security paper stays dull under UV; a bright patch shows a foreign substance or damage.",
            "လုံခြုံရေးစက္ကူသည် UV အောက်တွင် မှိန်နေရမည်။ တောက်ပသောအကွက်သည် ပြင်ပပစ္စည်း သို့မဟုတ် ပျက်စီးမှုကို ပြသည်။",
        ),
        one_of("bright_patch", "VIZ_DOE", "VIZ_DOB"),
        {UV: Said("A blue-white patch shines behind the letters.", "စာလုံးများနောက်တွင် ပြာဖြူရောင်အကွက် တောက်ပနေသည်။")},
    ),
    Anomaly(
        "A10", "data", (*PAGES, "visa"), (VISIBLE,), PRINTED, 2,
        Said("One field in another typeface", "အချက်အလက်တစ်ခုသည် စာလုံးပုံစံ တစ်မျိုးဖြစ်ခြင်း"),
        Said(
            "All data are printed in one process; one odd field needs a reason.",
            "အချက်အလက်အားလုံးကို တစ်ကြိမ်တည်း ပုံနှိပ်ထားသည်။ တစ်ခုတည်း ကွဲပြားနေလျှင် အကြောင်းရင်း ရှိရမည်။",
        ),
        _other_typeface,
        {light: Said("Its letters have another shape than those of the other fields.", "ဤစာလုံးများ၏ ပုံသည် အခြားအချက်အလက်များနှင့် မတူပါ။") for light in PRINTED},
    ),
    Anomaly(
        "A11", "data", (*PAGES, "visa", "pass"), (VISIBLE,), PRINTED, 3,
        Said("Characters out of line", "စာလုံးအချို့ စာကြောင်းမှ လွဲနေခြင်း"),
        Said(
            "Compare with the neighbouring line, not with memory.",
            "မှတ်ဉာဏ်နှင့် မဟုတ်ဘဲ အနီးရှိ စာကြောင်းနှင့် နှိုင်းယှဉ်ပါ။",
        ),
        _out_of_line,
        {light: Said("Not all of its characters stand on one line at even distances.", "စာလုံးအားလုံးသည် တစ်တန်းတည်း အညီအမျှ မရှိပါ။") for light in PRINTED},
    ),
    Anomaly(
        "A32", "data", (*PAGES, "card", "stamps"), (VISIBLE,), PRINTED, 1,
        Said("Impossible dates", "မဖြစ်နိုင်သော ရက်စွဲ"),
        Said("Time has an order, and a month has its days.", "အချိန်သည် အစဉ်အတိုင်း ရှိပြီး လတစ်လတွင် သတ်မှတ်ရက်များသာ ရှိသည်။"),
        _impossible,
    ),
    Anomaly(
        "A33", "data", (*PAGES, "pass"), (VISIBLE,), PRINTED, 3,
        Said("Valid for too long", "သက်တမ်း ရှည်လွန်းခြင်း"),
        Said("Know the issuing rule: the rule card of the exercise says how long a document is valid.", "ထုတ်ပေးသည့် စည်းမျဉ်းကို သိပါ။ လေ့ကျင့်ခန်း၏ စည်းမျဉ်းကတ်တွင် သက်တမ်းကို ဖော်ပြထားသည်။"),
        _too_long,
    ),
    Anomaly(
        "A39", "data", ("pass",), (VISIBLE,), PRINTED, 2,
        Said("A pass outside its area or time", "ခွင့်ပြုနယ်မြေ သို့မဟုတ် အချိန်ကျော်လွန်သော နယ်စပ်ဖြတ်ကျော်လက်မှတ်"),
        Said("A pass is a permission with limits.", "နယ်စပ်ဖြတ်ကျော်လက်မှတ်သည် အကန့်အသတ်ရှိသော ခွင့်ပြုချက် ဖြစ်သည်။"),
        _outside,
    ),
    Anomaly(
        "A40", "data", ("passport", "card"), (VISIBLE,), PRINTED, 1,
        Said("An issuer that does not exist", "မရှိသော ထုတ်ပေးသူ"),
        Said("Not every booklet has a State behind it. The exercise's list names the States and their codes.", "စာအုပ်တိုင်း၏ နောက်တွင် နိုင်ငံတစ်ခု မရှိပါ။ လေ့ကျင့်ခန်း၏ စာရင်းတွင် နိုင်ငံများနှင့် ကုဒ်များကို ဖော်ပြထားသည်။"),
        _no_issuer,
    ),
)  # fmt: skip
