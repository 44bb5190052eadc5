"""Days as documents write them. The month names are those of the fictional States, in English."""

from datetime import date

from specimens.chance import Chance
from specimens.holders import Holder
from specimens.states import RuleCard

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def written(year: int, month: int, day: int) -> str:
    """Day, month and year as printed, whether a calendar has that day or not."""
    return f"{day:02} {MONTHS[month - 1]} {year}"


def printed(day: date) -> str:
    """A day as printed: 07 MAR 1987."""
    return written(day.year, day.month, day.day)


def coded(day: date) -> str:
    """A day as the machine readable zone writes it: YYMMDD."""
    return f"{day.year % 100:02}{day.month:02}{day.day:02}"


def stamped(day: date, card: RuleCard) -> str:
    """A day as the stamps of a rule card write it; the month by its English name whatever the machine's language."""
    words = card.stamp_date.replace("%b", MONTHS[day.month - 1])
    return (
        words.replace("%d", f"{day.day:02}")
        .replace("%m", f"{day.month:02}")
        .replace("%Y", str(day.year))
        .replace("%y", f"{day.year % 100:02}")
    )


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February for 29."""
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def other_day(day: date, part: str, chance: Chance) -> date:
    """Another day that differs in one part: "day", "month" or "year"."""
    while True:
        other = date(
            day.year + (chance.one((-1, 1)) * chance.between(1, 9) if part == "year" else 0),
            chance.between(1, 12) if part == "month" else day.month,
            chance.between(1, 28) if part == "day" else min(day.day, 28),
        )
        if coded(other) != coded(day) and (part != "month" or other.month != day.month):
            return other


def birth(who: Holder) -> str:
    """A birth date as printed; XX for a day that is not known."""
    words = printed(who.birth)
    return words if who.day_is_known else f"XX{words[2:]}"


EXAMPLE = date(2026, 3, 7)  # in words of a rule card
