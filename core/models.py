"""Abstract models."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


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
