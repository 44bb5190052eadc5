"""Taking back what a file brought in: the rows are deleted, as long as nobody has used them."""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.search.models import IndexEntry

from core import audit
from core.templatetags.burmese import digits
from people.audit import BRINGING_UNDONE
from people.exchange.errors import UndoRefused
from people.models import Cohort, CohortMembership, PeopleImport, Person, Unit
from people.signals import people_leaving

_PIECE = 1000


def used(model: type[models.Model], came: PeopleImport) -> models.QuerySet[Any]:
    """Rows that a file made and to which something points by now that the file did not make; people who signed in too.

    What points at them with CASCADE (keys of a second factor, groups) goes with them and keeps nobody.
    """
    mine = model._default_manager.filter(brought_by=came)
    points = Q(last_login__isnull=False) if model is Person else Q(pk__in=[])
    for link in model._meta.related_objects:
        if link.many_to_many or link.on_delete is models.CASCADE:
            continue
        rows = link.related_model._base_manager.filter(**{link.field.name: OuterRef("pk")})
        if hasattr(link.related_model, "brought_by"):
            rows = rows.exclude(brought_by=came)
        points |= Q(Exists(rows))
    return mine.filter(points)


MADE = (CohortMembership, Person, Cohort, Unit)


def count(came: PeopleImport) -> int:
    """How many records would be taken back. Raises UndoRefused where some are in use; nothing is changed either way."""
    with transaction.atomic():
        total = _clear(came)
        transaction.set_rollback(True)
    return total


def _clear(came: PeopleImport) -> int:
    """Take from people what others gave them only because they came, and nobody used; then count, or raise UndoRefused."""
    with transaction.atomic():
        people_leaving.send(sender=Person, people=list(Person.objects.filter(brought_by=came)))
        total = sum(model._default_manager.filter(brought_by=came).count() for model in MADE)
        if in_use := sum(used(model, came).count() for model in MADE):
            raise UndoRefused(all=digits(total), used=digits(in_use))
    return total


@transaction.atomic
def take_back(came: PeopleImport, *, went_on: Callable[[int], None]) -> None:
    """Delete what a file made. In one transaction: somebody may sign in while it runs, and then all of it stays."""
    came = PeopleImport.objects.select_for_update().get(pk=came.pk)
    counts = {}
    try:
        with transaction.atomic():
            _clear(came)
            counts["memberships"] = CohortMembership.objects.filter(brought_by=came)._raw_delete("default")
            ids = list(Person.objects.filter(brought_by=came).values_list("pk", flat=True))
            for start in range(0, len(ids), _PIECE):
                _delete_people(ids[start : start + _PIECE])
            counts["people"] = len(ids)
            counts["cohorts"] = Cohort.objects.filter(brought_by=came).delete()[0]
            counts["units"] = 0
            for kind in (Unit.Kind.POST, Unit.Kind.REGION, Unit.Kind.AGENCY):
                counts["units"] += Unit.objects.filter(brought_by=came, kind=kind).delete()[0]
    except (UndoRefused, models.ProtectedError) as error:
        came.refusal = str(error) if isinstance(error, UndoRefused) else ""
        came.state, came.lease_until = PeopleImport.State.STORED, None
        came.save()
        return
    went_on(came.total)
    came.rows.all().delete()
    came.file, came.state, came.undone_at, came.lease_until = None, PeopleImport.State.UNDONE, timezone.now(), None
    came.save()
    audit.record(BRINGING_UNDONE, by=came.brought_in_by, about=came, kind=came.kind, taken=counts)


def _delete_people(ids: list[int]) -> None:
    """Delete people with what hangs on them, and their entries in the search index, many at once."""
    IndexEntry.objects.filter(
        content_type__app_label="people", content_type__model="person", object_id__in=map(str, ids)
    ).delete()
    Person.objects.filter(pk__in=ids).delete()
