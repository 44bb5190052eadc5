from django.db import migrations, models

from core.append_only import AppendOnly, StillAppendOnly


class Migration(migrations.Migration):
    dependencies = [("assessments", "0009_feedback_as_permissions")]
    operations = [
        migrations.RemoveField(model_name="quiz", name="feedback"),
        StillAppendOnly("AttemptStep"),
        migrations.RemoveConstraint(
            model_name="attemptstep",
            name="step_place_iff_not_submit",
        ),
        migrations.AlterField(
            model_name="attemptstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "Answer"),
                    ("clear", "Answer taken back"),
                    ("flag", "Marked for review"),
                    ("unflag", "Mark removed"),
                    ("next", "Went on to the next question"),
                    ("take", "Taken over on another device"),
                    ("submit", "Handed in"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="attemptstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["submit", "take"]), ("place__isnull", False), _connector="XOR"),
                name="step_place_iff_of_an_item",
            ),
        ),
        StillAppendOnly("AttemptStep"),
        AppendOnly("Regrade"),
        AppendOnly("GradeProposal"),
        AppendOnly("GradeDecision"),
    ]
