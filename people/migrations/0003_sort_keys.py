from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_roles_of_translation"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="sort_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=400),
            preserve_default=False,
        )
        for name in ("unit", "cohort")
    ]
