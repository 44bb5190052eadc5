"""The catalogue of anomalies: 42 kinds, one declaration each. This is the register of them."""

from specimens.anomalies import book, data, entries, mrz, person, portrait, printing, substrate
from specimens.anomalies.base import MAIN, Anomaly

CATALOGUE: dict[str, Anomaly] = {
    one.kind: one
    for one in sorted(
        (
            one
            for module in (portrait, data, substrate, printing, book, mrz, entries, person)
            for one in module.ANOMALIES
        ),
        key=lambda one: one.kind,
    )
}

__all__ = ["CATALOGUE", "MAIN", "Anomaly"]
