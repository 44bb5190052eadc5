"""What a specimen shows, before it is drawn: everything that sheets read and that anomalies and variations change.

A plan is made clean from a seed (`issuing.py`), changed by what the recipe names (`anomalies/`, `variations.py`) and drawn
(`sheets/`). Sheets know features ("a ring around the portrait, this strong"), not anomalies, so that no drawing can name one.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from specimens.art.faces import Face
from specimens.holders import Holder
from specimens.states import RuleCard, Series, State

Part = TypeVar("Part")


def needed(part: Part | None) -> Part:
    """A part that a document of this kind has. Raises ValueError where it is not there."""
    if part is None:
        raise ValueError("this document has no such part")
    return part


PLAIN, SERIF, HEAVY, NARROW = TYPEFACES = ("plain", "serif", "heavy", "narrow")


@dataclass
class Field:
    """A datum on a sheet. shifts: by index of a character, how far it stands off (right, down), in units."""

    label: str
    text: str
    typeface: str = PLAIN
    shifts: dict[int, tuple[float, float]] = field(default_factory=dict)
    amendment: str = ""  # written beside it by hand, with the office's stamp


@dataclass
class Stamp:
    """One stamp on a page. slot: 1 to 6; turn: degrees; ink: 0 (hardly there) to 1; smear: 0 (none) to 1."""

    slot: int
    way: str  # entry, exit
    place: str
    day: date
    words: str  # the date as the stamp writes it
    frame: str
    turn: float = 0.0
    ink: float = 1.0
    smear: float = 0.0
    is_under: bool = False  # drawn before the visa that it touches


@dataclass
class Visa:
    """A label of MRV-A size. fields: by region of the visa's sheet."""

    number: str
    fields: dict[str, Field]
    zone: list[str]
    issued: date
    starts: date
    ends: date
    state: State


@dataclass
class Leaf:
    """One page of the booklet as its neighbours show it. tint: which series' colours it has; design: which motif."""

    page: int
    tint: int
    design: int
    serial: str


@dataclass
class Booklet:
    """Pages beside the data page, the marks on the edge (True: there), and the sewing."""

    leaves: list[Leaf]
    marks: list[bool]
    stitches: int
    thread: str  # colour
    holes: int  # beside those of the stitches
    irregular: bool = False


@dataclass
class Reader:
    """What the reading device shows of the chip. rows: label and value; signature: fits, unsigned; answers: whether it could be read."""

    rows: list[tuple[str, str]]
    signature: str = "fits"
    answers: bool = True


@dataclass
class Plan:
    """One specimen. strengths: by feature, 0 to 1; places: by feature, the region where it is."""

    seed: int
    document: str
    card: RuleCard
    state: State
    series: Series
    holder: Holder
    header: str
    number: str
    perforated: str
    issued: date
    expires: date
    fields: dict[str, Field]
    zone: list[str]
    face: Face
    ghost: Face
    code: str = "P"
    optional: str = ""
    optional_check: str = "0"
    area: str = ""
    signature: str = "written"
    person: Face | None = None
    visas: list[Visa] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    booklet: Booklet | None = None
    reader: Reader | None = None
    strengths: dict[str, float] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def strength(self, feature: str) -> float:
        """How strongly a feature is seen; 0 where it is not there."""
        return self.strengths.get(feature, 0.0)

    def at(self, feature: str, region: str) -> float:
        """How strongly a feature is seen in one region."""
        return self.strength(feature) if self.places.get(feature) == region else 0.0
