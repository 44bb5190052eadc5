"""Training of trainers and work in the room."""

from training.models.accreditations import Accreditation, AccreditationRule
from training.models.assignments import Assignment, AssignmentChange, Reminder, ReminderTo
from training.models.evaluation import (
    BehaviourReport,
    Reaction,
    ReactionGiven,
    ResultFigures,
    SessionCount,
    TrainingTarget,
)
from training.models.groups import CohortDoor, CohortRule
from training.models.observations import Observation, ObservationSignature
from training.models.sessions import Attendance, AttendanceMark, SessionCheck, SessionTrainer, TrainingSession
from training.models.testing import SessionTest

__all__ = [
    "Accreditation",
    "AccreditationRule",
    "Assignment",
    "AssignmentChange",
    "Attendance",
    "AttendanceMark",
    "BehaviourReport",
    "CohortDoor",
    "CohortRule",
    "Observation",
    "ObservationSignature",
    "Reaction",
    "ReactionGiven",
    "Reminder",
    "ReminderTo",
    "ResultFigures",
    "SessionCheck",
    "SessionCount",
    "SessionTest",
    "SessionTrainer",
    "TrainingSession",
    "TrainingTarget",
]
