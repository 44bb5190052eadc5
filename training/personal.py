"""Personal data in the work of trainers."""

from core.personal import Kind, register

register(
    Kind(
        model="training.TrainingSession",
        actors=("cancelled_by",),
        personal=("place", "plan", "reason"),
        purpose="where and when a group is taught",
    ),
    Kind(
        model="training.SessionTrainer",
        subjects=("person",),
        purpose="who teaches a session or watches it",
        exported=("session__course_code", "session__starts_at", "session__place", "part"),
    ),
    Kind(
        model="training.AttendanceMark",
        subjects=("person",),
        actors=("marked_by",),
        purpose="what was said about somebody's attendance, and by whom",
        exported=("session__course_code", "session__starts_at", "status", "how", "reason", "marked_at"),
    ),
    Kind(
        model="training.Attendance",
        subjects=("person",),
        purpose="whether somebody attended a session",
        exported=("session__course_code", "session__starts_at", "session__place", "status"),
    ),
    Kind(
        model="training.Assignment",
        actors=("assigned_by",),
        personal=("message",),
        purpose="that a course was given to a group, by whom",
    ),
)
