"""The table of ASVS 5.0.0, levels 1 and 2: whole, and every reference in it leads somewhere."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/security/asvs.csv"
STATUSES = {"met", "not applicable", "not met", "operations"}
# Of the published standard: requirements per chapter at levels 1 and 2.
PER_CHAPTER = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}


def rows() -> list[dict[str, str]]:
    """The table."""
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_holds_every_requirement_of_both_levels_once():
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids)) == 253
    assert {chapter: sum(one.startswith(f"{chapter}.") for one in ids) for chapter in PER_CHAPTER} == PER_CHAPTER
    assert {level: sum(row["level"] == level for row in rows()) for level in ("1", "2")} == {"1": 70, "2": 183}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_every_reference_leads_somewhere(row):
    assert row["status"] in STATUSES
    assert (row["where"] and row["test"]) if row["status"] == "met" else row["what"]
    if row["where"]:
        path, _, symbol = row["where"].partition(":")
        assert (ROOT / path).exists(), path
        assert not symbol or re.search(rf"\b{symbol}\b", (ROOT / path).read_text()), row["where"]
    if row["test"]:
        path, _, name = row["test"].partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text(), re.MULTILINE), row["test"]
