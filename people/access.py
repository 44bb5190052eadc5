"""Who may see which people, cohorts and units."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from people.models import Cohort, CohortMembership, Person, RoleGrant

Role = RoleGrant.Role


def led_cohorts(viewer: Person) -> QuerySet[Cohort]:
    """The cohorts that a person leads now."""
    return Cohort.objects.filter(
        memberships__person=viewer, memberships__part=CohortMembership.Part.TRAINER, memberships__left_at=None
    )


def visible_cohorts(viewer: Person) -> QuerySet[Cohort]:
    """For the office every cohort; for a trainer those they lead; for others none."""
    if viewer.has_role(Role.REGISTRAR, Role.LEAD):
        return Cohort.objects.all()
    if viewer.has_role(Role.TRAINER):
        return led_cohorts(viewer)
    return Cohort.objects.none()


def cohort_for(viewer: Person, public_id: UUID) -> Cohort:
    """The cohort, or 404: what a viewer may not see does not exist for them."""
    return get_object_or_404(visible_cohorts(viewer), public_id=public_id)


def can_assign(viewer: Person, cohort: Cohort) -> bool:
    """Trainers assign to the cohorts they lead; the office only looks."""
    return viewer.has_role(Role.TRAINER) and led_cohorts(viewer).filter(pk=cohort.pk).exists()
