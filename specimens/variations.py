"""Genuine variations: what looks unusual and is never a reason to refer. The Burmese is a draft."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from specimens import issuing
from specimens.anomalies.base import MAIN, PAGES
from specimens.art import faces
from specimens.chance import Chance
from specimens.lights import LIGHTS, OBLIQUE, UV, VISIBLE
from specimens.plan import Plan, needed
from specimens.said import Said


@dataclass(frozen=True)
class Variation:
    """One kind. regions: of its document's first sheet, or as "sheet:REGION", that it touches; `#` stands for a stamp's number.

    alter gives the regions it touched, or nothing where the plan has no room for it.
    """

    kind: str
    documents: tuple[str, ...]
    title: Said
    why: Said
    alter: Callable[[Plan, Chance], tuple[str, ...]]


def _feature(name: str, *regions: str, low: int = 40, high: int = 100) -> Callable[[Plan, Chance], tuple[str, ...]]:
    def alter(plan: Plan, chance: Chance) -> tuple[str, ...]:
        plan.strengths[name] = chance.between(low, high) / 100
        return tuple(f"{MAIN[plan.document]}:{region}" for region in regions)

    return alter


def _older(plan: Plan, chance: Chance) -> tuple[str, ...]:
    plan.person = faces.older(needed(plan.person), 8, chance)
    return ("person:FACE",)


def _restyled(plan: Plan, chance: Chance) -> tuple[str, ...]:
    plan.person = faces.restyled(needed(plan.person), chance)
    return ("person:FACE",)


def _document_code(plan: Plan, chance: Chance) -> tuple[str, ...]:
    plan.code = "PP" if plan.code == "P" else "P"
    issuing.rezone(plan)
    return ("page:MRZ1",)


def _long_name(plan: Plan, chance: Chance) -> tuple[str, ...]:
    issuing.with_long_name(plan, chance)
    return ("page:MRZ1", "page:VIZ_SURNAME", "page:VIZ_GIVEN")


def _empty_optional(plan: Plan, chance: Chance) -> tuple[str, ...]:
    plan.optional, plan.optional_check = "", "0" if plan.optional_check == "<" else "<"
    issuing.rezone(plan)
    return ("page:MRZ2",)


def _unknown_day(plan: Plan, chance: Chance) -> tuple[str, ...]:
    issuing.without_day(plan)
    return ("page:VIZ_DOB", "page:MRZ2")


def _new_series(plan: Plan, chance: Chance) -> tuple[str, ...]:
    """The other series, with a day of issue on its side of the change that the rule card names."""
    return ("page:BG", "page:VIZ_DOI", "page:VIZ_DOE", "page:MRZ2") if issuing.reissue(plan, chance) else ()


def _signature(plan: Plan, chance: Chance) -> tuple[str, ...]:
    plan.signature = chance.one(("thumb", "cross", "childlike"))
    return ("page:SIG",)


def _silent_chip(plan: Plan, chance: Chance) -> tuple[str, ...]:
    needed(plan.reader).answers = False
    return ("reader:SIGNATURE",)


def _missed_exit(plan: Plan, chance: Chance) -> tuple[str, ...]:
    """An exit is missing on a day for which the rule card says why."""
    exits = [one for one in plan.stamps if one.way == "exit" and one is not plan.stamps[-1]]
    if not exits:
        return ()
    gone = chance.one(exits)
    plan.card = replace(
        plan.card, unstamped=((gone.place, gone.day - timedelta(days=9), gone.day + timedelta(days=9)),)
    )
    issuing.without_stamp(plan, gone)
    return (f"stamps:STAMP_{gone.slot}",)


def _smeared(plan: Plan, chance: Chance) -> tuple[str, ...]:
    stamp = chance.one(plan.stamps)
    stamp.smear, stamp.ink = chance.between(40, 90) / 100, chance.between(55, 90) / 100
    return (f"stamps:STAMP_{stamp.slot}",)


def _amended(plan: Plan, chance: Chance) -> tuple[str, ...]:
    plan.fields["VIZ_POB"].amendment = chance.one(
        [one for one in plan.state.towns if one != plan.fields["VIZ_POB"].text]
    )
    return ("page:VIZ_POB",)


CATALOGUE = {
    one.kind: one
    for one in (
        Variation(
            "G01", (*PAGES, "pass", "card"),
            Said("A crease across print and background", "ပုံနှိပ်စာနှင့် နောက်ခံကို ဖြတ်သော ခေါက်ကြောင်း"),
            Said("Wear runs through everything.", "သုံး၍ဟောင်းခြင်းသည် အရာအားလုံးကို ဖြတ်သွားသည်။"),
            _feature("crease", "CREASE"),
        ),
        Variation(
            "G02", (*PAGES, "pass"),
            Said("A dirty corner of the laminate, not lifted", "ကာကွယ်အလွှာ၏ ထောင့် ညစ်ပေနေသော်လည်း ကွာမနေခြင်း"),
            Said("Handling leaves dirt.", "ကိုင်တွယ်ဖန်များ၍ ညစ်ပေခြင်း ဖြစ်သည်။"),
            _feature("corner_dirt", "CORNER"),
        ),
        Variation(
            "G03", ("traveller",),
            Said("The portrait is eight years older than the person", "ဓာတ်ပုံသည် လူထက် ရှစ်နှစ် စောသည်"),
            Said("People grow older. Compare features that stay.", "လူတို့ အသက်ကြီးလာကြသည်။ မပြောင်းလဲသော သွင်ပြင်များကို နှိုင်းယှဉ်ပါ။"),
            _older,
        ),
        Variation(
            "G04", PAGES,
            Said("The zone begins with P< or with PP", "MRZ သည် P< သို့မဟုတ် PP ဖြင့် စခြင်း"),
            Said("Both are valid in the years of transition.", "အပြောင်းအလဲကာလတွင် နှစ်မျိုးလုံး မှန်ကန်သည်။"),
            _document_code,
        ),
        Variation(
            "G05", PAGES,
            Said("The zone shortens the name or leaves out marks", "MRZ တွင် အမည်ကို အတိုချုံ့ခြင်း သို့မဟုတ် အမှတ်အသားများ ချန်ခြင်း"),
            Said("The zone has 39 places for the name and the letters A to Z only.", "MRZ တွင် အမည်အတွက် ၃၉ နေရာနှင့် A မှ Z စာလုံးများသာ ရှိသည်။"),
            _long_name,
        ),
        Variation(
            "G06", PAGES,
            Said("An empty optional field with 0 or < as its digit", "ဗလာအကွက်၏ စစ်ဆေးရေးဂဏန်းသည် 0 သို့မဟုတ် < ဖြစ်ခြင်း"),
            Said("Both are allowed.", "နှစ်မျိုးလုံး ခွင့်ပြုသည်။"),
            _empty_optional,
        ),
        Variation(
            "G07", PAGES,
            Said("An unknown day of birth: XX in print, << in the zone", "မွေးရက် မသိရှိခြင်း။ ပုံနှိပ်စာတွင် XX၊ MRZ တွင် <<"),
            Said("This is allowed where the day is not known.", "မွေးရက် မသိရှိလျှင် ဤသို့ရေးခြင်းကို ခွင့်ပြုသည်။"),
            _unknown_day,
        ),
        Variation(
            "G08", PAGES,
            Said("Another series: other tint and motif", "အခြားထုတ်လုပ်မှုစဉ်။ အရောင်နှင့် ပုံရိပ် ကွဲပြားခြင်း"),
            Said("The State changed its booklets on a day that the rule card names.", "စည်းမျဉ်းကတ်တွင် ဖော်ပြသောနေ့၌ နိုင်ငံသည် စာအုပ်ပုံစံ ပြောင်းခဲ့သည်။"),
            _new_series,
        ),
        Variation(
            "G09", (*PAGES, "pass"),
            Said("A slight shift of the background's colour", "နောက်ခံအရောင် အနည်းငယ် ကွဲပြားခြင်း"),
            Said("Prints differ a little.", "ပုံနှိပ်ချက်များ အနည်းငယ် ကွဲပြားတတ်သည်။"),
            _feature("tint_shift", "BG"),
        ),
        Variation(
            "G10", PAGES,
            Said("A signature unlike others: thumbprint, cross, slow letters", "ထူးခြားသော လက်မှတ်။ လက်ဗွေ၊ ကြက်ခြေခတ်၊ ဖြည်းဖြည်းရေးထားသော စာလုံး"),
            Said("Not everybody writes alike, or can.", "လူတိုင်း တူညီစွာ မရေးတတ်ကြပါ။"),
            _signature,
        ),
        Variation(
            "G11", ("traveller",),
            Said("Glasses, beard, headscarf, weight or hair have changed", "မျက်မှန်၊ မုတ်ဆိတ်၊ ခေါင်းဆောင်း၊ ကိုယ်အလေးချိန်၊ ဆံပင် ပြောင်းလဲခြင်း"),
            Said("They do not say who somebody is.", "၎င်းတို့သည် မည်သူမည်ဝါဖြစ်ကြောင်း မပြပါ။"),
            _restyled,
        ),
        Variation(
            "G12", ("epassport",),
            Said("The chip does not answer", "ချစ်ပ်ကို ဖတ်၍မရခြင်း"),
            Said("Chips break. Use the other checks.", "ချစ်ပ်များ ပျက်စီးတတ်သည်။ အခြားစစ်ဆေးမှုများကို သုံးပါ။"),
            _silent_chip,
        ),
        Variation(
            "G13", ("stamps",),
            Said("An exit stamp is missing where none was given", "တံဆိပ်တုံး မနှိပ်သည့်နေရာတွင် ထွက်ခွာတံဆိပ်တုံး မရှိခြင်း"),
            Said("The rule card names gates and days without stamps.", "တံဆိပ်တုံး မနှိပ်သော ဂိတ်များနှင့် နေ့ရက်များကို စည်းမျဉ်းကတ်တွင် ဖော်ပြထားသည်။"),
            _missed_exit,
        ),
        Variation(
            "G14", PAGES,
            Said("An amendment by hand with the office's stamp", "ရုံးတံဆိပ်ပါသော လက်ရေးပြင်ဆင်ချက်"),
            Said("The rule card shows how this State amends.", "ဤနိုင်ငံ၏ ပြင်ဆင်ပုံကို စည်းမျဉ်းကတ်တွင် ပြထားသည်။"),
            _amended,
        ),
        Variation(
            "G15", ("stamps",),
            Said("A smeared stamp", "မင်ပွနေသော တံဆိပ်တုံး"),
            Said("Stamps are given in a hurry.", "တံဆိပ်တုံးကို အလျင်အမြန် နှိပ်တတ်သည်။"),
            _smeared,
        ),
        Variation(
            "G16", (*PAGES, "pass"),
            Said("A few bright fibres under UV", "UV အောက်တွင် အမျှင်အနည်းငယ် တောက်ပခြင်း"),
            Said("They belong to the paper, or are dust.", "စက္ကူနှင့် သက်ဆိုင်သည် သို့မဟုတ် ဖုန်မှုန့် ဖြစ်သည်။"),
            _feature("fibres", "FIBRES"),
        ),
    )
}  # fmt: skip


# What the list says where a variation is seen, by region and light.
_SEEN: dict[str, dict[str, dict[str, Said]]] = {
    "G01": {"PAGE": {light: Said("A fold runs across print and background alike.", "ခေါက်ကြောင်းတစ်ခုသည် ပုံနှိပ်စာနှင့် နောက်ခံကို တစ်ဆက်တည်း ဖြတ်သွားသည်။") for light in LIGHTS}},
    "G02": {"LAM_EDGE": {OBLIQUE: Said("Dirty at a corner; even all around.", "ထောင့်တစ်ခု ညစ်ပေသော်လည်း ပတ်လည် ညီညာသည်။")}},
    "G10": {"SIG": {VISIBLE: Said("A thumbprint, a cross or slow letters.", "လက်ဗွေ၊ ကြက်ခြေခတ် သို့မဟုတ် ဖြည်းဖြည်းရေးထားသော စာလုံး။")}},
    "G14": {"VIZ_POB": {light: Said("Beside it an amendment by hand with the office's stamp.", "ဘေးတွင် ရုံးတံဆိပ်ပါသော လက်ရေးပြင်ဆင်ချက် ရှိသည်။") for light in LIGHTS}},
    "G16": {"PAGE": {UV: Said("Dark and dull, with a few bright fibres.", "မှောင်ပြီး မှိန်သည်။ တောက်ပသော အမျှင်အနည်းငယ် ရှိသည်။")}},
}  # fmt: skip


def seen(kind: str, plan: Plan) -> dict[str, dict[str, Said]]:
    """What the list says of regions, "sheet:REGION", by light, where a variation shows."""
    return {f"{MAIN[plan.document]}:{region}": dict(words) for region, words in _SEEN.get(kind, {}).items()}
