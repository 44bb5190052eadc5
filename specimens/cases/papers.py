"""The papers of a case, statement by statement. The Burmese is a draft."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from specimens import dates
from specimens.cases.story import Story
from specimens.said import Said

PAPERS = {
    "passport": Said("Passport of Utopia", "ယူတိုးပီးယား နိုင်ငံကူးလက်မှတ်"),
    "visa": Said("Visa of Norland", "နော်လန်း ပြည်ဝင်ခွင့် (ဗီဇာ)"),
    "ticket": Said("Ticket", "ခရီးသွားလက်မှတ်"),
    "contract": Said("Work contract", "အလုပ်သဘောတူစာချုပ်"),
    "message": Said("Messages on the telephone", "ဖုန်းပါ မက်ဆေ့ချ်များ"),
    "invitation": Said("Letter of the employer", "အလုပ်ရှင်၏ စာ"),
    "booking": Said("Hotel booking", "ဟိုတယ်ကြိုတင်စာရင်း"),
}


UNSAID = Said("", "")


@dataclass(frozen=True)
class Statement:
    """fact: what it states; value: with what, comparable; text: as it is written. is_innocent: the same value in unlike words, with why that is normal."""

    paper: str
    fact: str
    label: Said
    value: object
    text: Said
    is_innocent: bool = False
    why: Said = UNSAID

    @property
    def name(self) -> str:
        """ "paper:fact", unique within a case."""
        return f"{self.paper}:{self.fact}"


def _same(words: object) -> Said:
    return words if isinstance(words, Said) else Said(str(words), str(words))


def _day(day: date) -> Said:
    return _same(dates.printed(day))


LABELS = {
    "name": Said("Name", "အမည်"),
    "number": Said("Passport number", "နိုင်ငံကူးလက်မှတ်နံပါတ်"),
    "birth": Said("Date of birth", "မွေးသက္ကရာဇ်"),
    "sex": Said("Sex", "လိင်"),
    "town": Said("Town", "မြို့"),
    "company": Said("Employer", "အလုပ်ရှင်"),
    "job": Said("Work", "အလုပ်"),
    "wage": Said("Wage a month", "တစ်လ လုပ်ခလစာ"),
    "months": Said("Length", "ကာလ"),
    "begins": Said("Begins on", "စတင်မည့်နေ့"),
    "signed": Said("Signed on", "လက်မှတ်ထိုးသည့်နေ့"),
    "met": Said("First message", "ပထမဆုံး မက်ဆေ့ချ်"),
    "travels": Said("Journey on", "ခရီးသွားမည့်နေ့"),
    "arrives": Said("Arrival", "ရောက်ရှိမည့်နေ့"),
    "visa_from": Said("Valid from", "စတင်သက်ဝင်သည့်ရက်"),
    "visa_until": Said("Valid until", "သက်တမ်းကုန်ဆုံးရက်"),
    "visa_kind": Said("Kind", "အမျိုးအစား"),
    "entries": Said("Entries", "ဝင်ခွင့်အကြိမ်"),
    "pays": Said("The journey is paid by", "ခရီးစရိတ် ကျခံသူ"),
    "keeps": Said("The passport is kept by", "နိုင်ငံကူးလက်မှတ် သိမ်းထားသူ"),
    "nights": Said("First night", "ပထမည"),
}


def _plain(paper: str, fact: str, value: object, text: object) -> Statement:
    return Statement(paper, fact, LABELS[fact], value, _same(text))


def _money(wage: int) -> Said:
    return Said(f"{wage} crowns", f"{wage} ခရောင်း")


def _months(months: int) -> Said:
    return Said(f"{months} months", f"{months} လ")


def papers(story: Story) -> list[Statement]:
    """Every statement of every paper, all true."""
    name = f"{story.primary}, {story.secondary}"

    def chat(fact: str, value: object, en: str, my: str) -> Statement:
        return Statement("message", fact, LABELS[fact], value, Said(en, my))

    return [
        _plain("passport", "name", name, name),
        _plain("passport", "number", story.number, story.number),
        _plain("passport", "birth", story.birth, _day(story.birth)),
        _plain("passport", "sex", story.sex, story.sex),
        _plain("visa", "name", name, name),
        _plain("visa", "number", story.number, story.number),
        _plain("visa", "birth", story.birth, _day(story.birth)),
        _plain("visa", "sex", story.sex, story.sex),
        _plain("visa", "visa_kind", story.visa_kind, story.visa_kind),
        _plain("visa", "company", story.company, story.company),
        _plain("visa", "visa_from", story.visa_from, _day(story.visa_from)),
        _plain("visa", "visa_until", story.visa_until, _day(story.visa_until)),
        _plain("visa", "entries", story.entries, story.entries),
        _plain("ticket", "name", name, name),
        _plain("ticket", "town", story.town, story.town),
        _plain("ticket", "travels", story.travels, _day(story.travels)),
        _plain("contract", "name", name, name),
        _plain("contract", "company", story.company, story.company),
        _plain("contract", "town", story.town, story.town),
        _plain("contract", "job", story.job, story.job),
        _plain("contract", "wage", story.wage, _money(story.wage)),
        _plain("contract", "months", story.months, _months(story.months)),
        _plain("contract", "begins", story.begins, _day(story.begins)),
        _plain("contract", "signed", story.signed, _day(story.signed)),
        _plain("contract", "pays", story.pays, story.pays),
        _plain("contract", "keeps", story.keeps, story.keeps),
        chat("met", story.met, f"{dates.printed(story.met)}: Hello, I am {story.recruiter}. We have not met. I have work for you.", f"{dates.printed(story.met)}။ မင်္ဂလာပါ၊ ကျွန်တော် {story.recruiter} ပါ။ ကျွန်တော်တို့ မတွေ့ဖူးသေးပါ။ သင့်အတွက် အလုပ်ရှိပါတယ်။"),
        chat("job", story.job, f"The work: {story.job.en.lower()}.", f"အလုပ်က {story.job.my} ပါ။"),
        chat("wage", story.wage, f"They pay {story.wage} crowns a month.", f"တစ်လကို {story.wage} ခရောင်း ပေးပါတယ်။"),
        chat("pays", story.pays, f"The journey is paid by {story.pays.en}.", f"ခရီးစရိတ်ကို {story.pays.my} ကျခံပါမယ်။"),
        chat("keeps", story.keeps, f"Your passport is kept by {story.keeps.en}, as the law wants.", f"နိုင်ငံကူးလက်မှတ်ကို {story.keeps.my} ကိုယ်တိုင် သိမ်းထားရပါမယ်။"),
        chat("travels", story.travels, f"You travel on {dates.printed(story.travels)}.", f"{dates.printed(story.travels)} ရက်နေ့ ခရီးထွက်ပါမယ်။"),
        _plain("invitation", "company", story.company, story.company),
        _plain("invitation", "job", story.job, story.job),
        _plain("invitation", "begins", story.begins, _day(story.begins)),
        _plain("invitation", "months", story.months, _months(story.months)),
        _plain("booking", "town", story.town, story.town),
        _plain("booking", "nights", story.travels, _day(story.travels)),
    ]  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """What has to hold between two facts of two papers. holds: of their values."""

    first: str
    second: str
    holds: Callable[[date, date], bool]


RULES = (
    Rule("visa:visa_from", "ticket:travels", lambda start, travels: start <= travels),
    Rule("ticket:travels", "visa:visa_until", lambda travels, end: travels <= end),
    Rule("message:met", "contract:signed", lambda met, signed: met <= signed),
    Rule("ticket:travels", "booking:nights", lambda travels, night: travels <= night <= travels + timedelta(days=1)),
    Rule("ticket:travels", "contract:begins", lambda travels, begins: travels <= begins),
)


def rewritten(statement: Statement, value: object, text: Said | None = None) -> Statement:
    """The same statement with another value; its words follow where they are a date, a name or a number."""
    if text is None:
        before = dates.printed(statement.value) if isinstance(statement.value, date) else statement.value
        after = dates.printed(value) if isinstance(value, date) else value
        pairs = zip(_same(before), _same(after), statement.text, strict=True)
        text = Said(
            *(
                words.replace(str(old), str(new)) if old in words else words.replace(str(old).lower(), str(new).lower())
                for old, new, words in pairs
            )
        )
    return replace(statement, value=value, text=text)
