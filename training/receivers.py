"""News that concerns training."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from courses.catalogue import catalogue
from people.models import Cohort, Person
from people.signals import cohort_joined
from training.services import give_assigned


@receiver(cohort_joined)
def learners_get_what_is_assigned(cohort: Cohort, people: list[Person], at: datetime, **kwargs: Any) -> None:
    """Who comes into a group with a file gets its courses, as who comes in by hand."""
    give_assigned(cohort, people, dict(catalogue("en").by_key))
