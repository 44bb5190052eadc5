"""What tells caches and loaders that content changed."""

import uuid

from django.db import models
from django.db.models import Q

from core.models import TimeStamped


class ContentVersion(models.Model):
    """One row whose token changes with every change of published content.

    What is rendered once and kept is kept under this token, so that every process sees a change at once. It is random,
    not counted, so that a change that is rolled back never leaves a number to be used again.
    """

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="content_version_single_row")]

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def current(cls) -> uuid.UUID:
        """The token now."""
        token: uuid.UUID = cls.objects.values_list("token", flat=True).get(pk=1)
        return token

    @classmethod
    def advance(cls) -> None:
        """Make everything kept so far out of date."""
        cls.objects.filter(pk=1).update(token=uuid.uuid4())


class SourceText(models.Model):
    """The fingerprint of what an object says in its source language, as it is published now."""

    translation_key = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.translation_key)


class Origin(TimeStamped):
    """What a loaded record looked like when the curriculum was loaded, to tell whether an editor changed it since."""

    key = models.CharField(max_length=120, unique=True, help_text="kind:code:language")
    authored_sha256 = models.CharField(max_length=64)
    stored_sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key
