"""What an officer of an agency is able to do after training, and how well."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from content.authored.competencies import ROLES
from core.fields import CleanCharField


class Level(models.IntegerChoices):
    """How well. Each level holds the ones below."""

    KNOWS = 1, _("L1: recognises and explains")
    DOES = 2, _("L2: performs to standard under observation")
    COACHES = 3, _("L3: coaches others and handles the unusual")


def _level(name: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(name, choices=Level.choices, null=True, blank=True)


class Competency(TranslatableMixin, models.Model):
    """One competency, which modules and items name by its code. A level that is empty is asked of nobody there."""

    ROLES: ClassVar[tuple[str, ...]] = ROLES

    code = models.SlugField(_("code"), max_length=6)
    name = CleanCharField(_("name"), max_length=160)
    immigration = _level(_("Immigration"))
    police = _level(_("Police"))
    social_welfare = _level(_("Social welfare"))
    trainer = _level(_("Trainer"))

    translatable_fields: ClassVar[list[Any]] = [
        TranslatableField("name"),
        *(SynchronizedField(name, overridable=False) for name in ("code", *ROLES)),
    ]
    panels: ClassVar[list[Any]] = [
        FieldPanel("code"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel(name) for name in ROLES]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name, verbose_name_plural = _("competency"), _("competencies")
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="competency_once_per_language"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}__range": (1, 3)}), name=f"competency_level_{name}"
                )
                for name in ROLES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
