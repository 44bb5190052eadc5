"""What earns a certificate, as data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.models.papers import Paper
from core.fields import CleanCharField
from core.models import PublicId, TimeStamped


class CertificateRule(PublicId, TimeStamped):
    """One kind of certificate: of a course, of a programme of several, of a session, or of the right to teach.

    Everything it needs has to be met (`RuleNeed`); for a course its completion is needed without being said.
    """

    class Kind(models.TextChoices):
        COURSE = "course", _("Course completed")
        PROGRAMME = "programme", _("Programme of several courses")
        ATTENDANCE = "attendance", _("Attendance at a session")
        ACCREDITATION = "accreditation", _("Accreditation as a trainer")

    class Renewal(models.TextChoices):
        COURSE = "course", _("by taking the course again")
        EXAM = "exam", _("by passing its exam again")
        REFRESHER = "refresher", _("by a refresher course")
        NONE = "none", _("not at all")

    code = models.CharField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("what it certifies"), max_length=13, choices=Kind)
    course_key = models.UUIDField(null=True, blank=True, editable=False)
    title_my = CleanCharField(_("title in Burmese"), max_length=200, blank=True, printed=True)
    title_en = CleanCharField(_("title in English"), max_length=200, blank=True, printed=True)
    valid_months = models.PositiveSmallIntegerField(
        _("valid for months"), null=True, blank=True, help_text=_("0: for good. Empty: as the course says.")
    )
    renewal = models.CharField(_("can be renewed"), max_length=9, choices=Renewal, default=Renewal.COURSE)
    refresher_key = models.UUIDField(null=True, blank=True, editable=False)
    renew_days = models.PositiveSmallIntegerField(_("days before its end from which it can be renewed"), default=90)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="rules", verbose_name=_("design")
    )
    is_live = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("certificate rule"), _("certificate rules")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "course_key"],
                condition=Q(course_key__isnull=False),
                name="certificate_rule_one_per_kind_and_course",
            ),
            models.CheckConstraint(
                condition=Q(kind="programme") ^ Q(course_key__isnull=False), name="certificate_rule_course_or_programme"
            ),
            models.CheckConstraint(
                condition=Q(renewal="refresher") ^ Q(refresher_key=None), name="certificate_rule_refresher_named"
            ),
            models.CheckConstraint(
                condition=~Q(kind="programme") | (~Q(title_my="", title_en="") & Q(valid_months__isnull=False)),
                name="certificate_rule_programme_has_title_and_term",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RuleNeed(models.Model):
    """One thing that a rule needs, beside others."""

    class Kind(models.TextChoices):
        COURSE = "course", _("Course completed")
        EXAM = "exam", _("Exam passed with at least")
        HOURS = "hours", _("Hours of learning, at least")
        OBSERVED = "observed", _("Practice observed and passed")

    rule = models.ForeignKey(CertificateRule, models.CASCADE, related_name="needs")
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    course_key = models.UUIDField(null=True, blank=True)
    least = models.PositiveSmallIntegerField(null=True, blank=True, help_text="exam: per cent; hours: whole hours")
    version_from = models.CharField(max_length=20, blank=True, help_text="course: the earliest content version")

    class Meta:
        verbose_name, verbose_name_plural = _("need of a rule"), _("needs of a rule")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "kind", "course_key"], name="rule_need_once_per_course"),
            models.UniqueConstraint(fields=["rule"], condition=Q(kind="hours"), name="rule_need_hours_once"),
            models.CheckConstraint(
                condition=Q(kind="hours") ^ Q(course_key__isnull=False), name="rule_need_course_unless_hours"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["exam", "hours"]) ^ Q(least=None), name="rule_need_least_iff_measured"
            ),
            models.CheckConstraint(
                condition=~Q(kind="exam") | Q(least__range=(1, 100)), name="rule_need_exam_in_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.kind}"
