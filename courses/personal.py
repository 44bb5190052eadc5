"""Personal data in courses."""

from datetime import datetime, timedelta
from typing import Final

from core.personal import Kind, register
from courses.models import ActivityState
from people.models import Person

STATE_DAYS: Final = 365


def _forget(person: Person, at: datetime) -> None:
    ActivityState.objects.filter(attempt__enrolment__person=person).delete()


register(
    Kind(
        model="courses.Enrolment",
        subjects=("person",),
        personal=("message",),
        purpose="a person's place in a course",
        exported=(
            "course_code",
            "status",
            "starts_on",
            "due_on",
            "message",
            "created_at",
            "completed_at",
            "last_active_at",
        ),
    ),
    Kind(
        model="courses.Completion",
        subjects=("enrolment__person",),
        purpose="that a requirement was met",
        exported=("enrolment__course_code", "requirement", "code", "version", "met_at"),
    ),
    Kind(
        model="courses.ActivityAttempt",
        subjects=("enrolment__person",),
        purpose="that somebody practised with an activity of a lesson",
        exported=("enrolment__course_code", "activity", "number", "started_at", "closed_at"),
    ),
    Kind(
        model="courses.ActivityState",
        subjects=("attempt__enrolment__person",),
        purpose="where somebody was in an activity, so that they can go on",
        keep=f"{STATE_DAYS} days after the last word",
        exported=("attempt__activity", "data_id", "data"),
        erase=_forget,
        past=lambda at: ActivityState.objects.filter(attempt__updated_at__lt=at - timedelta(days=STATE_DAYS)),
    ),
    Kind(
        model="courses.ActivityResult",
        subjects=("attempt__enrolment__person",),
        purpose="what came of practice with an activity",
        exported=("attempt__activity", "verb", "part", "raw", "max", "verification", "recorded_at"),
    ),
    *(
        Kind(model=f"courses.{page}", actors=("locked_by", "owner"), purpose="who wrote a page, who holds it")
        for page in ("CourseIndexPage", "CoursePage", "ModulePage", "LessonPage")
    ),
)
