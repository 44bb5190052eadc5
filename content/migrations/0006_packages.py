"""Packages, their files and their libraries."""

import uuid

import django.db.models.deletion
import modelsearch.index
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0005_files_of_translations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tree",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField(help_text="bytes")),
            ],
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "kind",
                    models.CharField(choices=[("h5p", "H5P"), ("scorm", "SCORM")], max_length=5, verbose_name="kind"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "package",
                "verbose_name_plural": "packages",
                "ordering": ["title", "pk"],
            },
            bases=(models.Model, modelsearch.index.Indexed),
        ),
        migrations.CreateModel(
            name="PackageVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("language", models.CharField(blank=True, help_text="of its readers; empty: of all", max_length=8)),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("sha256", models.CharField(help_text="of the file as it was sent", max_length=64, unique=True)),
                ("facts", models.JSONField(help_text="what was read: see content/packages/importing.py")),
                ("params", models.JSONField(help_text="H5P: the cleaned content", null=True)),
                ("warnings", models.JSONField(default=list, help_text="list of {code, where, count}")),
                (
                    "bundle",
                    models.CharField(
                        blank=True, help_text="H5P: hash of the libraries in the order of play", max_length=64
                    ),
                ),
                ("weight", models.PositiveBigIntegerField(default=0, help_text="bytes that a phone loads to begin")),
                ("made_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(blank=True, help_text="SCORM: its code is part of it", null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="taken down at")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="content.package"
                    ),
                ),
                (
                    "tree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="content.tree"
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a package",
                "verbose_name_plural": "versions of packages",
            },
        ),
        migrations.CreateModel(
            name="H5PLibrary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("machine", models.CharField(max_length=255, verbose_name="name")),
                ("major", models.PositiveIntegerField()),
                ("minor", models.PositiveIntegerField()),
                ("patch", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "licence",
                    models.CharField(
                        blank=True, help_text="as it states itself", max_length=255, verbose_name="licence"
                    ),
                ),
                (
                    "facts",
                    models.JSONField(
                        help_text="js, css, dependencies, dynamic, hosts, uses_eval, is_legacy_eval, core_api"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("pending", "Waits for approval"), ("approved", "Approved"), ("blocked", "Blocked")],
                        default="pending",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tree",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="library", to="content.tree"
                    ),
                ),
            ],
            options={
                "verbose_name": "H5P library",
                "verbose_name_plural": "H5P libraries",
                "ordering": ["machine", "-major", "-minor", "-patch", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TreeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=1000)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(help_text="bytes")),
                (
                    "tree",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="content.tree"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VersionLibrary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "library",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="content.h5plibrary"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="libraries",
                        to="content.packageversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PackageImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("language", models.CharField(blank=True, max_length=8)),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being read"), ("stored", "Stored"), ("refused", "Refused")],
                        default="waiting",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0, help_text="files in it")),
                ("done", models.PositiveIntegerField(default=0)),
                ("seconds", models.FloatField(help_text="of reading and storing", null=True)),
                ("refusal", models.JSONField(help_text="[code, where, values]", null=True)),
                ("lease_until", models.DateTimeField(editable=False, null=True)),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="content.package",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_of",
                        to="content.packageversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "import of a package",
                "verbose_name_plural": "imports of packages",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("refusal__isnull", True), ("state", "waiting"), ("version__isnull", True)),
                            models.Q(("refusal__isnull", True), ("state", "stored"), ("version__isnull", False)),
                            models.Q(("refusal__isnull", False), ("state", "refused"), ("version__isnull", True)),
                            _connector="OR",
                        ),
                        name="package_import_ends_one_way",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="packageversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(
                        models.Q(("approved_by", None), _negated=True), models.Q(("approved_at", None), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="package_version_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="packageversion",
            constraint=models.UniqueConstraint(fields=("package", "number"), name="package_version_once"),
        ),
        migrations.AddIndex(
            model_name="h5plibrary",
            index=models.Index(fields=["machine", "major", "minor"], name="library_by_name"),
        ),
        migrations.AddConstraint(
            model_name="h5plibrary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("status", "pending")),
                    models.Q(
                        models.Q(("status", "pending"), _negated=True),
                        models.Q(("decided_by", None), _negated=True),
                        models.Q(("decided_at", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="library_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="treefile",
            constraint=models.UniqueConstraint(fields=("tree", "path"), name="tree_file_once"),
        ),
        migrations.AddConstraint(
            model_name="versionlibrary",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="version_library_position_once"),
        ),
        migrations.AddConstraint(
            model_name="versionlibrary",
            constraint=models.UniqueConstraint(fields=("version", "library"), name="version_library_once"),
        ),
    ]
