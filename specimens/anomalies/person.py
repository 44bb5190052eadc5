"""The person at the counter, and what the chip says of them. The Burmese is a draft."""

from specimens.anomalies.base import PRINTED, VISIBLE, Anomaly, Chance, Plan, Said
from specimens.art import faces
from specimens.plan import needed


def _another(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    plan.person = faces.near(needed(plan.person), chance, severity=severity)
    return ("page:PHOTO", "person:FACE")


def _chip(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    reader = needed(plan.reader)
    if severity < 3:
        reader.signature = "unsigned"
        return ("reader:SIGNATURE",)
    rows = dict(reader.rows)
    day = rows["Date of birth"]
    rows["Date of birth"] = day[:-4] + str(int(day[-4:]) + chance.one((-1, 1)) * chance.between(1, 3 * severity))
    reader.rows = list(rows.items())
    return ("reader:CHIP_DOB", "page:VIZ_DOB")


ANOMALIES = (
    Anomaly(
        "A41", "person", ("traveller",), (VISIBLE,), PRINTED, 4,
        Said("Person and portrait are not one", "လူနှင့် ဓာတ်ပုံ မတူခြင်း"),
        Said(
            "Compare features one by one; hair, weight and glasses do not count.",
            "မျက်နှာအစိတ်အပိုင်းများကို တစ်ခုချင်း နှိုင်းယှဉ်ပါ။ ဆံပင်၊ ကိုယ်အလေးချိန်နှင့် မျက်မှန်ကို ထည့်မတွက်ပါ။",
        ),
        _another,
    ),
    Anomaly(
        "A42", "person", ("epassport",), (VISIBLE,), PRINTED, 3,
        Said("The chip says otherwise", "ချစ်ပ်ပါ အချက်အလက် ကွဲလွဲခြင်း"),
        Said("The chip is one more witness; a failed read alone is not fraud.", "ချစ်ပ်သည် နောက်ထပ် သက်သေတစ်ခုသာ ဖြစ်သည်။ ဖတ်၍မရခြင်းတစ်ခုတည်းသည် လိမ်လည်မှု မဟုတ်ပါ။"),
        _chip,
    ),
)  # fmt: skip
