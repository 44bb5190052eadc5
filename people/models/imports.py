"""Files of people, units and groups that come in: the file, its rows, and what was brought by it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped

LEASE: Final = timedelta(minutes=2)  # how long nobody else takes up work that somebody is at; renewed with each piece


class Brought(models.Model):
    """A row that an import made, and that goes again when the import is undone."""

    brought_by = models.ForeignKey(
        "people.PeopleImport",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)s_brought",
        verbose_name=_("brought by"),
    )

    class Meta:
        abstract = True


class PeopleImport(PublicId, TimeStamped):
    """One file: examined first, stored on somebody's word, undone as a whole. Its rows and bytes are kept for a time only."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("People")
        UNITS = "units", _("Units")
        COHORTS = "cohorts", _("Groups")

    class State(models.TextChoices):
        WAITING = "waiting", _("Being examined")
        EXAMINED = "examined", _("Examined, nothing stored")
        STORING = "storing", _("Being stored")
        STORED = "stored", _("Stored")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        REFUSED = "refused", _("Could not be read")
        DROPPED = "dropped", _("Left, nothing stored")

    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    name = CleanCharField(_("name of the file"), max_length=200)
    language = models.CharField(max_length=8, default="my", help_text="in which a refusal is worded")
    file = models.BinaryField(null=True, editable=False)
    refusal = models.TextField(blank=True)
    headings = models.JSONField(default=dict, help_text="column -> heading in the file")
    unused = models.JSONField(default=list, help_text="headings that name no column")
    counts = models.JSONField(default=dict, help_text="outcome -> rows; made -> rows made, by kind")
    total = models.PositiveIntegerField(default=0, help_text="rows to be done in this state")
    done = models.PositiveIntegerField(default=0)
    is_whole = models.BooleanField(null=True, help_text="all rows or none, as chosen")
    changes_existing = models.BooleanField(default=False, help_text="who is here already is changed too, as chosen")
    lease_until = models.DateTimeField(null=True, editable=False)
    brought_in_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brought in by")
    )
    stored_at = models.DateTimeField(_("stored at"), null=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["stored", "undoing", "undone"]) ^ Q(stored_at=None),
                name="import_stored_iff_dated",
            ),
            models.CheckConstraint(condition=Q(state="undone") ^ Q(undone_at=None), name="import_undone_iff_dated"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """Whether a task is at it, or should be."""
        return self.state in WORKING

    def stands_still(self, *, at: datetime) -> bool:
        """Whether the task that should be at it has shown no sign for as long as a lease lasts."""
        return self.is_working and at > max(filter(None, [self.lease_until, self.updated_at + LEASE]))


WORKING: Final = (PeopleImport.State.WAITING, PeopleImport.State.STORING, PeopleImport.State.UNDOING)


class ImportRow(models.Model):
    """One row of a file. cells: texts by column. faults, notes: [code, values] each, worded when shown; changes: [column,
    before, after] each."""

    class Outcome(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Here already, with other values")
        SAME = "same", _("Here already")
        REFUSED = "refused", _("Cannot be taken")

    imported = models.ForeignKey(PeopleImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    outcome = models.CharField(max_length=7, choices=Outcome)
    faults = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    is_done = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("row of an import"), _("rows of imports")
        constraints = [
            models.UniqueConstraint(fields=["imported", "number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(outcome="refused") ^ Q(faults=[]), name="import_row_refused_iff_faulty"),
            models.CheckConstraint(condition=Q(is_done=False) | Q(faults=[]), name="import_row_done_without_fault"),
        ]

    def __str__(self) -> str:
        return str(self.number)
