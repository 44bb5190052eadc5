"""What a quiz showed by its choice of feedback it shows by permissions, and the other way round."""

from django.db import migrations

WHAT = ["score", "objectives", "verdicts", "answers", "rationales"]
SHOWN = {
    "at_once": {what: ["during"] for what in WHAT},
    "after_attempt": {what: ["after_attempt"] for what in WHAT},
    "when_done": {what: ["after_attempt" if what in WHAT[:2] else "when_done"] for what in WHAT},
}


def forwards(apps, schema_editor):
    quizzes = apps.get_model("assessments", "Quiz").objects
    for feedback, shown in SHOWN.items():
        quizzes.filter(feedback=feedback).update(shown=shown)


def backwards(apps, schema_editor):
    for quiz in apps.get_model("assessments", "Quiz").objects.all():
        # What fits none of the three shows the answers last of all.
        quiz.feedback = next((feedback for feedback, shown in SHOWN.items() if quiz.shown == shown), "when_done")
        quiz.save(update_fields=["feedback"])


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_exam_rules")]
    operations = [migrations.RunPython(forwards, backwards)]
