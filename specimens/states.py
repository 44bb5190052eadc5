"""The issuers of the exercises, none of which exists, and the rule card that says how they issue.

Utopia has the code that ICAO keeps for specimens; Norland's lies in the range that ISO 3166 leaves to its users (XAA to XZZ) and
is none of the codes that ICAO gave a meaning there; Lake Orla is on no list at all.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from specimens.chance import Chance

FICTIONAL_CODES = ("UTO", "XNO")


def fictional(code: str) -> str:
    """The code itself. Raises ValueError for any other than the two that no State has."""
    if code not in FICTIONAL_CODES:
        raise ValueError(f"{code!r} is not the code of a State that does not exist")
    return code


@dataclass(frozen=True)
class Series:
    """One series of booklets. number: which design; inks: of the background, two; since: the first day of issue."""

    number: int
    inks: tuple[str, str]
    since: date


@dataclass(frozen=True)
class State:
    """An issuer. code: "" for one on no list; years, child_years: how long a passport is valid; towns, places: invented."""

    name: str
    code: str
    ink: str
    accent: str
    series: tuple[Series, ...]
    years: int
    child_years: int
    towns: tuple[str, ...]
    places: tuple[str, ...]
    entry_frame: str
    exit_frame: str
    stamp_date: str
    stamp_ink: str

    def __post_init__(self) -> None:
        if self.code:
            fictional(self.code)


UTOPIA = State(
    name="REPUBLIC OF UTOPIA", code="UTO", ink="#16324f", accent="#1f6f78",
    series=(
        Series(1, ("#2f8f9d", "#7a5fb0"), date(2014, 1, 1)),
        Series(2, ("#3a7fb8", "#b0567f"), date(2022, 7, 1)),
    ),
    years=10, child_years=5,
    towns=("REEDHAVEN", "LUMEN", "SALTWICK", "OSTERMILL", "VARNE"),
    places=("REEDGATE", "PORT LUMEN", "NORTH MOLE", "VARNE AIR"),
    entry_frame="hexagon", exit_frame="lozenge", stamp_date="%d.%m.%Y", stamp_ink="#1f3f8f",
)  # fmt: skip
NORLAND = State(
    name="STATE OF NORLAND", code="XNO", ink="#3f2a1c", accent="#8a5a1f",
    series=(
        Series(4, ("#b0702f", "#5f8a4f"), date(2013, 4, 1)),
        Series(5, ("#a8573f", "#4f7f96"), date(2021, 10, 1)),
    ),
    years=7, child_years=3,
    towns=("KALLIN", "EAST FERRO", "DUNMARK", "TORREY", "HAVEL"),
    places=("FERRO BRIDGE", "KALLIN AIR", "DUNMARK PASS"),
    entry_frame="octagon", exit_frame="shield", stamp_date="%d %b %y", stamp_ink="#7a2430",
)  # fmt: skip
LAKE_ORLA = State(
    name="REPUBLIC OF LAKE ORLA", code="", ink="#1c3f2a", accent="#2f7f5f",
    series=(Series(7, ("#4f9f7f", "#9f8f4f"), date(2015, 1, 1)),),
    years=10, child_years=10, towns=("ORLA",), places=("ORLA PIER",),
    entry_frame="circle", exit_frame="circle", stamp_date="%d/%m/%Y", stamp_ink="#1c3f2a",
)  # fmt: skip
STATES = {one.code: one for one in (UTOPIA, NORLAND)}
WRONG_FRAMES = ("circle", "rectangle", "oval", "triangle")

# The border between the two, for border passes.
AREAS = ("REEDGATE DISTRICT", "OSTER VALLEY", "FERRO BANK", "MOLE ISLANDS", "UPPER VARNE", "KALLIN PLAIN")


@dataclass(frozen=True)
class RuleCard:
    """What an officer may rely on in one exercise. today: the day on which it happens, never that of a clock.

    document_codes: with which the zones of its passports, cards and visas may begin.
    """

    today: date
    state: State
    codes: tuple[str, ...]
    document_codes: tuple[str, ...]
    years: int
    child_years: int
    changed_on: date
    areas: tuple[str, ...]
    all_areas: tuple[str, ...]
    days_per_trip: int
    pass_months: int
    stamp_date: str
    closed_places: tuple[str, ...]
    unstamped: tuple[tuple[str, date, date], ...] = ()  # place, first and last day without exit stamps

    def explains(self, place: str, day: date) -> bool:
        """Whether no exit stamp was given at a place on a day."""
        return any(place == one and first <= day <= last for one, first, last in self.unstamped)


def rule_card(state: State, chance: Chance) -> RuleCard:
    """The rules of an issuer on a day between 2025 and 2027."""
    today = date(2025, 1, 1) + timedelta(days=chance.below(900))
    return RuleCard(
        today=today,
        state=state,
        codes=FICTIONAL_CODES,
        document_codes=("P<", "PP", "I<", "V<"),
        years=state.years,
        child_years=state.child_years,
        changed_on=state.series[-1].since,
        areas=tuple(sorted(chance.some(AREAS, 3))),
        all_areas=AREAS,
        days_per_trip=chance.one((7, 10, 14)),
        pass_months=chance.one((12, 24)),
        stamp_date=state.stamp_date,
        closed_places=("SOUTH MOLE", "OLD FERRY"),
    )
