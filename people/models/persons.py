"""Persons."""

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.fields import CleanCharField
from core.models import PublicId, Sorted, SortedQuerySet, TimeStamped
from core.search import burmese_fields
from myanmar.collation import name_sort_key
from people import names
from people.identity import service_key
from people.models.imports import Brought
from people.models.units import Unit, named

if TYPE_CHECKING:
    from people.models.roles import RoleGrant


class PersonManager(BaseUserManager.from_queryset(SortedQuerySet)):  # type: ignore[misc]
    """Makes persons and finds them by service number in any spelling."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        try:
            person: Person = self.get(service_number=service_key(username or ""))
        except ValueError:
            raise self.model.DoesNotExist from None
        return person

    def by_number(self, number: str) -> "Person | None":
        """Who has a service number, in any spelling; None for nobody."""
        try:
            return self.get_by_natural_key(number)
        except self.model.DoesNotExist:
            return None

    def create_user(self, service_number: str, password: str | None = None, **fields: Any) -> "Person":
        person: Person = self.model(service_number=service_number, **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, service_number: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(service_number, password, is_superuser=True, **fields)


class Person(index.Indexed, PublicId, TimeStamped, Sorted, Brought, AbstractBaseUser, PermissionsMixin):
    """A learner, trainer or member of an office: no more is kept than the work needs."""

    service_number = models.CharField(
        _("service number"),
        max_length=30,
        unique=True,
        error_messages={"unique": _("Somebody with this service number is here already.")},
    )
    name_my = CleanCharField(_("name in Burmese"), max_length=120, blank=True)
    name_latin = CleanCharField(_("name in Latin letters"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("unit"))
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)

    objects: ClassVar[Any] = PersonManager()

    USERNAME_FIELD = "service_number"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name_latin"]

    search_fields: ClassVar[list[Any]] = burmese_fields(
        [],
        boxes=["written_names"],
        filters=["id", "service_number", "name_my", "name_latin", "sort_key", "is_active", "last_login"],
    )
    search_auto_update = False  # people/receivers.py: signing in changes nothing that is searched

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

    def clean(self) -> None:
        super().clean()
        wrong: dict[str, Any] = dict(names.faults(self))
        if self.unit and self.unit.closed_at:
            wrong["unit"] = _("This unit is closed. Choose one that is open.")
        if wrong:
            raise ValidationError(wrong)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.service_number = service_key(self.service_number)
        super().save(*args, **kwargs)

    def written_names(self) -> str:
        """What somebody is looked for by: both names, and the service number with and without its signs."""
        return " ".join([self.name_my, self.name_latin, self.service_number, re.sub("[/-]", "", self.service_number)])

    def key_of_name(self) -> str:
        return name_sort_key(self.name_my or self.name_latin)

    @property
    def agency(self) -> str:
        """The agency's code, empty for a person without a unit."""
        return self.unit.agency if self.unit else ""

    @cached_property
    def held(self) -> "tuple[RoleGrant, ...]":
        """The grants in force today."""
        return tuple(self.grants.current())

    @property
    def roles(self) -> frozenset[str]:
        """The roles held today, beyond learning, which everyone may."""
        return frozenset(grant.role for grant in self.held)

    def may(self, verb: str) -> bool:
        """Whether a role held today allows this, to whatever extent (people/rules.py)."""
        return any(grant.reach(verb) for grant in self.held)

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
