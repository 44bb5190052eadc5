"""Personal data in the work of trainers."""

from datetime import datetime

from django.db.models import Q

from core.append_only import redact
from core.personal import Kind, register
from people.models import Person
from training.models import AssignmentChange, AttendanceMark, BehaviourReport, Observation, ObservationSignature


def _forget_reasons(person: Person, at: datetime) -> None:
    """Why somebody was marked so; it may tell of an illness."""
    redact(AttendanceMark.objects.filter(person=person).exclude(reason=""), reason="")


def _forget_words(person: Person, at: datetime) -> None:
    """What was written of somebody's practice, and what they wrote to it. The levels stay."""
    redact(Observation.objects.filter(person=person), evidence={}, comment="")
    redact(ObservationSignature.objects.filter(observation__person=person).exclude(comment=""), comment="")


def _forget_practice(person: Person, at: datetime) -> None:
    """The words of reports on somebody's practice, and those they wrote of others. The levels stay."""
    redact(BehaviourReport.objects.filter(Q(person=person) | Q(by=person)).exclude(comment=""), comment="")


def _forget_changes(person: Person, at: datetime) -> None:
    """Why something was changed for somebody; it may tell of an illness."""
    redact(AssignmentChange.objects.filter(person=person).exclude(reason=""), reason="")


register(
    Kind(
        model="training.TrainingSession",
        actors=("cancelled_by",),
        personal=("place", "plan", "reason"),
        purpose="where and when a group is taught",
    ),
    Kind(model="training.SessionTest", actors=("opened_by",), purpose="who opened a test in a session"),
    Kind(
        model="training.SessionTrainer",
        subjects=("person",),
        purpose="who teaches a session or watches it",
        exported=("session__course_code", "session__starts_at", "session__place", "part"),
    ),
    Kind(model="training.SessionCheck", actors=("ticked_by",), purpose="who prepared what for a session"),
    Kind(
        model="training.AttendanceMark",
        subjects=("person",),
        actors=("marked_by",),
        purpose="what was said about somebody's attendance, and by whom",
        erase=_forget_reasons,
        exported=("session__course_code", "session__starts_at", "status", "how", "reason", "marked_at"),
    ),
    Kind(
        model="training.Attendance",
        subjects=("person",),
        purpose="whether somebody attended a session",
        exported=("session__course_code", "session__starts_at", "session__place", "status"),
    ),
    Kind(
        model="training.Observation",
        subjects=("person",),
        actors=("observer",),
        personal=("comment",),
        purpose="what an observer saw of somebody's practice",
        erase=_forget_words,
        exported=(
            "session__course_code",
            "rubric_code",
            "exercise",
            "evidence",
            "levels",
            "comment",
            "is_met",
            "observed_at",
        ),
    ),
    Kind(
        model="training.ObservationSignature",
        subjects=("observation__person",),
        personal=("comment",),
        purpose="that somebody has seen what was written of their practice",
        exported=("observation__rubric_code", "agrees", "comment", "signed_at"),
    ),
    Kind(
        model="training.Accreditation",
        subjects=("person",),
        actors=("granted_by", "ended_by"),
        personal=("reason",),
        purpose="the right to teach a course: given by whom, until when",
        exported=("course_code", "course_version", "tier", "granted_at", "valid_until", "ended_at", "ending", "reason"),
    ),
    Kind(
        model="training.Reaction",
        personal=("comment",),
        purpose="what somebody thought of a session, kept so that nobody can tell who",
    ),
    Kind(
        model="training.ReactionGiven",
        subjects=("person",),
        purpose="that somebody has answered for a session, so that nobody does twice; not what",
        exported=("session__course_code", "session__starts_at"),
    ),
    Kind(
        model="training.BehaviourReport",
        subjects=("person",),
        actors=("by",),
        personal=("comment",),
        purpose="what somebody does at work of what they learned, by themselves and by who sees them work",
        erase=_forget_practice,
        exported=("session__course_code", "kind", "tasks", "barriers", "comment", "reported_at"),
    ),
    Kind(model="training.ResultFigures", actors=("entered_by",), purpose="who entered the figures of an agency"),
    Kind(model="training.TrainingTarget", actors=("set_by",), purpose="who set a target of training"),
    Kind(model="training.SessionCount", actors=("entered_by",), purpose="who counted women and men in a session"),
    Kind(model="training.CohortDoor", actors=("opened_by",), purpose="who opened a code to join a group"),
    Kind(model="training.CohortRule", actors=("made_by",), purpose="who said who belongs to a group"),
    Kind(
        model="training.Assignment",
        actors=("assigned_by", "ended_by"),
        personal=("message",),
        purpose="that a course or a part of it was given to a group, by whom",
    ),
    Kind(
        model="training.AssignmentChange",
        subjects=("person",),
        actors=("changed_by",),
        personal=("reason",),
        purpose="another day for what was given, or that somebody is excused, and why",
        erase=_forget_changes,
        exported=("assignment__course_code", "due_on", "is_excused", "reason", "changed_at"),
    ),
    Kind(model="training.Reminder", actors=("sent_by",), personal=("text",), purpose="what a trainer reminded of"),
    Kind(
        model="training.ReminderTo",
        subjects=("person",),
        purpose="who was reminded of what, so that nobody is twice on a day",
        exported=("assignment__course_code", "reminder__text", "sent_on"),
    ),
)
