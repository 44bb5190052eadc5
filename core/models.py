"""Abstract models."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import clean_texts


class PublicId(models.Model):
    """A UUID, the only id of a record that a URL may hold."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class TimeStamped(models.Model):
    """When a row was made and last changed."""

    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True


class SortedQuerySet(models.QuerySet[Any]):
    """Rows with a name."""

    def in_order(self) -> Self:
        """By name, as a Burmese dictionary sorts."""
        return self.order_by("sort_key", "pk")


class Sorted(models.Model):
    """A row with a name, which keeps beside it the key that no database can compute.

    `update` does not; before `bulk_create`, call `sort`.
    """

    sort_key = models.CharField(max_length=400, editable=False, db_index=True)

    objects = SortedQuerySet.as_manager()

    class Meta:
        abstract = True

    def key_of_name(self) -> str:
        """The key (myanmar/collation.py) of the name that decides the place, the same for every reader."""
        raise NotImplementedError

    def sort(self) -> None:
        """Give it its key, after its texts are clean."""
        clean_texts(self)
        self.sort_key = self.key_of_name()[:400]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(*args, **kwargs)
