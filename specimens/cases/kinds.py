"""Kinds of contradictions and of innocent differences, one declaration each. The Burmese is a draft."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from specimens import dates, mrz
from specimens.cases.papers import Statement, rewritten
from specimens.cases.story import COMPANIES, NO, OTHER_JOBS, YES, Story
from specimens.chance import Chance
from specimens.said import Said
from specimens.states import NORLAND

# What it may mean, with what comes next. A false paper is never the end of it.
MISTAKE, DOCUMENT, EXPLOITATION = CONCERNS = ("mistake", "document", "exploitation")


@dataclass(frozen=True)
class Contradiction:
    """changes: the statement that is made untrue; against: those that it then contradicts; level: from which difficulty; other: the untrue value."""

    code: str
    concern: str
    changes: str
    against: tuple[str, ...]
    level: int
    explanation: Said
    question: Said
    other: Callable[[Story, Chance], object]


def _swapped(story: Story, chance: Chance) -> str:
    """Two neighbouring letters of the surname changed places."""
    name = story.primary
    place = chance.one(
        [i for i in range(len(name) - 1) if name[i] != name[i + 1] and name[i].isalpha() and name[i + 1].isalpha()]
    )
    return f"{name[:place]}{name[place + 1]}{name[place]}{name[place + 2 :]}, {story.secondary}"


def _one_of(things: Sequence[object], but: object, chance: Chance) -> object:
    return chance.one([one for one in things if one != but])


def _digits(number: str, chance: Chance) -> str:
    place = chance.between(3, len(number) - 1)
    return number[:place] + str((int(number[place]) + chance.between(1, 9)) % 10) + number[place + 1 :]


ASK_JOB = Said(
    "Ask: “What work will you do, who told you so, and may you leave it?”",
    "မေးရန်။ “ဘာအလုပ်လုပ်ရမှာလဲ၊ ဘယ်သူပြောတာလဲ၊ အလုပ်က ထွက်ခွင့်ရှိလား။”",
)
ASK_SELF = Said(
    "Ask: “Would you read me your name and number?” A slip of the pen is common.",
    "မေးရန်။ “အမည်နဲ့ နံပါတ်ကို ဖတ်ပြပါ။” စာရေးမှားခြင်း အဖြစ်များသည်။",
)
ASK_SAFE = Said(
    "Ask alone and kindly: “Is somebody keeping something of yours? Are you safe?”",
    "သီးသန့် ညင်သာစွာ မေးပါ။ “သင့်ပစ္စည်းကို တစ်ယောက်ယောက် သိမ်းထားသလား။ သင် လုံခြုံရဲ့လား။”",
)

CONTRADICTIONS = {
    one.code: one
    for one in (
        Contradiction("C01", MISTAKE, "visa:name", ("passport:name", "ticket:name", "contract:name"), 2, Said("The visa spells the name {untrue}, the other papers {true}.", "ပြည်ဝင်ခွင့်တွင် အမည်ကို {untrue}၊ အခြားစာရွက်စာတမ်းများတွင် {true} ဟု ရေးထားသည်။"), ASK_SELF, _swapped),
        Contradiction("C02", DOCUMENT, "visa:number", ("passport:number",), 1, Said("The visa was given for passport {untrue}; this one is {true}.", "ပြည်ဝင်ခွင့်သည် နိုင်ငံကူးလက်မှတ် {untrue} အတွက် ဖြစ်ပြီး ဤစာအုပ်မှာ {true} ဖြစ်သည်။"), ASK_SELF, lambda story, chance: _digits(story.number, chance)),
        Contradiction("C03", DOCUMENT, "visa:birth", ("passport:birth",), 2, Said("Birth on the visa: {untrue}; in the passport: {true}.", "ပြည်ဝင်ခွင့်ပါ မွေးသက္ကရာဇ် {untrue}၊ နိုင်ငံကူးလက်မှတ်ပါ {true}။"), ASK_SELF, lambda story, chance: dates.other_day(story.birth, "year", chance)),
        Contradiction("C04", MISTAKE, "visa:sex", ("passport:sex",), 2, Said("The visa says {untrue}, the passport {true}.", "ပြည်ဝင်ခွင့်တွင် {untrue}၊ နိုင်ငံကူးလက်မှတ်တွင် {true} ဟု ရေးထားသည်။"), ASK_SELF, lambda story, chance: _one_of(("M", "F", "X"), story.sex, chance)),
        Contradiction("C05", DOCUMENT, "visa:visa_from", ("ticket:travels",), 1, Said("The visa is valid from {untrue}, after the day of the journey.", "ပြည်ဝင်ခွင့်သည် ခရီးသွားမည့်နေ့ပြီးမှ {untrue} တွင် စတင်သက်ဝင်သည်။"), Said("Ask: “When do you have to be there, and who chose the day?”", "မေးရန်။ “ဘယ်နေ့ ရောက်ရမှာလဲ၊ ဘယ်သူက ရက်ရွေးတာလဲ။”"), lambda story, chance: story.travels + timedelta(days=chance.between(2, 20))),
        Contradiction("C06", EXPLOITATION, "ticket:town", ("contract:town", "booking:town"), 1, Said("The ticket goes to {untrue}; the work is in {true}.", "ခရီးသွားလက်မှတ်သည် {untrue} သို့ ဖြစ်ပြီး အလုပ်မှာ {true} တွင် ဖြစ်သည်။"), Said("Ask: “Who meets you there, and where will you sleep?”", "မေးရန်။ “ဘယ်သူလာကြိုမှာလဲ၊ ဘယ်မှာအိပ်မှာလဲ။”"), lambda story, chance: _one_of(NORLAND.towns, story.town, chance)),
        Contradiction("C07", EXPLOITATION, "contract:company", ("visa:company", "invitation:company"), 1, Said("The contract is with {untrue}; the visa and the letter name {true}.", "စာချုပ်သည် {untrue} နှင့် ဖြစ်ပြီး ပြည်ဝင်ခွင့်နှင့် စာတွင် {true} ဟု ပါသည်။"), ASK_JOB, lambda story, chance: _one_of(COMPANIES, story.company, chance)),
        Contradiction("C08", EXPLOITATION, "message:job", ("contract:job", "invitation:job"), 1, Said("The messages speak of other work ({untrue}) than the contract ({true}).", "မက်ဆေ့ချ်များတွင် စာချုပ်ပါအလုပ် ({true}) နှင့်မတူသော အလုပ် ({untrue}) ကို ပြောထားသည်။"), ASK_JOB, lambda story, chance: chance.one(OTHER_JOBS)),
        Contradiction("C09", EXPLOITATION, "message:wage", ("contract:wage",), 2, Said("Promised: {untrue} a month; in the contract: {true}.", "ကတိပေးသော လုပ်ခ တစ်လ {untrue}၊ စာချုပ်ပါ {true}။"), ASK_JOB, lambda story, chance: story.wage * chance.one((2, 3))),
        Contradiction("C10", EXPLOITATION, "contract:pays", ("message:pays",), 2, Said("The messages say that the employer pays the journey; by the contract it is {untrue}. A debt binds.", "မက်ဆေ့ချ်တွင် အလုပ်ရှင်က ခရီးစရိတ်ကျခံမည်ဟု ပါသော်လည်း စာချုပ်အရ {untrue} ကျခံရသည်။ အကြွေးသည် နှောင်ဖွဲ့တတ်သည်။"), Said("Ask: “Do you owe money to somebody for this journey? What happens if you cannot pay?”", "မေးရန်။ “ဒီခရီးအတွက် တစ်ယောက်ယောက်ကို အကြွေးတင်နေသလား။ မပေးနိုင်ရင် ဘာဖြစ်မလဲ။”"), lambda story, chance: NO),
        Contradiction("C11", EXPLOITATION, "message:keeps", ("contract:keeps",), 1, Said("By the messages the passport is kept by {untrue}; by the contract by {true}.", "မက်ဆေ့ချ်အရ နိုင်ငံကူးလက်မှတ်ကို {untrue} သိမ်းထားမည်။ စာချုပ်အရ {true} သိမ်းထားရမည်။"), ASK_SAFE, lambda story, chance: YES),
        Contradiction("C12", DOCUMENT, "contract:signed", ("message:met",), 3, Said("The contract was signed on {untrue}, before the recruiter first wrote.", "စုဆောင်းသူ ပထမဆုံး မရေးမီ {untrue} တွင် စာချုပ်ကို လက်မှတ်ထိုးထားသည်။"), Said("Ask: “Did you sign this yourself, and could you read it?”", "မေးရန်။ “ဒါကို ကိုယ်တိုင် လက်မှတ်ထိုးခဲ့သလား၊ ဖတ်နိုင်ခဲ့သလား။”"), lambda story, chance: story.met - timedelta(days=chance.between(5, 40))),
        Contradiction("C13", EXPLOITATION, "invitation:months", ("contract:months",), 3, Said("The letter speaks of {untrue} months, the contract of {true}.", "စာတွင် {untrue} လ၊ စာချုပ်တွင် {true} လ ဟု ပါသည်။"), ASK_JOB, lambda story, chance: _one_of((3, 6, 12, 24, 36), story.months, chance)),
        Contradiction("C14", MISTAKE, "booking:nights", ("ticket:travels",), 3, Said("The hotel is booked for {untrue}, days after the arrival.", "ရောက်ပြီး ရက်အတန်ကြာမှ {untrue} အတွက် ဟိုတယ်ကြိုတင်ထားသည်။"), Said("Ask: “Where will you sleep until then?”", "မေးရန်။ “အဲဒီအထိ ဘယ်မှာ အိပ်မှာလဲ။”"), lambda story, chance: story.travels + timedelta(days=chance.between(3, 12))),
        Contradiction("C15", EXPLOITATION, "booking:town", ("contract:town", "ticket:town"), 3, Said("The hotel is in {untrue}, the work in {true}.", "ဟိုတယ်သည် {untrue} တွင်၊ အလုပ်မှာ {true} တွင် ဖြစ်သည်။"), Said("Ask: “Who booked this, and have you seen it yourself?”", "မေးရန်။ “ဒါကို ဘယ်သူ ကြိုတင်ထားတာလဲ၊ ကိုယ်တိုင် မြင်ဖူးသလား။”"), lambda story, chance: _one_of(NORLAND.towns, story.town, chance)),
        Contradiction("C16", DOCUMENT, "contract:begins", ("invitation:begins",), 2, Said("The work begins on {untrue} by the contract, on {true} by the letter.", "စာချုပ်အရ {untrue}၊ စာအရ {true} တွင် အလုပ်စမည်။"), ASK_JOB, lambda story, chance: story.begins + timedelta(days=chance.between(20, 60))),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Innocent:
    """The same value in unlike words. statement: which; words: how it is written then."""

    code: str
    statement: str
    why: Said
    words: Callable[[Story, Statement], Said]


def _abbreviated(company: str) -> str:
    first = company.split()
    return "".join(part[0] for part in first[:-1]) + " " + first[-1]


INNOCENT = {
    one.code: one
    for one in (
        Innocent("D01", "ticket:name", Said("Tickets cut long names and leave out marks.", "ခရီးသွားလက်မှတ်များတွင် အမည်ရှည်ကို ဖြတ်ရေးပြီး အမှတ်အသားများ ချန်ထားသည်။"), lambda story, _statement: Said(*[f"{mrz.transliterated(story.primary)[:9]}/{mrz.transliterated(story.secondary)[:4]}"] * 2)),
        Innocent("D02", "message:wage", Said("People round a wage when they speak of it.", "လုပ်ခလစာကို ပြောဆိုရာတွင် ခန့်မှန်း၍ ပြောတတ်သည်။"), lambda story, _statement: Said(f"They pay about {round(story.wage, -2)} crowns a month.", f"တစ်လကို {round(story.wage, -2)} ခရောင်းလောက် ပေးပါတယ်။")),
        Innocent("D03", "visa:company", Said("Visas shorten the names of companies.", "ပြည်ဝင်ခွင့်တွင် ကုမ္ပဏီအမည်ကို အတိုချုံ့ရေးသည်။"), lambda story, _statement: Said(*[_abbreviated(story.company)] * 2)),
        Innocent("D04", "invitation:begins", Said("This letter says that it writes the month first.", "ဤစာတွင် လကို အရင်ရေးကြောင်း ဖော်ပြထားသည်။"), lambda story, _statement: Said(f"{story.begins.month:02}/{story.begins.day:02}/{story.begins.year} (month/day/year)", f"{story.begins.month:02}/{story.begins.day:02}/{story.begins.year} (လ/ရက်/နှစ်)")),
        Innocent("D05", "booking:nights", Said("The journey goes through the night; one arrives on the next day.", "ညတွင်းခရီးဖြစ်၍ နောက်တစ်နေ့တွင် ရောက်သည်။"), lambda story, _statement: Said(f"{dates.printed(story.travels + timedelta(days=1))} (night journey)", f"{dates.printed(story.travels + timedelta(days=1))} (ညခရီး)")),
        Innocent("D06", "contract:name", Said("Contracts write given names first.", "စာချုပ်များတွင် ကိုယ်ပိုင်အမည်ကို အရင်ရေးသည်။"), lambda story, _statement: Said(*[f"{story.secondary} {story.primary}"] * 2)),
    )
}  # fmt: skip


def untrue(statement: Statement, value: object) -> Statement:
    """A statement with another value."""
    if statement.fact == "wage" and isinstance(statement.value, int):
        return rewritten(
            statement, value, Said(*(words.replace(str(statement.value), str(value)) for words in statement.text))
        )
    if statement.fact == "months":
        return rewritten(
            statement, value, Said(*(words.replace(str(statement.value), str(value)) for words in statement.text))
        )
    return rewritten(statement, value)


def shown(value: object) -> object:
    """A value in the sentence that explains."""
    return dates.printed(value) if isinstance(value, date) else value
