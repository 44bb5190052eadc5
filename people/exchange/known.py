"""What is here already and may be named in a table: units and groups, by code and by name in either language."""

from collections import defaultdict
from functools import cached_property

from core.models import SortedQuerySet
from myanmar.likeness import closest
from myanmar.search import fold
from myanmar.text import normalise
from people.access import Reach
from people.models import Cohort, Unit


def key_of(text: str) -> str:
    """A name without what people write differently: spaces, case, tall aa, digits."""
    return fold("".join(normalise(text).split()))


class Known:
    """Units and groups, read once for a file. reach: of the person who brings in; only what is within may be used."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Every unit."""
        return {unit.pk: unit for unit in Unit.objects.select_related("parent").order_by("code")}

    @cached_property
    def unit_pks(self) -> frozenset[int]:
        """Those for which people may be brought in."""
        within: SortedQuerySet = Unit.objects.filter(self.reach.units_q())
        return frozenset(within.values_list("pk", flat=True))

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        """Every unit by its code."""
        return {unit.code.upper(): unit for unit in self.units.values()}

    @cached_property
    def _by_name(self) -> dict[str, dict[int, Unit]]:
        found: dict[str, dict[int, Unit]] = defaultdict(dict)
        for unit in self.units.values():
            for name in (unit.name_my, unit.name_en):
                if name:
                    found[key_of(name)][unit.pk] = unit
        return found

    @cached_property
    def _likes(self) -> dict[str, list[str]]:
        return {}

    def unit(self, text: str) -> list[Unit]:
        """The units that a text names: one by its code, else all of that name, those within before the others."""
        if found := self.by_code.get(text.strip().upper()):
            return [found]
        named = list(self._by_name.get(key_of(text), {}).values())
        return [one for one in named if one.pk in self.unit_pks] or named

    def units_like(self, text: str) -> list[str]:
        """Names or codes of open units within that may have been meant."""
        if text not in self._likes:
            within = [unit for unit in self.units.values() if unit.pk in self.unit_pks and not unit.closed_at]
            names = [name for one in within for name in (one.name_my, one.name_en, one.code)]
            self._likes[text] = closest(text, names)
        return self._likes[text]

    @cached_property
    def cohorts(self) -> dict[str, list[Cohort]]:
        """The groups within, by the key of either name."""
        found: dict[str, list[Cohort]] = defaultdict(list)
        for cohort in Cohort.objects.filter(self.reach.cohorts_q()).order_by("pk"):
            for key in {key_of(name) for name in (cohort.name_my, cohort.name_en) if name}:
                found[key].append(cohort)
        return found

    def cohorts_like(self, text: str) -> list[str]:
        """Names of groups that may have been meant."""
        names = {name for found in self.cohorts.values() for one in found for name in (one.name_my, one.name_en)}
        return closest(text, sorted(names - {""}))
