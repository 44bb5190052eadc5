"""How certificates look: designs, their published versions, and the pictures in them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped


class Paper(PublicId, TimeStamped):
    """A design that a registrar works on. What is printed is its newest published version."""

    name = CleanCharField(_("name"), max_length=80, unique=True)
    draft = models.JSONField(default=dict, help_text="certificates.paper.design.PaperDesign")
    is_default = models.BooleanField(_("used where a rule names none"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("certificate design"), _("certificate designs")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="paper_one_default")
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def published(self) -> "PaperVersion | None":
        """The version that new certificates are printed with."""
        return self.versions.order_by("-number").first()


class PaperVersion(models.Model):
    """A design as it was published: a certificate keeps the one it was issued with."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    design = models.JSONField(help_text="certificates.paper.design.PaperDesign")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("published design"), _("published designs")
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.number}"


class PaperPicture(models.Model):
    """A crest or a scanned signature, as a clean PNG, known by its hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    png = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("picture of a design"), _("pictures of designs")

    def __str__(self) -> str:
        return self.sha256[:12]

    @classmethod
    def read(cls, digests: Any) -> dict[str, bytes]:
        """The PNG of each, by its hash."""
        return {one.sha256: bytes(one.png) for one in cls.objects.filter(sha256__in=digests)} if digests else {}
