"""What has to be ready before a session: some things always, and the materials of its guides. Ticks are rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import Person
from training.guiding.timetable import Planned
from training.models import SessionCheck, TrainingSession

ALWAYS: Final = {
    "read": _("The guide is read to the end, and the parts are shared out between the trainers"),
    "law": _("The text in force is at hand for every question about the law, or the name of whom to ask"),
    "room": _("Chairs stand in small groups, there is water, and everybody can reach the room"),
    "languages": _("It is known which languages the learners speak, and who helps whom"),
    "support": _("It is known who helps when somebody is distressed, and how to reach that person"),
    "list": _("The list to sign is printed"),
    "power": _("There is a way to go on without power or screen"),
}


@dataclass(frozen=True)
class Check:
    """One thing on the list. text: of what is always needed; item, quantity, module: of a material."""

    key: str
    text: Any
    tick: SessionCheck | None
    item: str = ""
    quantity: int | None = None
    is_printed: bool = False
    module: str = ""


def checklist(session: TrainingSession, modules: Sequence[Planned]) -> list[Check]:
    """The list of a session. One query."""
    ticked = {one.key: one for one in session.checks.select_related("ticked_by")}
    found = [Check(key, text, ticked.get(key)) for key, text in ALWAYS.items()]
    for module in modules:
        for one, quantity in module.materials:
            found.append(Check(one.id, "", ticked.get(one.id), one.item, quantity, one.is_printed, module.code))
    return found


@transaction.atomic
def tick(
    session: TrainingSession, keys: Collection[str], *, off: Collection[str] = (), by: Person, at: datetime
) -> None:
    """Tick some things and take the tick of others away. What is ticked already keeps who ticked it first."""
    session.checks.filter(key__in=off).delete()
    rows = [SessionCheck(session=session, key=key, ticked_by=by, ticked_at=at) for key in keys]
    SessionCheck.objects.bulk_create(rows, ignore_conflicts=True)
