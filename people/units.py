"""Adding, changing, closing and merging units. What became of each is told to the audit trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from core import audit
from core.templatetags.burmese import digits
from people.audit import UNIT_CHANGED, UNIT_CLOSED, UNIT_MADE, UNIT_MERGED, UNIT_OPENED
from people.errors import SameNamesBelow, UnitInUse, UnitsDoNotMerge
from people.models import Cohort, Person, RoleGrant, Unit
from people.roles import end_role

TOLD: Final = ("code", "name_my", "name_en", "parent")
BELOW: Final = {None: Unit.Kind.AGENCY, Unit.Kind.AGENCY: Unit.Kind.REGION, Unit.Kind.REGION: Unit.Kind.POST}


def _values(unit: Unit) -> dict[str, Any]:
    """What the audit trail keeps of a unit; the one above by its code."""
    return {name: str(getattr(unit, name)) for name in TOLD[:-1]} | {"parent": unit.parent.code if unit.parent else ""}


@transaction.atomic
def make_unit(*, parent: Unit | None, agency: str, code: str, name_my: str, name_en: str, by: Person | None) -> Unit:
    """Add a unit one level below its parent, of the parent's agency; without one it is an agency. Raises ValidationError."""
    kind = BELOW[Unit.Kind(parent.kind) if parent else None]
    unit = Unit(
        kind=kind,
        parent=parent,
        agency=parent.agency if parent else agency,
        code=code,
        name_my=name_my,
        name_en=name_en,
    )
    unit.full_clean()
    unit.save()
    audit.record(UNIT_MADE, by=by, about=unit, kind=kind, **_values(unit))
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Person | None, **values: Any) -> Unit:
    """Change code, names or the unit above. Raises ValidationError; what stays as it was is not told."""
    before = _values(Unit.objects.select_related("parent").get(pk=unit.pk))
    for name, value in values.items():
        setattr(unit, name, value)
    unit.full_clean()
    unit.save()
    if changed := audit.changes(before, _values(unit)):
        audit.record(UNIT_CHANGED, by=by, about=unit, **changed)
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, by: Person | None, reason: str, at: datetime) -> Unit:
    """Close a unit in which nobody serves. Raises UnitInUse."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.closed_at:
        return unit
    people = unit.people.filter(is_active=True).count()
    units = unit.children.filter(closed_at=None).count()
    if people or units:
        raise UnitInUse(people=digits(people), units=digits(units))
    unit.closed_at = at
    unit.save(update_fields=["closed_at", "updated_at"])
    audit.record(UNIT_CLOSED, by=by, about=unit, reason=reason)
    return unit


@transaction.atomic
def open_unit(unit: Unit, *, by: Person | None, reason: str) -> Unit:
    """Open a closed unit again, on its own where it had been merged. The one above must be open: UnitsDoNotMerge else."""
    unit = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    if unit.closed_at is None:
        return unit
    if unit.parent and unit.parent.closed_at:
        raise UnitsDoNotMerge
    unit.closed_at = unit.merged_into = None
    unit.save(update_fields=["closed_at", "merged_into", "updated_at"])
    audit.record(UNIT_OPENED, by=by, about=unit, reason=reason)
    return unit


@dataclass(frozen=True)
class Merge:
    """What merging a unit into another does: how many people and groups move, which units, and which roles end."""

    people: int
    cohorts: int
    units: list[Unit]
    roles: list[RoleGrant]


def what_merges(unit: Unit, into: Unit) -> Merge:
    """What merging would do. Raises UnitsDoNotMerge, SameNamesBelow."""
    if unit == into or (unit.kind, unit.agency) != (into.kind, into.agency) or unit.closed_at or into.closed_at:
        raise UnitsDoNotMerge
    if unit.kind == Unit.Kind.AGENCY:
        raise UnitsDoNotMerge  # the three services stay three
    units = list(unit.children.in_order())
    names = {one.name_en for one in into.children.all()}
    if same := [str(one) for one in units if one.name_en in names]:
        raise SameNamesBelow(names=", ".join(same))
    return Merge(
        people=unit.people.count(),
        cohorts=Cohort.objects.filter(unit=unit).count(),
        units=units,
        roles=list(RoleGrant.objects.open().filter(unit=unit).select_related("person")),
    )


@transaction.atomic
def merge_units(unit: Unit, into: Unit, *, by: Person | None, reason: str, at: datetime) -> Merge:
    """Merge a unit into another of its agency and kind: who and what belongs to it goes there, and it is closed.

    Roles given within it end, since nobody granted them for the larger unit. Raises UnitsDoNotMerge, SameNamesBelow.
    """
    locked = {one.pk: one for one in Unit.objects.select_for_update().filter(Q(pk=unit.pk) | Q(pk=into.pk))}
    unit, into = locked[unit.pk], locked[into.pk]
    found = what_merges(unit, into)
    moved = list(unit.people.filter(is_active=True))
    unit.people.update(unit=into, updated_at=at)
    Cohort.objects.filter(unit=unit).update(unit=into, updated_at=at)
    unit.children.update(parent=into, updated_at=at)
    for grant in found.roles:
        end_role(grant, by=by, reason=reason, at=at)
    unit.closed_at, unit.merged_into = at, into
    unit.save(update_fields=["closed_at", "merged_into", "updated_at"])
    told: dict[str, Any] = {
        "moved": found.people,
        "cohorts": found.cohorts,
        "units": [one.code for one in found.units],
        "reason": reason,
    }
    audit.record(UNIT_MERGED, by=by, about=unit, people=moved, into=into.code, **told)
    audit.record(UNIT_MERGED, by=by, about=into, merged=unit.code, **told)
    return found
