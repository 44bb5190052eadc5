"""What curriculum editors may do in Wagtail's admin: pages, items, facts, drawings, images and documents. No people."""

from django.db import migrations

GROUP = "Curriculum editors"
MODELS = [  # app, model, verbs
    ("assessments", "item", ["add", "change", "delete", "publish"]),
    ("content", "fact", ["add", "change"]),
    ("content", "drawing", ["add", "change"]),
    ("wagtail_localize", "translation", ["submit"]),
]
PAGE_VERBS = ["add", "change", "publish", "lock", "unlock"]
COLLECTION = [
    ("wagtailimages", "image", ["add", "change", "choose"]),
    ("wagtaildocs", "document", ["add", "change", "choose"]),
]


def _permission(apps, app, model, codename):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": codename.replace("_", " ").capitalize()}
    )
    return permission


def forwards(apps, schema_editor):
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(_permission(apps, "wagtailadmin", "admin", "access_admin"))
    for app, model, verbs in MODELS:
        for verb in verbs:
            group.permissions.add(_permission(apps, app, model, f"{verb}_{model}"))
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for verb in PAGE_VERBS:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=_permission(apps, "wagtailcore", "page", f"{verb}_page")
        )
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for app, model, verbs in COLLECTION:
        for verb in verbs:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group, collection=collection, permission=_permission(apps, app, model, f"{verb}_{model}")
            )


def backwards(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0002_append_only"),
        ("people", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
