"""What of the grid is looked at: kept in the address, so that it can be passed on and printed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.search import matching
from courses.catalogue import CourseInfo, ModuleInfo
from people.models import Person
from training.queries import GridRow

# What can be shown: value -> its name, and who is shown. Of one module, begun and done are those of the module.
SHOWN: Final[Mapping[str, tuple[Any, Callable[[GridRow], bool]]]] = {
    "attention": (_("Who needs attention"), lambda row: row.needs_attention),
    "overdue": (_("Overdue"), lambda row: row.is_overdue),
    "stuck": (_("Nothing for seven days"), lambda row: row.is_stuck),
    "attempt": (_("Needs one more attempt"), lambda row: row.needs_attempt),
    "none": (_("Not begun"), lambda row: not row.last_active_at and not row.is_completed),
    "done": (_("Completed"), lambda row: row.is_completed),
}
OF_MODULE: Final[Mapping[str, Callable[[GridRow], bool]]] = {
    "none": lambda row: row.cells[0].state == "none",
    "done": lambda row: row.cells[0].state == "done",
}


@dataclass(frozen=True)
class Filter:
    """unit: its code, or "". module: the one that is looked at, or None for all. show: a key of SHOWN, or "". asked: words of a name or a
    service number."""

    unit: str
    module: ModuleInfo | None
    show: str
    asked: str

    @classmethod
    def of(cls, query: QueryDict, course: CourseInfo | None) -> "Filter":
        """As the address says; what it cannot say is left out."""
        modules = {one.code: one for one in course.modules} if course else {}
        show = query.get("show", "")
        return cls(
            query.get("unit", ""),
            modules.get(query.get("module", "")),
            show if show in SHOWN else "",
            " ".join(query.get("q", "").split())[:100],
        )

    def people(self, learners: QuerySet[Person]) -> QuerySet[Person]:
        """Those of the unit whose name or number holds what was asked."""
        if self.unit:
            learners = learners.filter(unit__code=self.unit)
        return matching(learners, self.asked) if self.asked else learners

    def rows(self, rows: Sequence[GridRow]) -> list[GridRow]:
        """Those that are to be shown; of one module they come with its cell."""
        if not self.show:
            return list(rows)
        keep = (OF_MODULE if self.module else {}).get(self.show) or SHOWN[self.show][1]
        return [row for row in rows if keep(row)]
