"""Facts as they are read: in a lesson, in the law library, and by those who still have to confirm them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail_localize.strings import StringValue

from content.models import Fact, FactVersion, SourceText, TranslationPublication
from content.renditions import SOURCE, Notice, noticed, renditions
from core.languages import Spoken

SOON: Final = timedelta(days=60)
JURISDICTIONS: Final = {
    "international": _("International"),
    "asean": _("ASEAN"),
    "mekong": _("The Mekong"),
    "bilateral": _("Between two countries"),
    "myanmar": _("Myanmar"),
    "thailand": _("Thailand"),
}
LIBRARY: Final = (Fact.Kind.PROVISION, Fact.Kind.BODY, Fact.Kind.TELEPHONE)


@dataclass(frozen=True)
class FactInfo:
    """A fact in one language on one day; what is not translated is in English, and the source decides everything but the words.

    title: what it is about, which may always be said. text, telephone: empty where they are held back and were not asked for by
    those who confirm them. notice: what is to be said of the translation. reviewers: who has to confirm it, in words; waits_for:
    their flags, none once somebody did. version: its number. source_id: the row that an editor changes.
    """

    source_id: int
    key: UUID
    code: str
    kind: str
    jurisdiction: str
    version: int
    title: Spoken
    text: Spoken
    notice: Notice
    telephone: str
    owner: str
    sources: str
    valid_from: date | None
    checked_on: date | None
    recheck_on: date | None
    reviewer: str
    reviewers: tuple[Any, ...]
    waits_for: str
    is_withdrawn: bool
    is_shown: bool
    is_past: bool
    is_due_soon: bool

    @property
    def is_in_library(self) -> bool:
        """Whether it has an entry in the law library."""
        return self.kind in LIBRARY and not self.is_withdrawn

    @property
    def call(self) -> str:
        """The number as a telephone dials it."""
        return self.telephone.replace(" ", "")


def read_facts(
    language: str, *, on: date, codes: Collection[str] | None = None, to_confirm: bool = False
) -> list[FactInfo]:
    """Facts by their codes, or every one, in the order of their codes. One query.

    on: the day on which they are read. to_confirm: with the text also of what is held back, for those who confirm it.
    """
    rows = Fact.objects.all() if codes is None else Fact.objects.filter(code__in=codes)
    found = [_info(row, source, on, to_confirm=to_confirm) for row, source in renditions(_annotated(rows), language)]
    return sorted(found, key=lambda one: (len(one.code), one.code))


def _annotated(rows: QuerySet[Fact]) -> QuerySet[Any]:
    """Facts with the number of their version, and what is known of them as translations."""
    key = OuterRef("translation_key")
    live = TranslationPublication.objects.filter(translation_key=key, locale=OuterRef("locale")).order_by("-pk")
    return rows.annotate(
        version=Subquery(FactVersion.objects.filter(fact_key=key).order_by("-number").values("number")[:1]),
        said=Subquery(SourceText.objects.filter(pk=key).values("sha256")[:1]),
        translated=Subquery(live.values("source_sha256")[:1]),
        is_reviewed=Subquery(live.values("is_reviewed")[:1]),
    )


def _notice(row: Any) -> Notice:
    return noticed(row.translated, row.said, row.is_reviewed)


def _info(row: Any, source: Any, on: date, *, to_confirm: bool) -> FactInfo:
    is_past = source.is_past(on)
    is_shown = source.is_shown and not (source.kind == Fact.Kind.TELEPHONE and is_past)
    if _notice(row) == "outdated" and source.status == Fact.Status.APPROVED:
        row = source  # nobody confirmed what the translation still says
    language = row.locale.language_code
    return FactInfo(
        source_id=source.pk,
        key=source.translation_key,
        code=source.code,
        kind=source.kind,
        jurisdiction=source.jurisdiction,
        version=source.version or 1,
        title=Spoken(row.title, language) if row.title else Spoken(source.title, source.locale.language_code),
        text=Spoken(row.text if is_shown or to_confirm else "", language),
        notice=_notice(row),
        telephone=source.telephone if is_shown or to_confirm else "",
        owner=source.owner,
        sources=source.sources,
        valid_from=source.valid_from,
        checked_on=source.checked_on,
        recheck_on=source.recheck_on,
        reviewer=source.reviewer,
        reviewers=tuple(source.reviewers),
        waits_for=source.asks if source.status == Fact.Status.DRAFT else "",
        is_withdrawn=source.status == Fact.Status.WITHDRAWN,
        is_shown=is_shown,
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


# --- As it was ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Former:
    """A fact as it stood from a moment on. title, text: in a reader's language where that wording was translated, else in its own."""

    number: int
    recorded_at: datetime
    title: Spoken
    text: Spoken
    telephone: str
    sources: str
    status: str
    checked_on: date | None
    reviewer: str


def former_versions(fact: FactInfo, language: str, *, to_confirm: bool = False) -> list[Former]:
    """The versions before the present one, the newest first. Two queries.

    While the present one is held back, only those that somebody approved. to_confirm: also what was held back, and telephone
    numbers, which nobody else finds here: a former one is a wrong one.
    """
    rows = FactVersion.objects.filter(fact_key=fact.key, number__lt=fact.version).order_by("-number")
    live = TranslationPublication.objects.filter(translation_key=fact.key, locale__language_code=language)
    said = {
        (path, source): target
        for texts in live.order_by("pk").values_list("texts", flat=True)
        for path, source, target in texts
    }

    def spoken(row: FactVersion, name: str) -> Spoken:
        text: str = getattr(row, name)
        target = said.get((name, StringValue.from_plaintext(text).data))
        return Spoken(StringValue(target).render_text(), language) if target else Spoken(text, SOURCE)

    return [
        Former(
            number=row.number,
            recorded_at=row.recorded_at,
            title=spoken(row, "title"),
            text=spoken(row, "text"),
            telephone=row.telephone,
            sources=row.sources,
            status=row.get_status_display(),
            checked_on=row.checked_on,
            reviewer=row.reviewer,
        )
        for row in rows
        if to_confirm
        or (
            row.kind != Fact.Kind.TELEPHONE and (row.status == Fact.Status.APPROVED or (row.is_shown and fact.is_shown))
        )
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
