"""What is true of a specimen: kept on the server until it was judged."""

from dataclasses import dataclass
from typing import Any

from specimens.geometry import Region
from specimens.svg import Point

# The eight families of what can be seen; an officer names one, and scores are kept for each.
GROUPS = ("portrait", "data", "substrate", "print", "book", "mrz", "entries", "person")


@dataclass(frozen=True)
class Fault:
    """An anomaly that a recipe asks for. kind: A01 to A42; severity: 1 (faint) to 5 (gross)."""

    kind: str
    severity: int = 3


@dataclass(frozen=True)
class Found:
    """An anomaly that is there. regions: names as "sheet:REGION"; where: the same as geometry; lights: under which it is seen."""

    kind: str
    severity: int
    group: str
    lights: tuple[str, ...]
    where: dict[str, Region]


@dataclass(frozen=True)
class Truth:
    """is_signal: whether there is anything to refer. variations: G01 to G16, never a reason to."""

    anomalies: tuple[Found, ...]
    variations: tuple[str, ...]

    @property
    def is_signal(self) -> bool:
        return bool(self.anomalies)

    @property
    def groups(self) -> tuple[str, ...]:
        """The families of its anomalies."""
        return tuple(dict.fromkeys(one.group for one in self.anomalies))

    def hit_by(self, sheet: str, point: Point, *, slack: float = 0.0) -> Found | None:
        """The anomaly in whose regions a tap lies. point: in units of the sheet; slack: by how many units a finger may miss."""
        x, y = point
        for one in self.anomalies:
            for name, region in one.where.items():
                boxes = [box.grown(slack) for box in region.boxes]
                if (
                    name.partition(":")[0] == sheet
                    and any(box.holds(x, y) for box in boxes)
                    and not any(hole.grown(-slack).holds(x, y) for hole in region.holes)
                ):
                    return one
        return None

    def named_by(self, region: str) -> Found | None:
        """The anomaly one of whose regions is this ("sheet:REGION")."""
        return next((one for one in self.anomalies if region in one.where), None)

    def as_json(self) -> dict[str, Any]:
        """What is stored of it."""
        return {
            "is_signal": self.is_signal,
            "anomalies": [
                {
                    "kind": one.kind,
                    "severity": one.severity,
                    "group": one.group,
                    "lights": list(one.lights),
                    "regions": sorted(one.where),
                }
                for one in self.anomalies
            ],
            "variations": list(self.variations),
        }
