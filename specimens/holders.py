"""Holders: invented people with names of no real tongue. Nothing of them carries information about a document."""

from dataclasses import dataclass
from datetime import date, timedelta

from specimens.chance import Chance

SEXES = ("M", "F", "X")
TONES = 6
DRESSES = 6
# Family → beginnings, middles and ends of names. Sounds were put together by drawing lots, not from any tongue.
FAMILIES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "river": (("TAL", "OST", "MIR", "VEN", "SOL", "KER"), ("VE", "RA", "LO", "NI", "DU"), ("RIN", "DEL", "NAS", "MOR", "LIS")),
    "stone": (("BRA", "DOV", "GAR", "PEL", "WIX", "ZEM"), ("KE", "MO", "LI", "SA", "VU"), ("TAN", "BEV", "ROD", "NEM", "GOL")),
    "field": (("AVI", "ELO", "INU", "ORA", "UMI", "YLE"), ("MA", "SE", "TO", "RI", "NE"), ("LA", "VO", "SI", "DRE", "QUA")),
    "light": (("LÚ", "FÉ", "NÖ", "SÂ", "HÄ", "CÉ"), ("ME", "LA", "RI", "SO", "NU"), ("N", "RÉ", "LÖT", "S", "VÂN")),
}  # fmt: skip
BANDS = ((6, 14), (18, 29), (30, 49), (50, 69), (70, 79))  # ages by band
LAST_BIRTH = date(2020, 12, 31)


@dataclass(frozen=True)
class Holder:
    """birth: of which a document may not know the day (`day_is_known`); band: 0 to 4, of `BANDS`; tone, dress: for the portrait."""

    primary: str
    secondary: str
    birth: date
    sex: str
    birthplace: str
    family: str
    band: int
    tone: int
    dress: int
    day_is_known: bool = True


def name(family: str, chance: Chance, *, parts: int = 3) -> str:
    """One name of a family. parts: syllables, from 2."""
    begin, middle, end = FAMILIES[family]
    return chance.one(begin) + "".join(chance.one(middle) for _part in range(parts - 2)) + chance.one(end)


def holder(chance: Chance, *, today: date, towns: tuple[str, ...]) -> Holder:
    """Anyone, born from 1945 to 2020; every value of every attribute is as likely as the others, whatever the others are."""
    band, sex, tone, dress = chance.below(len(BANDS)), chance.one(SEXES), chance.below(TONES), chance.below(DRESSES)
    family = chance.one(tuple(FAMILIES))
    low, high = BANDS[band]
    days = chance.between(max(low * 365 + 5, (today - LAST_BIRTH).days), high * 365)
    given = [name(family, chance, parts=2) for _one in range(1 + chance.happens(45))]
    return Holder(
        primary=name(family, chance, parts=chance.between(3, 4)),
        secondary=" ".join(given),
        birth=today - timedelta(days=days),
        sex=sex,
        birthplace=chance.one(towns),
        family=family,
        band=band,
        tone=tone,
        dress=dress,
    )


def long_name(family: str, chance: Chance) -> tuple[str, str]:
    """Names that do not fit into the zone of a passport."""
    primary = f"{name(family, chance, parts=5)}-{name(family, chance, parts=5)}"
    return primary, " ".join(name(family, chance, parts=4) for _one in range(3))
