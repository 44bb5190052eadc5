"""Statements as a table for the office."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.exporting import Column, Export, Line, Within, register
from people.exchange.exports import PERSON, in_pieces, person_cells
from records.models import Statement


def _rows(scope: Within) -> Iterator[Line]:
    found = Statement.objects.filter(person__in=scope.people).select_related("person__unit")
    for one in in_pieces(found.order_by("person__sort_key", "person", "stored_at", "pk")):
        score = one.body.get("result", {}).get("score", {})
        yield (
            one.person_id,
            [
                *person_cells(one.person),
                one.verb,
                one.object_id,
                score.get("raw"),
                score.get("max"),
                str(one.registration),
                one.stored_at,
            ],
        )


STATEMENTS: Final = register(
    Export(
        "statements",
        _("Practice in activities (xAPI)"),
        _("What was done in H5P and SCORM activities. Points are practice: most are not checked by the server."),
        (
            *PERSON,
            Column("လုပ်ဆောင်မှု", "Verb"),
            Column("လုပ်ဆောင်ချက်", "Activity"),
            Column("ရမှတ်", "Points"),
            Column("အမှတ်အများဆုံး", "Most points"),
            Column("ကြိုးစားမှု", "Attempt"),
            Column("သိမ်းသည့်အချိန်", "Stored at"),
        ),
        _rows,
    )
)
