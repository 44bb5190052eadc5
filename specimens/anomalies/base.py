"""What an anomaly is: one declaration of what changes, where and under which light it is seen, and what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from specimens.chance import Chance
from specimens.lights import LENS, LIGHTS, OBLIQUE, TRANSMITTED, UV, VISIBLE
from specimens.plan import Field, Plan
from specimens.said import Said

__all__ = [
    "BOOK",
    "LENS",
    "OBLIQUE",
    "PAGES",
    "PRINTED",
    "TRANSMITTED",
    "UV",
    "VISIBLE",
    "Alter",
    "Anomaly",
    "Chance",
    "Plan",
    "Said",
    "feature",
    "fields_of",
    "one_of",
]

# Regions that changed, as "sheet:REGION"; none where the plan does not allow it, so that another is tried.
Alter = Callable[[Plan, Chance, int], tuple[str, ...]]

# Documents with a TD3 data page as their first sheet.
PAGES = ("passport", "book", "epassport", "traveller")
BOOK = ("book",)
# What is printed is seen under every light, however faintly.
PRINTED = LIGHTS

MAIN = {"passport": "page", "book": "page", "epassport": "page", "traveller": "page", "visa": "visa", "visas": "visa", "stamps": "stamps", "card": "front", "pass": "pass"}  # fmt: skip


@dataclass(frozen=True)
class Anomaly:
    """One kind of thing to see. kind: its number in the catalogue; group: its family, of `truth.GROUPS`.

    look: lights and tools that show it best; lights: all under which a pixel changes; difficulty: 1 to 4, at severity 3;
    seen: by light, what the list says of its regions there, where that is not simply what is printed.
    """

    kind: str
    group: str
    documents: tuple[str, ...]
    look: tuple[str, ...]
    lights: tuple[str, ...]
    difficulty: int
    title: Said
    explanation: Said
    alter: Alter
    seen: Mapping[str, Said] = field(default_factory=dict)


def fields_of(plan: Plan) -> dict[str, Field]:
    """The fields on the document's first sheet."""
    return plan.visas[0].fields if MAIN[plan.document] == "visa" else plan.fields


def feature(name: str, *regions: str) -> Alter:
    """Shows a feature as strongly as the severity says. regions: on the document's first sheet."""

    def alter(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
        plan.strengths[name] = severity / 5
        return tuple(f"{MAIN[plan.document]}:{region}" for region in regions)

    return alter


def one_of(name: str, *regions: str) -> Alter:
    """Shows a feature at one of several regions of the document's first sheet."""

    def alter(plan: Plan, chance: Chance, severity: int) -> tuple[str, ...]:
        region = chance.one([one for one in regions if one in plan.fields or not one.startswith("VIZ_")])
        plan.strengths[name], plan.places[name] = severity / 5, region
        return (f"{MAIN[plan.document]}:{region}",)

    return alter
