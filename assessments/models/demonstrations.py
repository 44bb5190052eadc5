"""When people last showed what they know."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Demonstration(models.Model):
    """When a person last answered a question on an objective rightly: a projection of grades and refresher answers."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="demonstrations")
    objective = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("demonstration"), _("demonstrations")
        constraints = [models.UniqueConstraint(fields=["person", "objective"], name="demonstration_once_per_objective")]
        indexes = [models.Index(fields=["objective", "at"], name="demonstration_by_objective")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.objective}"
