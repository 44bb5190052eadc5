"""Facts as they are read: in a lesson, in the law library, and by those who still have to confirm them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from content.models import Fact
from content.renditions import renditions
from core.languages import Spoken

SOON: Final = timedelta(days=60)
JURISDICTIONS: Final = {"international": _("International"), "asean": _("ASEAN"), "myanmar": _("Myanmar")}
LIBRARY: Final = (Fact.Kind.PROVISION, Fact.Kind.BODY, Fact.Kind.TELEPHONE)


@dataclass(frozen=True)
class FactInfo:
    """A fact in one language on one day; what is not translated is in English, and the source decides everything but the words.

    text: empty where it is held back and was not asked for by those who confirm it. reviewers: who has to confirm it, in words;
    waits_for: their flags, none once somebody did. source_id: the row that an editor changes.
    """

    source_id: int
    code: str
    kind: str
    jurisdiction: str
    text: Spoken
    sources: str
    checked_on: date | None
    recheck_on: date | None
    reviewer: str
    reviewers: tuple[Any, ...]
    waits_for: str
    is_withdrawn: bool
    is_shown: bool
    is_past: bool
    is_due_soon: bool


def read_facts(
    language: str, *, on: date, codes: Collection[str] | None = None, to_confirm: bool = False
) -> list[FactInfo]:
    """Facts by their codes, or every one, in the order of their codes. One query.

    on: the day on which they are read. to_confirm: with the text also of what is held back, for those who confirm it.
    """
    rows = Fact.objects.all() if codes is None else Fact.objects.filter(code__in=codes)
    found = [_info(row, source, on, to_confirm=to_confirm) for row, source in renditions(rows, language)]
    return sorted(found, key=lambda one: (len(one.code), one.code))


def _info(row: Fact, source: Fact, on: date, *, to_confirm: bool) -> FactInfo:
    is_past = source.is_past(on)
    return FactInfo(
        source_id=source.pk,
        code=source.code,
        kind=source.kind,
        jurisdiction=source.jurisdiction,
        text=Spoken(row.text if source.is_shown or to_confirm else "", row.locale.language_code),
        sources=source.sources,
        checked_on=source.checked_on,
        recheck_on=source.recheck_on,
        reviewer=source.reviewer,
        reviewers=tuple(source.reviewers),
        waits_for=source.flags if source.status == Fact.Status.DRAFT else "",
        is_withdrawn=source.status == Fact.Status.WITHDRAWN,
        is_shown=source.is_shown,
        is_past=is_past,
        is_due_soon=source.recheck_on is not None and not is_past and source.recheck_on <= on + SOON,
    )


# --- The law library -------------------------------------------------------------------------------------------------------


def library(language: str, *, on: date) -> list[tuple[Fact.Kind, list[tuple[Any, list[FactInfo]]]]]:
    """Provisions, bodies and telephone numbers, each under its jurisdiction; what was withdrawn is not there. One query."""
    told = list(JURISDICTIONS)

    def place(one: FactInfo) -> tuple[int, str]:
        return (told.index(one.jurisdiction) if one.jurisdiction in told else len(told), one.jurisdiction)

    found = sorted((one for one in read_facts(language, on=on) if not one.is_withdrawn), key=place)
    return [
        (
            kind,
            [
                (JURISDICTIONS.get(name, name), list(group))
                for name, group in groupby((one for one in found if one.kind == kind), key=lambda one: one.jurisdiction)
            ],
        )
        for kind in LIBRARY
    ]


# --- What waits for somebody -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToConfirm:
    """What waits: for each kind of reviewer (by flag, in words) the facts; those past their day, and those soon to be."""

    waiting: tuple[tuple[str, Any, tuple[FactInfo, ...]], ...]
    past: tuple[FactInfo, ...]
    soon: tuple[FactInfo, ...]

    @property
    def count(self) -> int:
        """How many facts wait for a reviewer or are past their day, each counted once."""
        return len({one.code for _flag, _who, facts in self.waiting for one in facts} | {one.code for one in self.past})


def to_confirm(language: str, *, on: date) -> ToConfirm:
    """What somebody has to confirm, on a day. One query."""
    found = [one for one in read_facts(language, on=on, to_confirm=True) if not one.is_withdrawn]
    return ToConfirm(
        waiting=tuple(
            (flag, who, tuple(one for one in found if flag in one.waits_for)) for flag, who in Fact.REVIEWERS.items()
        ),
        past=tuple(one for one in found if one.is_past),
        soon=tuple(one for one in found if one.is_due_soon),
    )
