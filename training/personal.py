"""Personal data in the work of trainers."""

from core.personal import Kind, register

register(
    Kind(
        model="training.Assignment",
        actors=("assigned_by",),
        personal=("message",),
        purpose="that a course was given to a group, by whom",
    )
)
