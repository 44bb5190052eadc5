"""News that concerns training."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from courses.catalogue import catalogue
from people.models import Cohort, Person
from people.signals import cohort_joined
from training.services import give_assigned


@receiver(cohort_joined)
def assigned_to_the_cohort(cohort: Cohort, people: Iterable[Person], **kwargs: Any) -> None:
    """Who joins a cohort gets what was assigned to it."""
    give_assigned(cohort, people, catalogue("en").by_key)
