"""Certificates that were issued before there were rules get the rule of their course, and the counter goes on from them."""

from django.db import migrations

from core.append_only import suspended


def fill(apps, editor):
    certificates, rules, counters, events = (
        apps.get_model("certificates", name)
        for name in ("Certificate", "CertificateRule", "SerialCounter", "CertificateEvent")
    )
    if events.objects.exists():
        raise RuntimeError(
            "A certificate was revoked by one person alone, before this took two: that cannot be carried over."
        )
    with suspended(editor.connection, [certificates._meta.db_table]):
        for one in certificates.objects.select_related("enrolment").order_by("pk"):
            rule, _made = rules.objects.get_or_create(
                kind="course",
                course_key=one.enrolment.course_key,
                defaults={"code": one.enrolment.course_code, "renewal": "course"},
            )
            certificates.objects.filter(pk=one.pk).update(rule=rule, occasion=one.enrolment.public_id)
            _prefix, year, number = one.serial.split("-")
            counter, _made = counters.objects.get_or_create(year=int(year))
            if int(number) > counter.last:
                counter.last = int(number)
                counter.save()


class Migration(migrations.Migration):
    dependencies = [("certificates", "0003_rules_papers_keys")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
