"""Questions that people keep fresh."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments import spacing
from assessments.models.versions import ItemVersion
from core.models import PublicId


class RefresherCard(PublicId):
    """One question that one person keeps fresh, and what is believed of how well they know it (assessments/spacing.py)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="refresher_cards")
    item_key = models.UUIDField(help_text="translation_key of the item")
    objective = models.CharField(max_length=10)
    stability = models.FloatField()
    difficulty = models.FloatField()
    reviewed_at = models.DateTimeField(help_text="when it was last answered, or learned")
    due_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("refresher card"), _("refresher cards")
        constraints = [
            models.UniqueConstraint(fields=["person", "item_key"], name="card_item_once_per_person"),
            models.CheckConstraint(condition=Q(due_at__gt=F("reviewed_at")), name="card_due_after_review"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.objective} {self.item_key}"

    @property
    def memory(self) -> spacing.Memory:
        """What is believed, as the scheduler takes it."""
        return spacing.Memory(self.stability, self.difficulty, self.reviewed_at, self.due_at)

    def remember(self, memory: spacing.Memory) -> None:
        """Take over what the scheduler gives; not saved."""
        self.stability, self.difficulty = memory.stability, memory.difficulty
        self.reviewed_at, self.due_at = memory.reviewed_at, memory.due_at


class RefresherReview(models.Model):
    """One answer to a card. A fact: never changed. `id` is made with the page: the same id twice is one answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    card = models.ForeignKey(RefresherCard, models.PROTECT, related_name="reviews")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")
    value = models.JSONField(help_text="the response")
    is_right = models.BooleanField()
    rating = models.PositiveSmallIntegerField(help_text="FSRS's grade, 1 again to 4 easy")
    reviewed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("refresher answer"), _("refresher answers")
        constraints = [models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=4), name="review_rating_1_to_4")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.reviewed_at:%Y-%m-%d} {self.rating}"
