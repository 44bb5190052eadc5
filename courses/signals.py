"""News from the courses, for the apps on the left."""

from django.dispatch import Signal

course_completed = Signal()  # after commit: enrolment
