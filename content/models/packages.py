"""Packages made elsewhere, the libraries that they bring, and files known by their hashes."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.fields import CleanCharField
from core.models import PublicId, TimeStamped
from core.search import burmese_fields

LEASE: Final = timedelta(minutes=3)  # a task that shows no sign for so long is taken for dead


class Tree(models.Model):
    """Files that belong together, known by the hash of their names and contents. Never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="bytes")

    def __str__(self) -> str:
        return self.sha256[:12]


class TreeFile(models.Model):
    """One file of a tree. Its bytes lie in the storage under their hash, once for all trees."""

    tree = models.ForeignKey(Tree, models.CASCADE, related_name="files")
    path = models.CharField(max_length=1000)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(help_text="bytes")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tree", "path"], name="tree_file_once"),
        ]

    def __str__(self) -> str:
        return self.path


class H5PLibrary(PublicId, TimeStamped):
    """Code that runs in the browsers of those who learn: never changed, and used only while it is approved."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        BLOCKED = "blocked", _("Blocked")

    machine = models.CharField(_("name"), max_length=255)
    major = models.PositiveIntegerField()
    minor = models.PositiveIntegerField()
    patch = models.PositiveIntegerField()
    title = CleanCharField(_("title"), max_length=255)
    licence = models.CharField(_("licence"), max_length=255, blank=True, help_text="as it states itself")
    tree = models.OneToOneField(Tree, models.PROTECT, related_name="library")
    facts = models.JSONField(help_text="js, css, dependencies, dynamic, hosts, uses_eval, is_legacy_eval, core_api")
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.PENDING)
    brought_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("H5P library"), _("H5P libraries")
        ordering = ["machine", "-major", "-minor", "-patch", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(status="pending", decided_by=None, decided_at=None)
                | ~Q(status="pending") & ~Q(decided_by=None) & ~Q(decided_at=None),
                name="library_decided_by_somebody",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["machine", "major", "minor"], name="library_by_name")]

    def __str__(self) -> str:
        return f"{self.machine} {self.major}.{self.minor}.{self.patch}"


class Package(PublicId, TimeStamped, index.Indexed):
    """An interactive activity made elsewhere. Lessons name it; what plays is its newest version in the reader's language."""

    class Kind(models.TextChoices):
        H5P = "h5p", "H5P"
        SCORM = "scorm", "SCORM"

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    title = CleanCharField(_("title"), max_length=200)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    search_fields: ClassVar[list[Any]] = burmese_fields([], boxes=["title"], filters=["id", "title", "kind"])

    class Meta:
        verbose_name, verbose_name_plural = _("package"), _("packages")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class PackageVersion(PublicId):
    """A package as it was sent once. Never changed, but it can be taken down."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8, blank=True, help_text="of its readers; empty: of all")
    name = CleanCharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(max_length=64, unique=True, help_text="of the file as it was sent")
    tree = models.ForeignKey(Tree, models.PROTECT, related_name="versions")
    facts = models.JSONField(help_text="what was read: see content/packages/importing.py")
    params = models.JSONField(null=True, help_text="H5P: the cleaned content")
    warnings = models.JSONField(default=list, help_text="list of {code, where, count}")
    bundle = models.CharField(max_length=64, blank=True, help_text="H5P: hash of the libraries in the order of play")
    weight = models.PositiveBigIntegerField(default=0, help_text="bytes that a phone loads to begin")
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True, help_text="SCORM: its code is part of it")
    withdrawn_at = models.DateTimeField(_("taken down at"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("version of a package"), _("versions of packages")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None) | ~Q(approved_by=None) & ~Q(approved_at=None),
                name="package_version_approved_by_somebody",
            ),
            models.UniqueConstraint(fields=["package", "number"], name="package_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.package_id}/{self.number}"


class VersionLibrary(models.Model):
    """A library that a version plays with, in the order of play. Settled anew when a library is approved or blocked."""

    version = models.ForeignKey(PackageVersion, models.CASCADE, related_name="libraries")
    library = models.ForeignKey(H5PLibrary, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["version", "position"], name="version_library_position_once"),
            models.UniqueConstraint(fields=["version", "library"], name="version_library_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.library_id}"


class PackageImport(PublicId, TimeStamped):
    """A file that was sent: read by a task, then stored as a version or refused with its reason. The file itself goes at once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being read")
        STORED = "stored", _("Stored")
        REFUSED = "refused", _("Refused")

    package = models.ForeignKey(Package, models.PROTECT, null=True, blank=True, related_name="imports")
    title = CleanCharField(_("title"), max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    name = CleanCharField(_("name of the file"), max_length=200)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0, help_text="files in it")
    done = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(null=True, help_text="of reading and storing")
    refusal = models.JSONField(null=True, help_text="[code, where, values]")
    version = models.OneToOneField(PackageVersion, models.PROTECT, null=True, blank=True, related_name="import_of")
    brought_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    lease_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("import of a package"), _("imports of packages")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state="waiting", version__isnull=True, refusal__isnull=True)
                | Q(state="stored", version__isnull=False, refusal__isnull=True)
                | Q(state="refused", version__isnull=True, refusal__isnull=False),
                name="package_import_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """Whether a task is at it, or should be."""
        return self.state == self.State.WAITING

    def stands_still(self, *, at: datetime) -> bool:
        """Whether the task that should be at it has shown no sign for as long as a lease lasts."""
        return self.is_working and at > max(filter(None, [self.lease_until, self.updated_at + LEASE]))
