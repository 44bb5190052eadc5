"""Training of trainers and work in the room."""

from training.models.assignments import Assignment
from training.models.sessions import Attendance, AttendanceMark, SessionTrainer, TrainingSession

__all__ = ["Assignment", "Attendance", "AttendanceMark", "SessionTrainer", "TrainingSession"]
