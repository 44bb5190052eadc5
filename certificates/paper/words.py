"""What is printed on every paper, in Burmese and English. Constants, not messages: a certificate reads the same for all.

The Burmese is a draft, as is that of the interface.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from myanmar.dates import MONTHS, format_date, format_myanmar_date, myanmar_date, myanmar_year
from myanmar.digits import to_myanmar_digits

Pair = tuple[str, str]  # Burmese, English

TITLES: Final[dict[str, Pair]] = {
    "course": ("သင်တန်းဆင်းလက်မှတ်", "Certificate of Completion"),
    "programme": ("သင်တန်းအစီအစဉ် ပြီးမြောက်ကြောင်း လက်မှတ်", "Certificate of Programme Completion"),
    "attendance": ("သင်တန်းတက်ရောက်ကြောင်း လက်မှတ်", "Certificate of Attendance"),
    "accreditation": ("သင်တန်းနည်းပြ အသိအမှတ်ပြုလက်မှတ်", "Certificate of Accreditation"),
}
INTRO: Final[Pair] = ("ဤလက်မှတ်ကို အောက်ပါပုဂ္ဂိုလ်အား ချီးမြှင့်ပါသည်", "This certificate is awarded to")
REASONS: Final[dict[str, Pair]] = {
    "course": (
        "သတ်မှတ်ချက်များနှင့်အညီ အောင်မြင်စွာ ပြီးမြောက်ခဲ့သည့် သင်တန်း",
        "for having met every requirement of the course",
    ),
    "programme": (
        "ပါဝင်သော သင်တန်းအားလုံးကို အောင်မြင်စွာ ပြီးမြောက်ခဲ့သည့် သင်တန်းအစီအစဉ်",
        "for having completed every course of the programme",
    ),
    "attendance": ("တက်ရောက်ခဲ့သည့် သင်တန်း", "for having attended the course"),
    "accreditation": ("သင်တန်းနည်းပြအဖြစ် သင်ကြားပို့ချခွင့် ရရှိသည့် သင်တန်း", "accredited as a trainer of the course"),
}
COURSE: Final[dict[str, Pair]] = {"programme": ("အစီအစဉ်ကုဒ်", "Programme")}
A_COURSE: Final[Pair] = ("သင်တန်းကုဒ်", "Course")
LEARNING_TIME: Final[Pair] = ("သင်ယူချိန်", "Learning time")
SCORE: Final[Pair] = ("ရမှတ်", "Score")
ISSUED_ON: Final[Pair] = ("ထုတ်ပေးသည့်နေ့", "Issued on")
VALID_UNTIL: Final[Pair] = ("သက်တမ်းကုန်ဆုံးရက်", "Valid until")
NEVER: Final[Pair] = ("ကန့်သတ်မထားပါ", "No expiry")
SERIAL: Final[Pair] = ("မှတ်ပုံတင်အမှတ်", "Serial number")
TRAINERS: Final[Pair] = ("သင်တန်းနည်းပြ", "Trainers")
LIST_OVERLEAF: Final[Pair] = ("သင်တန်းစာရင်းကို နောက်စာမျက်နှာတွင် ဖော်ပြထားပါသည်", "The courses are listed overleaf")
COURSES: Final[Pair] = ("ပါဝင်သော သင်တန်းများ", "Courses of the Programme")
OBJECTIVES: Final[Pair] = ("သင်တန်း၏ ရည်ရွယ်ချက်များ", "Course Objectives")
SIGN_HERE: Final[Pair] = ("တာဝန်ခံ လက်မှတ်နှင့် တံဆိပ်", "Authorised signature and stamp")
SCAN: Final[Pair] = (
    "ဤလက်မှတ် မှန်မမှန် စစ်ဆေးရန် ကုဒ်ကို ဖတ်ပါ",
    "Scan to check that this certificate is genuine and valid",
)


def replaces(serial: str) -> Pair:
    return f"ဤလက်မှတ်သည် {serial} ကို အစားထိုးပါသည်", f"This certificate replaces {serial}"


def version(number: str) -> Pair:
    return f"ဗားရှင်း {to_myanmar_digits(number)}", f"version {number}"


def code_and_version(code: str, number: str) -> Pair:
    my, en = version(number)
    return f"{code} · {my}", f"{code} · {en}"


def per_cent(score: int) -> Pair:
    return f"{to_myanmar_digits(score)} ရာခိုင်နှုန်း", f"{score} per cent"


def day(on: date) -> Pair:
    return format_date(on, style="official"), format_date(on, style="official", lang="en")


def short_day(on: date) -> Pair:
    return format_date(on, style="short"), format_date(on, style="short", lang="en")


def era(on: date) -> Pair:
    """The day in the Myanmar era; English has no names for its months and gives the year."""
    return f"မြန်မာသက္ကရာဇ် {format_myanmar_date(myanmar_date(on))}", f"Myanmar Era {myanmar_year(on)}"


def days(first: date, last: date) -> Pair:
    """From one day to another, without saying twice what they share."""
    (my, en), (last_my, last_en) = day(first), day(last)
    if first == last:
        return my, en
    if (first.year, first.month) == (last.year, last.month):
        return f"{my}မှ {to_myanmar_digits(last.day)} ရက်အထိ", f"{first.day}–{last_en}"
    if first.year == last.year:
        last_my = f"{MONTHS['my'][last.month - 1]}လ {to_myanmar_digits(last.day)} ရက်"
        en = f"{first.day} {MONTHS['en'][first.month - 1]}"
    return f"{my}မှ {last_my}အထိ", f"{en} – {last_en}"


def duration(minutes: int) -> Pair:
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "နာရီ", "h"), (rest, "မိနစ်", "min")]
    shown = [part for part in parts if part[0]] or parts[1:]
    return (
        " ".join(f"{to_myanmar_digits(number)} {unit}" for number, unit, _ in shown),
        " ".join(f"{number} {unit}" for number, _, unit in shown),
    )
