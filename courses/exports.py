"""Enrolments with their progress, as a table for the office."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.exporting import Column, Export, Line, Within, register
from courses.models import Completion, Enrolment
from people.exchange.exports import PERSON, in_pieces, person_cells

Requirement = Completion.Requirement


def _rows(scope: Within) -> Iterator[Line]:
    mine = Enrolment.objects.filter(person__in=scope.people)
    done: Counter[tuple[int, str]] = Counter()
    met = Completion.objects.filter(enrolment__in=mine, requirement__in=[Requirement.LESSON, Requirement.MODULE])
    for pair in in_pieces(met.values_list("enrolment", "requirement")):
        done[pair] += 1
    for one in in_pieces(mine.select_related("person__unit", "cohort").order_by("person__sort_key", "person", "pk")):
        yield (
            one.person_id,
            [
                *person_cells(one.person),
                (one.cohort.name_my or one.cohort.name_en) if one.cohort else "",
                one.course_code,
                one.status,
                one.created_at,
                one.due_on,
                done[one.pk, Requirement.LESSON],
                done[one.pk, Requirement.MODULE],
                one.completed_at,
                one.last_active_at,
            ],
        )


ENROLMENTS: Final = register(
    Export(
        "enrolments",
        _("Enrolments and progress"),
        _("Who takes which course, until when, and how far they are."),
        (
            *PERSON,
            Column("အုပ်စု", "Group"),
            Column("သင်တန်း", "Course"),
            Column("အခြေအနေ", "Status"),
            Column("စာရင်းသွင်းချိန်", "Enrolled"),
            Column("နောက်ဆုံးရက်", "Due"),
            Column("ပြီးမြောက်သော သင်ခန်းစာ", "Lessons complete"),
            Column("ပြီးမြောက်သော သင်ခန်းစာအုပ်စု", "Modules complete"),
            Column("ပြီးမြောက်ချိန်", "Completed"),
            Column("နောက်ဆုံး လှုပ်ရှားချိန်", "Last active"),
        ),
        _rows,
    )
)
