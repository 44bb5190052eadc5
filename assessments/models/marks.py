"""Answers that a person marks, and what they were found to be worth."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.attempts import Attempt
from assessments.models.versions import ItemVersion
from core.fields import CleanTextField
from core.models import PublicId, TimeStamped


class AnswerPicture(PublicId, TimeStamped):
    """A picture that answers a question: made anew from what was sent, so that nothing but the picture is in it."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="answers", max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name, verbose_name_plural = _("picture of an answer"), _("pictures of answers")

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.place} {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:picture", args=[self.public_id])


class AnswerToMark(PublicId):
    """An answer handed in that a person marks. points: what the marks came to, once they do."""

    attempt = models.ForeignKey(Attempt, models.PROTECT, related_name="to_mark")
    place = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    since = models.DateTimeField(db_index=True)
    points = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("answer to mark"), _("answers to mark")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "place"], name="to_mark_once"),
            models.CheckConstraint(
                condition=Q(points=None) ^ Q(settled_at__isnull=False), name="to_mark_points_iff_settled"
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=1), name="to_mark_points_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:mark", args=[self.public_id])


class Mark(models.Model):
    """What one person found of an answer. A fact: never changed. number: 1 first, 2 second, 3 decides between the two."""

    answer = models.ForeignKey(AnswerToMark, models.PROTECT, related_name="marks")
    number = models.PositiveSmallIntegerField()
    levels = models.JSONField(help_text="criterion -> level")
    points = models.DecimalField(max_digits=5, decimal_places=4)
    comment = CleanTextField(_("comment"), blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("mark"), _("marks")
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="mark_number_once"),
            models.UniqueConstraint(fields=["answer", "marked_by"], name="mark_once_by_each"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=3), name="mark_number_1_to_3"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=1), name="mark_points_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.answer} {self.number}"
