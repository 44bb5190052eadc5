"""Items are for assessment editors, everything else of the curriculum for its own editors."""

from django.db import migrations

CURRICULUM, ASSESSMENT = "Curriculum editors", "Assessment editors"
ITEMS = [("assessments", "item", verb) for verb in ("add", "change", "delete", "publish")]
OTHERS = [
    ("content", "drawing", "add"),
    ("content", "drawing", "change"),
    ("wagtail_localize", "translation", "submit"),
    ("wagtailadmin", "admin", "access"),
]
IMAGES = ["add", "choose"]


def _permissions(apps, named):
    for app, model, verb in named:
        yield apps.get_model("auth", "Permission").objects.get(content_type__app_label=app, codename=f"{verb}_{model}")


def forwards(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    curriculum = Group.objects.get(name=CURRICULUM)
    assessment, _made = Group.objects.get_or_create(name=ASSESSMENT)
    assessment.permissions.add(*_permissions(apps, ITEMS + OTHERS))
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for verb in IMAGES:
        (permission,) = _permissions(apps, [("wagtailimages", "image", verb)])
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group=assessment, collection=collection, permission=permission
        )
    assessment.user_set.add(*curriculum.user_set.all())
    curriculum.permissions.remove(*_permissions(apps, ITEMS))


def backwards(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.get(name=CURRICULUM).permissions.add(*_permissions(apps, ITEMS))
    Group.objects.filter(name=ASSESSMENT).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0006_glossary_rights"),
        ("assessments", "0012_files_of_items"),
        ("people", "0006_editors_of_items"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
