"""Who finds people: trainers the learners of their cohorts, the office everyone."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.finding import Hit, register
from core.search import matching
from myanmar.names import split_honorific
from myanmar.search import Prepared, Query, spellings
from people.access import visible_cohorts, visible_people
from people.models import CohortMembership, Person

MOST = 200


@register("people", _("People"), place=60)
def find_people(viewer: Person, query: Query, language: str) -> Iterator[Hit]:
    """People by name, under any honorific, or service number; each leads to a cohort in which the viewer finds them, else to
    their page in the office."""
    bare = Query(split_honorific(spellings(query.text)[-1])[1]) or query
    memberships = CohortMembership.objects.learners().filter(cohort__in=visible_cohorts(viewer))
    people = (
        matching(visible_people(viewer), bare.text)
        .select_related("unit")
        .prefetch_related(Prefetch("memberships", memberships.select_related("cohort").order_by("-joined_at")))
    )
    for person in people.in_order()[:MOST]:
        names = Prepared(person.written_names())
        grade = query.grade(names)
        if grade is None:
            grade = bare.grade(names)
        if grade is None:
            continue
        cohort = next((one.cohort for one in person.memberships.all()), None)
        url = (
            reverse("training:cohort", args=[cohort.public_id])
            if cohort
            else reverse("office:person", args=[person.public_id])
        )
        name = person.name_my or person.name_latin
        note = " · ".join(str(part) for part in (person.service_number, person.unit) if part)
        yield Hit(bare, grade, Prepared(name), "my" if person.name_my else "en", url, note=note)
