"""Who learns what, and what they have met.

Learners' records name pages by `translation_key`, so that they survive translation, moves and republishing.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments."""

    def active(self) -> Self:
        """Under way or completed: a place that was not given up."""
        return self.filter(status__in=[Enrolment.Status.ACTIVE, Enrolment.Status.COMPLETED])


class Enrolment(PublicId, TimeStamped):
    """One person's place in one course. Taking the course again is a new row."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Under way")
        COMPLETED = "completed", _("Completed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    course_key = models.UUIDField(db_index=True)
    course_code = models.CharField(max_length=10)
    cohort = models.ForeignKey("people.Cohort", models.PROTECT, null=True, blank=True, related_name="enrolments")
    status = models.CharField(max_length=9, choices=Status, default=Status.ACTIVE)
    starts_on = models.DateField(
        null=True, blank=True, help_text="from this day on it is due; none: at once. It can be read before"
    )
    due_on = models.DateField(null=True, blank=True)
    exam_only = models.BooleanField(
        default=False,
        editable=False,
        help_text="renews a certificate: what was learned is certified, its exam is enough",
    )
    message = CleanCharField(
        max_length=500, blank=True, multiline=True, help_text="from who assigned it, to the learner"
    )
    completed_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_active_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("enrolment"), _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key"],
                condition=Q(status="active"),
                name="enrolment_one_active_per_course",
                violation_error_message=_("This person is already enrolled in this course."),
            ),
            models.CheckConstraint(
                condition=Q(status="completed") ^ Q(completed_at=None), name="enrolment_completed_iff_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.course_code}"


class Completion(models.Model):
    """That a requirement was met, when, and under which version of the content. A fact: never changed."""

    class Requirement(models.TextChoices):
        READ = "read", _("Lesson read to its end")
        CHECKS = "checks", _("Checks of the lesson answered")
        ACTIVITY = "activity", _("Activity of the lesson done")
        LESSON = "lesson", _("Lesson")
        OBSERVED = "observed", _("Practice of the module observed")
        MODULE = "module", _("Module")
        EXAM = "exam", _("Exam")
        COURSE = "course", _("Course")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="completions")
    requirement = models.CharField(max_length=8, choices=Requirement)
    key = models.UUIDField(help_text="translation_key of the page; of an activity the id of its block")
    code = models.CharField(max_length=12)
    version = models.CharField(max_length=40, help_text="course version and revision of the page")
    met_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("completion"), _("completions")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "requirement", "key"], name="completion_once_per_requirement"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.requirement} {self.code}"
