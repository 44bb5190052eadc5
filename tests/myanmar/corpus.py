"""The public texts under `data/`; their sources and licences are in its README.md."""

from importlib.resources import files
from pathlib import Path

from tests.myanmar.zawgyi import typed_plainly, typed_with_care

DATA = Path(__file__).parent / "data"
ENCODERS = (typed_plainly, typed_with_care)


def lines(name: str) -> list[str]:
    """The texts of one file."""
    return (DATA / name).read_text("utf-8").splitlines()


def icu_pairs() -> list[tuple[str, str]]:
    """Unicode and the Zawgyi that ICU made of it."""
    unicode, zawgyi = zip(*(line.split("\t") for line in lines("udhr_my_icu_zawgyi.tsv")), strict=True)
    return list(zip(unicode, zawgyi, strict=True))


def government_pairs() -> list[tuple[str, str]]:
    """Unicode and the Zawgyi that it was converted from."""
    return list(zip(lines("mmgov_unicode.txt"), lines("mmgov_zawgyi.txt"), strict=True))


def detector_vectors() -> list[tuple[float, str]]:
    """Probability and text, as the detector's makers publish them."""
    table = files("myanmartools").joinpath("resources/compatibility.tsv").read_text("utf-8")
    return [(float(probability), text) for probability, text in (row.split("\t") for row in table.splitlines())]
