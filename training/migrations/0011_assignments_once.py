from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0010_assignments_replaced")]

    operations = [
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("module_key", None), ("quiz", None)),
                fields=("cohort", "course_key"),
                name="assignment_one_of_a_course",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("cohort", "course_key", "module_key"),
                name="assignment_one_of_a_module",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("cohort", "quiz"), name="assignment_one_of_a_quiz"
            ),
        ),
    ]
