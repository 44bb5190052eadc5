"""Certificates, as a table for the office."""

from collections.abc import Iterator
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.life import status_of
from certificates.models import Certificate
from core.exporting import Column, Export, Line, Within, register
from people.exchange.exports import PERSON, in_pieces, person_cells


def _rows(scope: Within) -> Iterator[Line]:
    today = timezone.localdate()
    found = Certificate.objects.filter(person__in=scope.people).select_related("person__unit", "rule", "superseded_by")
    for one in in_pieces(found.prefetch_related("events").order_by("serial")):
        yield (
            one.person_id,
            [*person_cells(one.person), one.serial, one.rule.code, status_of(one, on=today), one.issued_at, one.valid_until],
        )  # fmt: skip


CERTIFICATES: Final = register(
    Export(
        "certificates",
        _("Certificates"),
        _("Serial, course, status and dates. The code by which a certificate is verified is not in it."),
        (
            *PERSON,
            Column("အမှတ်စဉ်", "Serial"),
            Column("သင်တန်း", "Course"),
            Column("အခြေအနေ", "Status"),
            Column("ထုတ်ပေးချိန်", "Issued"),
            Column("သက်တမ်းကုန်ရက်", "Valid until"),
        ),
        _rows,
    )
)
