"""What to draw: a seed, a document, and what shall be seen in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from specimens import variations
from specimens.anomalies import CATALOGUE
from specimens.issuing import DOCUMENTS
from specimens.truth import Fault

MOST_FAULTS = 2


@dataclass(frozen=True)
class Recipe:
    """faults: at most two, of kinds that the document can show; variations: likewise."""

    seed: int
    document: str
    faults: tuple[Fault, ...] = ()
    variations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.document not in DOCUMENTS:
            raise ValueError(f"no document is called {self.document!r}")
        if len(self.faults) > MOST_FAULTS:
            raise ValueError("a specimen has two anomalies at most")
        for fault in self.faults:
            if fault.kind not in CATALOGUE or not 1 <= fault.severity <= 5:
                raise ValueError(f"no anomaly is called {fault.kind!r} at severity {fault.severity}")
            if self.document not in CATALOGUE[fault.kind].documents:
                raise ValueError(f"a {self.document} does not show {fault.kind}")
        for kind in self.variations:
            if kind not in variations.CATALOGUE or self.document not in variations.CATALOGUE[kind].documents:
                raise ValueError(f"a {self.document} does not show the variation {kind!r}")

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "seed": self.seed,
            "document": self.document,
            "faults": [[one.kind, one.severity] for one in self.faults],
            "variations": list(self.variations),
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Recipe":
        """From what `as_json` gave. Raises ValueError, KeyError or TypeError for anything else."""
        return cls(
            int(stored["seed"]),
            str(stored["document"]),
            tuple(Fault(str(kind), int(severity)) for kind, severity in stored.get("faults", ())),
            tuple(str(one) for one in stored.get("variations", ())),
        )


def kinds_of(group: str) -> list[str]:
    """The kinds of one family of anomalies."""
    return [kind for kind, one in CATALOGUE.items() if one.group == group]
