"""Courses as pages; who learns what, and what they have met."""

from courses.models.activities import ActivityAttempt, ActivityResult, ActivityState
from courses.models.learning import Completion, Enrolment, EnrolmentQuerySet
from courses.models.outside import OutsideCurriculum, OutsideUnit
from courses.models.pages import (
    CodeListField,
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
    ObjectiveBlock,
    ReadInPlace,
)

__all__ = [
    "ActivityAttempt",
    "ActivityResult",
    "ActivityState",
    "CodeListField",
    "Completion",
    "CourseIndexPage",
    "CoursePage",
    "Enrolment",
    "EnrolmentQuerySet",
    "LessonPage",
    "ModulePage",
    "ObjectiveBlock",
    "OutsideCurriculum",
    "OutsideUnit",
    "ReadInPlace",
]
