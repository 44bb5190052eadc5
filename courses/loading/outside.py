"""Curricula of others, with what of ours meets their units."""

from typing import Any

from content import authored
from courses.loading.keeping import Keeper
from courses.loading.library import publication
from courses.models import OutsideCurriculum, OutsideUnit

UNIT = ("code", "title", "objectives", "extent", "note")


def keep_outside(keeper: Keeper, one: authored.OutsideCurriculum) -> None:
    """A curriculum and its units, whole: a unit that an editor changed is as if the curriculum was."""
    values = {
        "name": one.name,
        "publisher": one.publisher,
        "version": one.version,
        "sources": "; ".join(publication(keeper, code) for code in one.sources),
        "is_whole": one.whole,
        "note": one.note,
    }
    units = [
        {"code": unit.code, "title": unit.title, "objectives": " ".join(unit.objectives), "extent": unit.extent, "note": unit.note}
        for unit in one.units
    ]  # fmt: skip
    there = OutsideCurriculum.objects.filter(code=one.code).exists()

    def stored() -> Any:
        row = OutsideCurriculum.objects.get(code=one.code)
        kept = row.units.order_by("sort_order", "pk").values(*UNIT)
        return [{name: getattr(row, name) for name in values}, [dict(unit) for unit in kept]]

    def write() -> None:
        row, _made = OutsideCurriculum.objects.update_or_create(code=one.code, defaults=values)
        OutsideUnit.objects.filter(curriculum=row).delete()
        for place, unit in enumerate(units):
            OutsideUnit.objects.create(curriculum=row, sort_order=place, **unit)

    keeper.keep(f"outside:{one.code}:en", [values, units], stored, None if there else write, write)
