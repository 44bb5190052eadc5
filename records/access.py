"""Who may read the audit trail, and whom of those in it they may know by name."""

from typing import Final

from django.db.models import Q, QuerySet

from people.access import reach, visible_people
from people.models import Person
from records.models import AuditEntry

PIECE: Final = 500


def visible_entries(viewer: Person) -> QuerySet[AuditEntry]:
    """For whom the trail is for: every entry; within a unit or cohort, what people of it did or what concerned them."""
    if not viewer.may("audit.see"):
        return AuditEntry.objects.none()
    if reach(viewer, "audit.see").everything:
        return AuditEntry.objects.all()
    within = visible_people(viewer, "audit.see").values("pk")
    return AuditEntry.objects.filter(Q(by__in=within) | Q(people__person__in=within)).distinct()


def known_by_name(viewer: Person, people: set[int]) -> set[int]:
    """Of these people (by pk), those whom the viewer may see anyway, and the viewer; the trail itself names nobody."""
    listed, seen = list(people), visible_people(viewer)
    known = {viewer.pk}
    for start in range(0, len(listed), PIECE):  # SQLite takes no list of thousands
        known |= set(seen.filter(pk__in=listed[start : start + PIECE]).values_list("pk", flat=True))
    return known & people
