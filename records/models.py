"""Who did what to what: a chain of entries that nobody changes."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.audit import ACTIONS
from people.models import Person

FIRST = "0" * 64  # what the first entry follows


def canonical(value: Any) -> str:
    """JSON of one spelling: sorted names, no spaces, no escapes but those that JSON demands."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


class AuditEntry(models.Model):
    """Who did what to what, hash-chained: each entry holds the hash of the one before it."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("at"))
    action = models.CharField(_("action"), max_length=40)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    about_kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    about_id = models.CharField(_("record"), max_length=64, blank=True)
    detail = models.TextField(_("detail"), default="{}")
    before = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("entry of the audit trail"), _("entries of the audit trail")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_counts_from_one"),
            models.CheckConstraint(condition=Q(number=1) ^ ~Q(before=FIRST), name="audit_only_the_first_follows_none"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["action", "number"], name="audit_by_action"),
            models.Index(fields=["about_kind", "about_id"], name="audit_by_record"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"

    @property
    def label(self) -> str | Promise:
        """What was done, in the reader's language."""
        action = ACTIONS.get(self.action)
        return action.label if action else self.action

    @property
    def details(self) -> dict[str, Any]:
        """What belongs to it."""
        found: dict[str, Any] = json.loads(self.detail)
        return found

    def digest(self, people: Iterable[str]) -> str:
        """SHA-256 (hexadecimal) over the entry before and everything that this one says. people: the public ids of whom it concerns."""
        said = {
            "number": self.number,
            "at": self.at.isoformat(),
            "action": self.action,
            "by": str(self.by.public_id) if self.by else "",
            "about": [self.about_kind, self.about_id],
            "detail": self.detail,
            "people": sorted(people),
        }
        return hashlib.sha256((self.before + canonical(said)).encode()).hexdigest()


class AuditPerson(models.Model):
    """One whom an entry concerns."""

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("person concerned"), _("people concerned")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["entry", "person"], name="audit_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.person_id}"


class Statement(models.Model):
    """An xAPI statement about what somebody did in an activity. A fact: never changed."""

    id = models.UUIDField(primary_key=True, help_text="given by the device, so that one that is sent twice is one")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    object_id = models.CharField(max_length=300, help_text="IRI of the activity, or of a part of it")
    registration = models.UUIDField(db_index=True, help_text="the attempt")
    body = models.JSONField(help_text="context, object and result as xAPI 1.0.3 has them, without actor")
    stored_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("statement"), _("statements")

    def __str__(self) -> str:
        return f"{self.verb} {self.object_id}"


class StatementDelivery(models.Model):
    """That the outside record store took a statement."""

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="delivery")
    delivered_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("statement forwarded"), _("statements forwarded")

    def __str__(self) -> str:
        return str(self.statement_id)
