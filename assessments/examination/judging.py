"""What an answer to a specimen is worth: whether the decision was right, and whether for the right reason. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessments.examination.detection import REFER
from specimens.generating import Specimen
from specimens.truth import GROUPS, Found, Truth

ANSWERS = range(1, 7)
TAP = re.compile(r"([a-z]{1,10}):(-?\d{1,5})(?:\.\d+)?,(-?\d{1,5})(?:\.\d+)?")
SLACK = 30  # units by which a finger may miss a region, 3 mm of a page
MOST_MARKS = 8


@dataclass(frozen=True)
class Response:
    """answer: 1 surely genuine to 6 surely refer; family: of `GROUPS` or ""; marks: "sheet:x,y" of taps and "sheet:REGION" of the list."""

    answer: int
    family: str = ""
    marks: tuple[str, ...] = ()

    @property
    def is_referred(self) -> bool:
        return self.answer >= REFER


@dataclass(frozen=True)
class Judged:
    """is_right: the decision; is_localised: referred, marked in the right place and named by the right family; found: which anomaly was marked."""

    is_right: bool
    is_localised: bool
    found: Found | None


def read(values: Sequence[str]) -> Response | None:
    """A response from "answer:5", "family:mrz" and marks, in any order; None where it says nothing that can be read."""
    answer, family, marks = 0, "", []
    for value in values:
        name, _colon, rest = value.partition(":")
        if name == "answer" and rest.isdigit() and int(rest) in ANSWERS:
            answer = int(rest)
        elif name == "family" and rest in GROUPS:
            family = rest
        elif name not in ("answer", "family") and rest:
            marks.append(value)
    return Response(answer, family, tuple(dict.fromkeys(marks))[:MOST_MARKS]) if answer else None


def is_possible(response: Response, sheets: Collection[str], regions: Collection[str]) -> bool:
    """Whether a client that shows these sheets and regions could have sent it."""
    for mark in response.marks:
        tap = TAP.fullmatch(mark)
        if not (tap and tap[1] in sheets) and mark not in regions:
            return False
    return response.answer in ANSWERS


def judge(truth: Truth, response: Response) -> Judged:
    """The decision and its reason. Where a specimen has two anomalies, either will do."""
    marked = [found for mark in response.marks if (found := _found(truth, mark))]
    named = [one for one in marked if one.group == response.family]
    is_localised = truth.is_signal and response.is_referred and bool(named)
    return Judged(response.is_referred == truth.is_signal, is_localised, next(iter(named or marked), None))


def _found(truth: Truth, mark: str) -> Found | None:
    if tap := TAP.fullmatch(mark):
        return truth.hit_by(tap[1], (float(tap[2]), float(tap[3])), slack=SLACK)
    return truth.named_by(mark)


def points(truth: Truth, response: Response) -> int:
    """Quarters of one point, for quizzes: a clean specimen let pass earns four; a referred one two, and four for the right reason."""
    judged = judge(truth, response)
    if not judged.is_right:
        return 0
    return 4 if judged.is_localised or not truth.is_signal else 2


def shown_of(specimen: Specimen) -> tuple[tuple[str, ...], frozenset[str]]:
    """Sheets and regions that a client may name."""
    return tuple(sheet.name for sheet in specimen.sheets), frozenset(one.name for one in specimen.descriptions)
