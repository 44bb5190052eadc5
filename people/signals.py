"""News of people, for the apps on the left."""

from django.dispatch import Signal

joined = Signal()  # cohort, people, at: who learns in a cohort from now on
