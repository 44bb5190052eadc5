"""Stamps and visas: the booklet as a diary. The Burmese is a draft."""

from datetime import timedelta

from specimens import dates, issuing
from specimens.anomalies.base import LENS, PRINTED, VISIBLE, Anomaly, Chance, Plan, Said
from specimens.states import WRONG_FRAMES


def _no_exit(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    """An exit between two entries goes, or the first entry does."""
    exits = [one for one in plan.stamps[:-1] if one.way == "exit" and not plan.card.explains(one.place, one.day)]
    exits = exits or plan.stamps[:1]
    gone = (
        plan.stamps[0] if severity > 3 and plan.stamps[0].way == "entry" and len(plan.stamps) > 2 else chance.one(exits)
    )
    after = plan.stamps[plan.stamps.index(gone) + 1]
    issuing.without_stamp(plan, gone)
    return (f"stamps:STAMP_{after.slot}",)


def _unlike(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    stamp = chance.one(plan.stamps)
    change = chance.one(("frame", "place", "date")) if severity < 4 else "frame"
    if change == "frame":
        stamp.frame = chance.one([one for one in WRONG_FRAMES if one != stamp.frame])
    elif change == "place":
        stamp.place = chance.one(plan.card.closed_places)
    else:
        stamp.words = (
            stamp.day.strftime("%d-%m-%y") if plan.card.stamp_date != "%d-%m-%y" else stamp.day.strftime("%d.%m.%Y")
        )
    return (f"stamps:STAMP_{stamp.slot}",)


def _on_top(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    """A stamp older than the visa lies over it."""
    visa, stamp = plan.visas[0], plan.stamps[0]
    stamp.day = visa.issued - timedelta(days=20 * severity + chance.below(30))
    stamp.words, stamp.is_under = dates.stamped(stamp.day, plan.card), False
    return ("stamps:VISA",)


def _reused(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    first, second = plan.visas[:2]
    second.number = first.number
    second.fields["VIZ_DOCNO"].text = first.number
    issuing.rezone_visa(plan, second)
    return ("visa:VIZ_DOCNO", "second:VIZ_DOCNO", "second:MRZ2")


def _other_name(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    """Two neighbouring letters of the name have changed places."""
    visa = plan.visas[0]
    region = chance.one(("VIZ_SURNAME", "VIZ_GIVEN"))
    words = visa.fields[region].text
    places = [
        i for i in range(len(words) - 1) if words[i].isalpha() and words[i + 1].isalpha() and words[i] != words[i + 1]
    ]
    place = chance.one(places)
    visa.fields[region].text = words[:place] + words[place + 1] + words[place] + words[place + 2 :]
    issuing.rezone_visa(plan, visa)
    return (f"visa:{region}", f"page:{region}", "visa:MRZ1")


ANOMALIES = (
    Anomaly(
        "A34", "entries", ("stamps",), (VISIBLE,), PRINTED, 3,
        Said("Entries and exits do not follow each other", "ဝင်/ထွက်တံဆိပ်တုံးများ အစဉ်မကျခြင်း"),
        Said(
            "Stamps are a diary: read them in order, remembering that missed stamps happen.",
            "တံဆိပ်တုံးများသည် မှတ်တမ်းစာအုပ်နှင့် တူသည်။ အစဉ်လိုက်ဖတ်ပါ။ တံဆိပ်တုံး နှိပ်ရန် ကျန်ခဲ့တတ်သည်ကိုလည်း သတိရပါ။",
        ),
        _no_exit,
    ),
    Anomaly(
        "A35", "entries", ("stamps",), (VISIBLE,), PRINTED, 3,
        Said("A stamp unlike the rule card", "စည်းမျဉ်းကတ်နှင့် မတူသော တံဆိပ်တုံး"),
        Said("Compare with the specimen card, not with memory.", "မှတ်ဉာဏ်နှင့် မဟုတ်ဘဲ နမူနာကတ်နှင့် နှိုင်းယှဉ်ပါ။"),
        _unlike,
    ),
    Anomaly(
        "A36", "entries", ("stamps",), (LENS,), PRINTED, 4,
        Said("What lies on top is older", "အပေါ်ထပ်သည် ပိုစော၍ ဖြစ်နေခြင်း"),
        Said("What lies on top came later: layers must agree with dates.", "အပေါ်ထပ်သည် နောက်မှ ရောက်လာသည်။ အထပ်များနှင့် ရက်စွဲများ ကိုက်ညီရမည်။"),
        _on_top,
    ),
    Anomaly(
        "A37", "entries", ("visas",), (VISIBLE,), PRINTED, 4,
        Said("A visa number used twice", "ပြည်ဝင်ခွင့်နံပါတ် နှစ်ကြိမ်သုံးထားခြင်း"),
        Said("Numbers are issued once.", "နံပါတ်တစ်ခုကို တစ်ကြိမ်သာ ထုတ်ပေးသည်။"),
        _reused,
    ),
    Anomaly(
        "A38", "entries", ("visa",), (VISIBLE,), PRINTED, 3,
        Said("The visa's name differs from the passport's", "ပြည်ဝင်ခွင့်ပါ အမည်သည် နိုင်ငံကူးလက်မှတ်နှင့် မတူခြင်း"),
        Said("Check name, number, sex and date across documents.", "အမည်၊ နံပါတ်၊ လိင်နှင့် ရက်စွဲတို့ကို စာရွက်စာတမ်းများအကြား တိုက်ဆိုင်စစ်ဆေးပါ။"),
        _other_name,
    ),
)  # fmt: skip
