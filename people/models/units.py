"""Where people serve."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.languages import Spoken, interface_language
from core.models import PublicId, Sorted, SortedQuerySet, TimeStamped
from myanmar.collation import sort_key
from myanmar.names import shown_name
from people import names
from people.models.imports import Brought


class Agency(models.TextChoices):
    """The three services; it decides which modules are required of a person."""

    IMMIGRATION = "immigration", _("Immigration")
    POLICE = "police", _("Police")
    SOCIAL_WELFARE = "social_welfare", _("Social welfare")


def named(name_my: str, name_en: str) -> Spoken:
    """The name in the language of the interface, or in the other where only that was given."""
    shown = shown_name(name_my, name_en, interface_language())
    return Spoken(shown, "my" if shown == name_my else "en")


class UnitQuerySet(SortedQuerySet):
    """Units."""

    def open(self) -> Self:
        """Those where somebody can serve."""
        return self.filter(closed_at=None)

    def within(self, unit: "Unit") -> Self:
        """A unit and those below it."""
        return self.filter(Q(pk=unit.pk) | Q(parent=unit) | Q(parent__parent=unit))


class Unit(PublicId, TimeStamped, Sorted, Brought):
    """A place of service: agency, region or post, in a tree of these three levels.

    A closed one stays, with what was done there; nobody serves in it any more. What became of it is in the audit trail.
    """

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        REGION = "region", _("Region")
        POST = "post", _("Post")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    agency = models.CharField(_("agency"), max_length=14, choices=Agency)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name_my = CleanCharField(_("name in Burmese"), max_length=120)
    name_en = CleanCharField(_("name in English"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )

    objects: ClassVar[Any] = UnitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("unit"), _("units")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="agency") ^ Q(parent__isnull=False), name="unit_agency_iff_no_parent"
            ),
            models.UniqueConstraint(fields=["parent", "name_en"], name="unit_name_once_per_parent"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (Q(closed_at__isnull=False) & ~Q(merged_into=F("pk"))),
                name="unit_merged_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return named(self.name_my, self.name_en)

    def key_of_name(self) -> str:
        return sort_key(self.name_my or self.name_en)

    def clean(self) -> None:
        if wrong := names.faults(self):
            raise ValidationError(wrong)
        if self.parent and self.parent.closed_at and not self.closed_at:
            raise ValidationError({"parent": _("This unit is closed. Choose one that is open.")})
        above = {Unit.Kind.REGION: Unit.Kind.AGENCY, Unit.Kind.POST: Unit.Kind.REGION}.get(Unit.Kind(self.kind))
        if self.parent and (self.parent.kind != above or self.parent.agency != self.agency):
            raise ValidationError(
                {"parent": _("A region belongs to an agency, a post to a region, of the same agency.")}
            )
