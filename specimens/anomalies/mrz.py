"""The machine readable zone. Every change is proved to be one that the arithmetic, or a look at the page, can find.

The Burmese is a draft.
"""

from specimens import dates, issuing, mrz
from specimens.anomalies.base import MAIN, PAGES, PRINTED, VISIBLE, Anomaly, Chance, Plan, Said

WITH_ZONE = (*PAGES, "card", "visa")
SIGNS = (" ", ".", "-", "'", "/")


def _sheet(plan: Plan) -> str:
    return "back" if plan.document == "card" else MAIN[plan.document]


def _zone(plan: Plan) -> list[str]:
    return plan.visas[0].zone if plan.document == "visa" else plan.zone


def _line(plan: Plan, index: int) -> str:
    return f"{_sheet(plan)}:MRZ{index + 1}"


def _other_birth(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    """The printed date stays, the zone has another with the check digits that belong to it."""
    part = "day" if severity < 3 else "month" if severity == 3 else "year"
    other = dates.other_day(plan.holder.birth, part, chance)
    issuing.rezone(plan, birth=other)
    region = _line(plan, 1)
    printed = "front:VIZ_DOB" if plan.document == "card" else f"{MAIN[plan.document]}:VIZ_DOB"
    return (region, printed)


def _wrong_digit(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    names = [one.name for one in mrz.checks(_zone(plan)) if one.name != "composite"]
    return _with_wrong(plan, chance.one(names), chance)


def _wrong_composite(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    region = _with_wrong(plan, "composite", chance)
    if [check.name for check in mrz.checks(_zone(plan)) if not check.fits] != ["composite"]:
        raise AssertionError("other digits are wrong as well")
    return region


def _with_wrong(plan: Plan, name: str, chance: Chance) -> tuple[str, ...]:
    zone = _zone(plan)
    zone[:] = mrz.wrong_digit(zone, name, chance)
    return (_line(plan, next(check.line for check in mrz.checks(zone) if check.name == name)),)


def _not_allowed(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    zone = _zone(plan)
    index = chance.below(len(zone))
    words = zone[index]
    fillers = [place for place, sign in enumerate(words) if sign == "<"][:-2] or [len(words) // 2]
    letters = [place for place, sign in enumerate(words) if sign.isalpha()]
    change = chance.one(("length", "sign", "case"))
    if change == "case" and letters:
        place = chance.one(letters)
        words = mrz.put(words, place, words[place].lower())
    elif change == "length":
        words = words[:-1] if chance.happens(50) else words[: fillers[-1]] + "<" + words[fillers[-1] :]
    else:
        words = mrz.put(words, chance.one(fillers), chance.one(SIGNS))
    zone[index] = words
    return (_line(plan, index),)


def _other_state(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    other = next(code for code in plan.card.codes if code != plan.state.code)
    plan.zone[0] = plan.zone[0][:2] + other + plan.zone[0][5:]
    return ("page:MRZ1", "page:HEADER")


ANOMALIES = (
    Anomaly(
        "A27", "mrz", ("passport", "book", "epassport", "traveller", "card"), (VISIBLE,), PRINTED, 2,
        Said("Birth dates disagree", "မွေးသက္ကရာဇ် နှစ်ခု မကိုက်ညီခြင်း"),
        Said("Read both, the printed date and the zone; decide only after reading twice.", "ပုံနှိပ်ထားသော ရက်စွဲနှင့် MRZ ပါ ရက်စွဲ နှစ်ခုလုံးကို ဖတ်ပါ။ နှစ်ကြိမ်ဖတ်ပြီးမှ ဆုံးဖြတ်ပါ။"),
        _other_birth,
    ),
    Anomaly(
        "A28", "mrz", WITH_ZONE, (VISIBLE,), PRINTED, 3,
        Said("A check digit is wrong", "စစ်ဆေးရေးဂဏန်း မှားနေခြင်း"),
        Said(
            "Recalculate one field; first exclude your own misreading.",
            "အချက်အလက်တစ်ခုကို ပြန်တွက်ပါ။ ဦးစွာ မိမိဖတ်မှားခြင်း မဟုတ်ကြောင်း သေချာပါစေ။",
        ),
        _wrong_digit,
    ),
    Anomaly(
        "A29", "mrz", (*PAGES, "card"), (VISIBLE,), PRINTED, 4,
        Said("Only the composite digit is wrong", "ပေါင်းစစ်ဆေးရေးဂဏန်း တစ်ခုသာ မှားနေခြင်း"),
        Said("Fields may each look right and still not fit together.", "အချက်အလက်တစ်ခုချင်း မှန်သော်လည်း ပေါင်းလိုက်လျှင် မကိုက်ညီသည်များ ရှိနိုင်သည်။"),
        _wrong_composite,
    ),
    Anomaly(
        "A30", "mrz", WITH_ZONE, (VISIBLE,), PRINTED, 2,
        Said("Signs or length that the zone does not have", "MRZ တွင် မရှိရသော စာလုံး သို့မဟုတ် အရှည်"),
        Said("The zone has fixed length and a small alphabet: A to Z, 0 to 9 and <.", "MRZ တွင် အရှည် ပုံသေရှိပြီး A မှ Z၊ 0 မှ 9 နှင့် < သာ ပါသည်။"),
        _not_allowed,
    ),
    Anomaly(
        "A31", "mrz", PAGES, (VISIBLE,), PRINTED, 2,
        Said("State codes disagree", "နိုင်ငံကုဒ်များ မကိုက်ညီခြင်း"),
        Said("Code, name and emblem must tell one story.", "ကုဒ်၊ အမည်နှင့် အမှတ်တံဆိပ်တို့သည် တစ်ညီတည်း ဖြစ်ရမည်။"),
        _other_state,
    ),
)  # fmt: skip
