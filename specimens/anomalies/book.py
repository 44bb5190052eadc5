"""The booklet around the data page. The Burmese is a draft."""

from specimens.anomalies.base import BOOK, PRINTED, VISIBLE, Anomaly, Chance, Plan, Said
from specimens.plan import needed


def _stranger(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    booklet = needed(plan.booklet)
    leaf = chance.one(booklet.leaves)
    change = "serial" if severity < 3 else chance.one(("tint", "design", "serial"))
    if change == "tint":
        leaf.tint = next(one.number for one in plan.state.series if one.number != leaf.tint)
    elif change == "design":
        leaf.design += 1
    else:
        digits = list(leaf.serial)
        for place in chance.some(range(2, len(digits)), 1 if severity < 3 else 2):
            digits[place] = str((int(digits[place]) + chance.between(1, 9)) % 10)
        leaf.serial = "".join(digits)
    return (f"leaves:PAGE_NO_{booklet.leaves.index(leaf) + 1}",)


def _gap(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    booklet = needed(plan.booklet)
    first = chance.between(3, len(booklet.marks) - 4)
    for place in range(first, first + (2 if severity > 3 else 1)):
        booklet.marks[place] = False
    return ("edges:EDGE",)


def _sewing(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
    booklet = needed(plan.booklet)
    change = chance.one(("count", "colour", "holes"))
    if change == "count":
        booklet.stitches += chance.one((-1, 1)) * (1 if severity < 4 else 2)
    elif change == "colour":
        booklet.thread = {1: "#6d7f86", 2: "#6d7f86", 3: "#8b6b52", 4: "#a2543f", 5: "#b5301f"}[severity]
    else:
        booklet.holes = severity
    booklet.irregular = severity > 2
    return ("edges:STITCH",)


ANOMALIES = (
    Anomaly(
        "A24", "book", BOOK, (VISIBLE,), PRINTED, 3,
        Said("A page that does not belong", "စာအုပ်နှင့် မသက်ဆိုင်သော စာမျက်နှာ"),
        Said("Compare a page with its neighbours.", "စာမျက်နှာတစ်ခုကို ၎င်း၏ အနီးရှိ စာမျက်နှာများနှင့် နှိုင်းယှဉ်ပါ။"),
        _stranger,
    ),
    Anomaly(
        "A25", "book", BOOK, (VISIBLE,), PRINTED, 3,
        Said("A gap in the index marks", "အနားအမှတ်အသားများတွင် ကွက်လပ်ရှိခြင်း"),
        Said("The staircase of marks on the edge should be complete.", "စာအုပ်အနားရှိ လှေကားထစ် အမှတ်အသားများ ပြည့်စုံရမည်။"),
        _gap,
    ),
    Anomaly(
        "A26", "book", BOOK, (VISIBLE,), PRINTED, 3,
        Said("Irregular sewing", "ချုပ်ရိုး မမှန်ခြင်း"),
        Said("Sewing tells whether a book was opened.", "ချုပ်ရိုးသည် စာအုပ်ကို ဖွင့်ခဲ့ခြင်း ရှိ၊ မရှိ ပြသည်။"),
        _sewing,
    ),
)  # fmt: skip
