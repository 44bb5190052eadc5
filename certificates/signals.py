"""Questions to the apps on the left."""

from django.dispatch import Signal

observation_asked = Signal()  # person, course_key -> whether the person's practice was observed and passed
