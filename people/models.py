"""Persons, where they serve, what they may do, and who learns together."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import PublicId, TimeStamped
from myanmar.collation import name_sort_key
from myanmar.text import clean_text
from people.identity import service_key


class Agency(models.TextChoices):
    """The three services; it decides which modules are required of a person."""

    IMMIGRATION = "immigration", _("Immigration")
    POLICE = "police", _("Police")
    SOCIAL_WELFARE = "social_welfare", _("Social welfare")


def named(name_my: str, name_en: str) -> str:
    """The name in the reader's language, or the other where only that was given."""
    return (name_my or name_en) if get_language() == "my" else (name_en or name_my)


class Unit(PublicId, TimeStamped):
    """A place of service: agency, region or post, in a tree of these three levels."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        REGION = "region", _("Region")
        POST = "post", _("Post")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    agency = models.CharField(_("agency"), max_length=14, choices=Agency)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name_my = models.CharField(_("name in Burmese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("unit"), _("units")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="agency") ^ Q(parent__isnull=False), name="unit_agency_iff_no_parent"
            ),
            models.UniqueConstraint(fields=["parent", "name_en"], name="unit_name_once_per_parent"),
        ]

    def __str__(self) -> str:
        return named(self.name_my, self.name_en)

    def clean(self) -> None:
        above = {Unit.Kind.REGION: Unit.Kind.AGENCY, Unit.Kind.POST: Unit.Kind.REGION}.get(Unit.Kind(self.kind))
        if self.parent and (self.parent.kind != above or self.parent.agency != self.agency):
            raise ValidationError(
                {"parent": _("A region belongs to an agency, a post to a region, of the same agency.")}
            )


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons."""

    def in_order(self) -> Self:
        """By name, as a Burmese dictionary sorts."""
        return self.order_by("sort_key", "pk")


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Makes persons and finds them by service number in any spelling."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        try:
            person: Person = self.get(service_number=service_key(username or ""))
        except ValueError:
            raise self.model.DoesNotExist from None
        return person

    def create_user(self, service_number: str, password: str | None = None, **fields: Any) -> "Person":
        person: Person = self.model(service_number=service_number, **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, service_number: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(service_number, password, is_superuser=True, **fields)


class Person(PublicId, TimeStamped, AbstractBaseUser, PermissionsMixin):
    """A learner, trainer or member of an office: no more is kept than the work needs."""

    service_number = models.CharField(
        _("service number"),
        max_length=30,
        unique=True,
        error_messages={"unique": _("Somebody with this service number is here already.")},
    )
    name_my = models.CharField(_("name in Burmese"), max_length=120, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("unit"))
    language = models.CharField(_("language"), max_length=8, blank=True, choices=settings.LANGUAGES)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)

    objects = PersonManager()

    USERNAME_FIELD = "service_number"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name_latin"]

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(service_number=Upper("service_number")), name="person_service_number_canonical"
            ),
            models.CheckConstraint(condition=~Q(name_my="", name_latin=""), name="person_has_a_name"),
        ]

    def __str__(self) -> str:
        return named(self.name_my, self.name_latin)

    def clean_fields(self, exclude: Any = None) -> None:
        try:
            self.service_number = service_key(self.service_number)
        except ValueError:
            raise ValidationError(
                {
                    "service_number": _(
                        "A service number has letters A–Z, digits, - and / only. Check it and type it again."
                    )
                }
            ) from None
        super().clean_fields(exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.service_number = service_key(self.service_number)
        self.name_my, self.name_latin = clean_text(self.name_my), clean_text(self.name_latin)
        self.sort_key = name_sort_key(self.name_my or self.name_latin)[:400]
        super().save(*args, **kwargs)

    @property
    def agency(self) -> str:
        """The agency's code, empty for a person without a unit."""
        return self.unit.agency if self.unit else ""

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held today, beyond learning, which everyone may."""
        return frozenset(self.grants.current().values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        """Whether at least one of `roles` is held today."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_office(self) -> bool:
        """Holds any role beyond learning; such people need a second factor."""
        return bool(self.roles) or self.is_superuser

    # Wagtail's admin asks for these.
    @property
    def first_name(self) -> str:
        return self.name_latin or self.name_my

    last_name = ""

    def get_full_name(self) -> str:
        """The name shown in Wagtail's admin."""
        return str(self)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants of roles."""

    def current(self, *, on: date | None = None) -> Self:
        """Those in force on a day, today by default."""
        on = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class RoleGrant(PublicId, TimeStamped):
    """A role given to a person, for a time, by somebody, with a reason; optionally only within one unit."""

    class Role(models.TextChoices):
        TRAINER = "trainer", _("Trainer")
        EDITOR = "editor", _("Curriculum editor")
        REGISTRAR = "registrar", _("Registrar")
        LEAD = "lead", _("Programme lead")

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=12, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("within"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("given by"))
    reason = models.CharField(_("reason"), max_length=200)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("role"), _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="grant_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Cohort(PublicId, TimeStamped):
    """People who learn together, led by trainers."""

    name_my = models.CharField(_("name in Burmese"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="cohorts", verbose_name=_("unit")
    )
    people = models.ManyToManyField(Person, through="CohortMembership", related_name="cohorts")

    class Meta:
        verbose_name, verbose_name_plural = _("cohort"), _("cohorts")
        constraints = [models.CheckConstraint(condition=~Q(name_my="", name_en=""), name="cohort_has_a_name")]

    def __str__(self) -> str:
        return named(self.name_my, self.name_en)


class CohortMembershipQuerySet(models.QuerySet["CohortMembership"]):
    """Memberships."""

    def current(self) -> Self:
        """Those that have not ended."""
        return self.filter(left_at=None)

    def learners(self) -> Self:
        """Current learners."""
        return self.current().filter(part=CohortMembership.Part.LEARNER)


class CohortMembership(PublicId, TimeStamped):
    """One person's time in a cohort; coming back is a new row."""

    class Part(models.TextChoices):
        LEARNER = "learner", _("Learner")
        TRAINER = "trainer", _("Trainer")

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="memberships", verbose_name=_("cohort"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=7, choices=Part, default=Part.LEARNER)
    joined_at = models.DateTimeField(_("joined at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)

    objects = CohortMembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort"], condition=Q(left_at=None), name="membership_one_open_per_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.cohort}"
