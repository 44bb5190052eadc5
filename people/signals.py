"""News from people."""

from django.dispatch import Signal

cohort_joined = Signal()  # cohort: Cohort, people: list[Person], at: datetime; those who learn in it from now on
# What others gave these people only because they came, and nobody has used, is to be taken away again: people: list[Person]
people_leaving = Signal()
