"""Document examination practised: blocks of trials, and what was answered to each specimen."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import PublicId
from specimens.recipe import Recipe


class ExaminationBlock(PublicId):
    """One sitting of a mode: so many specimens, so many per cent of them to be referred, drawn from one seed.

    What is right of each lies in its recipe, which nobody reads before the trial is answered.
    """

    class Mode(models.TextChoices):
        SPOT = "spot", _("Spot")
        DECIDE = "decide", _("Decide")
        SHIFT = "shift", _("Shift")

    class Coaching(models.TextChoices):
        NONE = "", _("none")
        VARIATIONS = "variations", _("genuine variations only")
        GROSS = "gross", _("gross anomalies only")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="examination_blocks")
    mode = models.CharField(max_length=6, choices=Mode)
    seed = models.PositiveIntegerField()
    size = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField(help_text="per cent of trials with something to refer")
    coaching = models.CharField(max_length=10, choices=Coaching, default=Coaching.NONE, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("examination block"), _("examination blocks")
        constraints = [
            models.UniqueConstraint(fields=["person", "mode"], condition=Q(ended_at=None), name="examination_one_open_block_per_mode"),
            models.CheckConstraint(condition=Q(share__lte=100) & Q(size__gte=1), name="examination_share_and_size"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person_id} {self.mode} {self.begun_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def shows_each(self) -> bool:
        """Whether each answer is judged at once; a shift is judged at its end."""
        return self.mode != self.Mode.SHIFT


class ExaminationTrial(PublicId):
    """One specimen that was laid before a person. generator: which version of the drawings it was."""

    block = models.ForeignKey(ExaminationBlock, models.PROTECT, related_name="trials")
    position = models.PositiveSmallIntegerField()
    recipe = models.JSONField()
    generator = models.PositiveSmallIntegerField()
    is_signal = models.BooleanField()
    shown_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("examination trial"), _("examination trials")
        constraints = [models.UniqueConstraint(fields=["block", "position"], name="examination_position_once")]

    def __str__(self) -> str:
        return f"{self.block_id} {self.position}"

    @property
    def specimen(self) -> Recipe:
        """What is drawn."""
        return Recipe.of(self.recipe)


class TrialAnswer(models.Model):
    """What somebody answered to a trial, and how it was judged. A fact. `id` is made with the page: twice the same is one answer.

    answer: 1 surely genuine to 6 surely refer; marks: what was marked, as sent; lights: in the order of use; group: the family of the
    anomaly, or of none; kind, severity: of the anomaly that decided.
    """

    class Next(models.TextChoices):
        PROTECTION = (
            "protection",
            _("Ask first whether this person is safe, and could need protection; then the second line"),
        )
        SECOND_LINE = "second_line", _("Send the person to the second line at once")
        TURN_BACK = "turn_back", _("Turn the person back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    trial = models.OneToOneField(ExaminationTrial, models.PROTECT, related_name="given")
    answer = models.PositiveSmallIntegerField()
    family = models.CharField(max_length=10, blank=True)
    marks = models.JSONField(default=list)
    lights = models.JSONField(default=list)
    next_step = models.CharField(max_length=11, choices=Next, blank=True)
    seconds = models.PositiveIntegerField(help_text="between showing and answering, by the server's clock")
    is_right = models.BooleanField()
    is_localised = models.BooleanField()
    is_late = models.BooleanField(default=False)
    group = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=3, blank=True)
    severity = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("examination answer"), _("examination answers")
        constraints = [
            models.CheckConstraint(condition=Q(answer__gte=1, answer__lte=6), name="trial_answer_1_to_6"),
            models.CheckConstraint(condition=Q(is_localised=False) | Q(answer__gte=4), name="trial_localised_is_referred"),
            models.CheckConstraint(condition=Q(next_step="") | Q(answer__gte=4), name="trial_next_step_is_referred"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.trial_id} {self.answer}"


class FoundDifficulty(models.Model):
    """How hard an anomaly at one severity has proved to be, in logits. Where there is no row, the catalogue's word counts.

    outcomes: answers that it was found from. Made anew every day.
    """

    kind = models.CharField(max_length=3)
    severity = models.PositiveSmallIntegerField()
    value = models.FloatField()
    outcomes = models.PositiveIntegerField()
    found_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("difficulty of an anomaly"), _("difficulties of anomalies")
        constraints = [
            models.UniqueConstraint(fields=["kind", "severity"], name="found_difficulty_once"),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=5), name="found_difficulty_severity_1_to_5"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind}/{self.severity} {self.value:+.2f}"
