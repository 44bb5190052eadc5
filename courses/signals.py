"""News from the courses, for the apps on the left."""

from django.dispatch import Signal

notices_asked = Signal()  # person, on -> what the officer's desk says first: (sentence, address) each
dues_asked = (
    Signal()
)  # person, on, known (the catalogue) -> what others gave them and is to be done: courses.dues.Due each
course_completed = Signal()  # after commit: enrolment
