"""The table of OWASP ASVS 5.0.0, levels 1 and 2: what it points to exists."""

import ast
import csv
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/security/asvs.csv"
STATUSES = {"met", "not applicable", "not met", "operations"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tests() -> set[str]:
    """The names of all test functions."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return found


def test_every_requirement_stands_in_it_once(rows):
    assert Counter(row["level"] for row in rows) == {"1": 70, "2": 183}
    assert len({row["id"] for row in rows}) == 253
    assert {row["status"] for row in rows} <= STATUSES


def test_what_it_points_to_exists(rows, tests):
    assert [row["id"] for row in rows if row["where"] and not (ROOT / row["where"]).exists()] == []
    named = {row["id"]: row["test"] for row in rows if row["test"]}
    assert {
        number: test for number, test in named.items() if not ((ROOT / test).exists() if "/" in test else test in tests)
    } == {}


def test_what_is_met_is_shown_and_what_is_not_says_why(rows):
    assert [row["id"] for row in rows if row["status"] == "met" and not row["where"]] == []
    documented = {row["id"] for row in rows if row["where"].startswith("docs/")}
    assert [
        row["id"] for row in rows if row["status"] == "met" and not row["test"] and row["id"] not in documented
    ] == []
    assert [row["id"] for row in rows if row["status"] != "met" and not row["note"]] == []
