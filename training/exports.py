"""Attendance, as a table for the office."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.exporting import Column, Export, Line, Within, register
from people.exchange.exports import PERSON, in_pieces, person_cells
from training.models import Attendance


def _rows(scope: Within) -> Iterator[Line]:
    rows = Attendance.objects.filter(person__in=scope.people, session__cancelled_at=None)
    rows = rows.select_related("person__unit", "session__cohort", "session__unit", "mark")
    for one in in_pieces(rows.order_by("person__sort_key", "person", "session__starts_at", "pk")):
        session = one.session
        yield (
            one.person_id,
            [
                *person_cells(one.person),
                session.cohort.name_my or session.cohort.name_en,
                session.course_code,
                session.course_version,
                " ".join(session.modules),
                session.starts_at,
                session.ends_at,
                session.place,
                session.unit.code if session.unit else "",
                one.status,
                one.mark.how,
                one.mark.marked_at,
            ],
        )


ATTENDANCE: Final = register(
    Export(
        "attendance",
        _("Attendance"),
        _("Who was at which session, and how that is known."),
        (
            *PERSON,
            Column("အုပ်စု", "Group"),
            Column("သင်တန်း", "Course"),
            Column("မူ", "Version"),
            Column("သင်ခန်းစာအုပ်စုများ", "Modules"),
            Column("စတင်ချိန်", "Begins"),
            Column("ပြီးဆုံးချိန်", "Ends"),
            Column("နေရာ", "Place"),
            Column("ဌာနခွဲ", "Unit"),
            Column("တက်ရောက်မှု", "Attendance"),
            Column("မည်သို့ သိရ", "Known by"),
            Column("မှတ်သားချိန်", "Marked"),
        ),
        _rows,
    )
)
