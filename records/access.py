"""Who may read the audit trail, and whom of those in it they may know by name."""

from django.db.models import Q, QuerySet

from people.access import reach, visible_people
from people.models import Person
from records.models import AuditEntry


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
    return {viewer.pk, *visible_people(viewer).filter(pk__in=people).values_list("pk", flat=True)} & people
