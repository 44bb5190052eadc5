"""Personal data in courses."""

from core.personal import Kind, register

register(
    Kind(
        model="courses.Enrolment",
        subjects=("person",),
        personal=("message",),
        purpose="a person's place in a course",
        exported=("course_code", "status", "due_on", "message", "created_at", "completed_at", "last_active_at"),
    ),
    Kind(
        model="courses.Completion",
        subjects=("enrolment__person",),
        purpose="that a requirement was met",
        exported=("enrolment__course_code", "requirement", "code", "version", "met_at"),
    ),
    *(
        Kind(model=f"courses.{page}", actors=("locked_by", "owner"), purpose="who wrote a page, who holds it")
        for page in ("CourseIndexPage", "CoursePage", "ModulePage", "LessonPage")
    ),
)
