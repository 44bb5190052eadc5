"""The life of a file that comes in: examined, stored on somebody's word, undone. Every step may be cut off and run again."""

import io
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override

from core import audit
from core.errors import DomainError
from core.tables import MAX_BYTES, Notice, read_table
from core.templatetags.burmese import digits
from people.access import Reach
from people.audit import BROUGHT_IN
from people.exchange import undoing
from people.exchange.cohorts import CohortIntake
from people.exchange.columns import COLUMNS, EXAMPLE, match
from people.exchange.errors import ColumnsMissing, FileForgotten, NothingInIt, NotWhole
from people.exchange.people import PeopleIntake, make_findable
from people.exchange.rows import Examined, Intake, pieces, reach_of
from people.exchange.units import UnitIntake
from people.models import ImportRow, PeopleImport, Person
from people.models.imports import LEASE, WORKING

State, Kind = PeopleImport.State, PeopleImport.Kind
INTAKES: Final[dict[str, Callable[..., Intake]]] = {
    Kind.PEOPLE: PeopleIntake,
    Kind.UNITS: UnitIntake,
    Kind.COHORTS: CohortIntake,
}

MADE: Final = ("people", "units", "cohorts", "joined", "changed")  # what is counted of what a file made


def visible_imports(viewer: Person, reach: Reach) -> QuerySet[PeopleImport]:
    """Files that a viewer brought in; for who reaches everything, everybody's."""
    return PeopleImport.objects.filter(Q() if reach.everything else Q(brought_in_by=viewer)).defer("file")


def receive(kind: str, data: bytes, name: str, *, by: Person | None) -> PeopleImport:
    """Keep a file that was sent; `run` examines it. data: at most what `read_table` takes, it refuses more."""
    return PeopleImport.objects.create(
        kind=kind, file=data[: MAX_BYTES + 1], name=name[:150] or "–", language=get_language() or "my", brought_in_by=by
    )


def confirm(came: PeopleImport, *, whole: bool, change_existing: bool) -> PeopleImport:
    """Say that a file that was examined is to be stored; `run` does it. Said twice, it is said once.

    Raises NotWhole where all or nothing is chosen and rows are faulty, FileForgotten where the rows are gone.
    """
    with transaction.atomic():
        came = PeopleImport.objects.select_for_update().get(pk=came.pk)
        if came.state != State.EXAMINED:
            return came
        if not came.rows.exists():
            raise FileForgotten
        refused = came.rows.filter(outcome=ImportRow.Outcome.REFUSED).count()
        if whole and refused:
            raise NotWhole(many=digits(refused))
        came.is_whole, came.changes_existing = whole, change_existing
        return _enter(came, State.STORING, total=_pending(came).count())


def undo(came: PeopleImport) -> PeopleImport:
    """Say that everything a file made is to be taken back; `run` does it. Raises UndoRefused."""
    with transaction.atomic():
        came = PeopleImport.objects.select_for_update().get(pk=came.pk)
        if came.state != State.STORED:
            return came
        return _enter(came, State.UNDOING, total=undoing.count(came))


def again(came: PeopleImport) -> PeopleImport:
    """Have a file examined anew, as something was mended here meanwhile. Raises FileForgotten."""
    with transaction.atomic():
        came = PeopleImport.objects.select_for_update().get(pk=came.pk)
        if came.state != State.EXAMINED:
            return came
        if not came.file:
            raise FileForgotten
        return _enter(came, State.WAITING, total=0)


def drop(came: PeopleImport) -> PeopleImport:
    """Leave a file: nothing of it is stored, and its rows go now."""
    with transaction.atomic():
        came = PeopleImport.objects.select_for_update().get(pk=came.pk)
        if came.state in (State.EXAMINED, State.REFUSED):
            came.rows.all().delete()
            came.file = None
            _enter(came, State.DROPPED, total=0)
        return came


def _enter(came: PeopleImport, state: PeopleImport.State, *, total: int, **also: Any) -> PeopleImport:
    came.state, came.total, came.done, came.lease_until = state, total, 0, None
    for name, value in also.items():
        setattr(came, name, value)
    came.save()
    return came


# --- What the task does ------------------------------------------------------------------------------------------------


def run(came: PeopleImport) -> PeopleImport:
    """Do what is due for a file: examine, store or undo. Nothing where somebody else is at it, or nothing is due.

    Cut off anywhere, the next run goes on from the last piece.
    """
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    due = PeopleImport.objects.filter(free, pk=came.pk, state__in=WORKING)
    if not due.update(lease_until=now + LEASE, updated_at=now):
        return PeopleImport.objects.get(pk=came.pk)
    came = PeopleImport.objects.get(pk=came.pk)
    with override(came.language):
        try:
            {State.WAITING: _examine, State.STORING: _store, State.UNDOING: _undo}[State(came.state)](came)
        except BaseException:
            # Whoever looks next may go on at once.
            PeopleImport.objects.filter(pk=came.pk).update(lease_until=None)
            raise
    return PeopleImport.objects.get(pk=came.pk)


def take_up(*, at: datetime) -> int:
    """Go on with the files at which nobody is any more: whoever was, died over them. Returns how many are done."""
    left = [came for came in working() if came.stands_still(at=at)]
    return sum(not run(came).is_working for came in left)


def working() -> QuerySet[PeopleImport]:
    """Files at which a task is, or should be."""
    return PeopleImport.objects.filter(state__in=WORKING).defer("file").order_by("pk")


def _went_on(came: PeopleImport, by: int) -> None:
    """One piece more is done, and the lease begins anew."""
    came.done += by
    now = timezone.now()
    PeopleImport.objects.filter(pk=came.pk).update(done=came.done, lease_until=now + LEASE, updated_at=now)


def _intake(came: PeopleImport, **options: Any) -> Intake:
    return INTAKES[came.kind](reach_of(came.brought_in_by), **options)


def _examine(came: PeopleImport) -> None:
    came.rows.all().delete()
    try:
        rows, examples = _read(came)
    except DomainError as error:
        _enter(came, State.REFUSED, total=0, refusal=str(error), file=None)
        return
    intake, counts = _intake(came), Counter({"example": examples})
    came.total, came.done = len(rows), 0
    came.save(update_fields=["total", "done", "headings", "unused"])
    for piece in pieces(rows, intake.piece):
        intake.examine(piece)
        ImportRow.objects.bulk_create((row.as_row(came) for row in piece), batch_size=1000)
        counts.update(str(row.outcome) for row in piece)
        counts["noted"] += sum(1 for row in piece if row.notes and not row.faults)
        _went_on(came, len(piece))
    _enter(came, State.EXAMINED, total=len(rows), counts=dict(counts))


def _read(came: PeopleImport) -> tuple[list[Examined], int]:
    """The rows of a file by column, without those that are examples, and how many these are. Raises DomainError."""
    table = read_table(io.BytesIO(came.file or b""), came.name, otherwise="each")
    matched = match(came.kind, table.headings)
    if matched.missing:
        raise ColumnsMissing(columns=", ".join(f"“{one.heading}”" for one in matched.missing))
    came.headings, came.unused = matched.headings, matched.unused
    column_of = {heading: name for name, heading in matched.headings.items()}
    places = [(column_of[heading], place) for place, heading in enumerate(table.headings) if heading in column_of]
    rows, examples = [], 0
    for one in table.rows:
        cells = {name: one.cells[place] for name, place in places}
        if not any(cells.values()):
            continue
        if EXAMPLE in {cell.upper() for cell in cells.values()}:
            examples += 1
            continue
        rows.append(Examined(number=one.number, cells=cells))
    if not rows:
        raise NothingInIt
    _converted(rows, table.notices, column_of)
    return rows, examples


def _converted(rows: Sequence[Examined], notices: Sequence[Notice], column_of: dict[str, str]) -> None:
    """Put what was converted from Zawgyi beside the rows."""
    by_number = {row.number: row for row in rows}
    for notice in notices:
        if notice.code == "zawgyi" and (row := by_number.get(notice.row)) and notice.column in column_of:
            row.note("zawgyi", column=column_of[notice.column], before=notice.before[:60], after=notice.after[:60])


def _pending(came: PeopleImport) -> QuerySet[ImportRow]:
    """Rows that are to be stored and are not yet."""
    wanted = [ImportRow.Outcome.NEW, *([ImportRow.Outcome.CHANGED] if came.changes_existing else [])]
    return came.rows.filter(outcome__in=wanted, is_done=False).order_by("number")


def _store(came: PeopleImport) -> None:
    """Store what is to be stored. That it is done, and who did it, holds with the last of its rows or not at all."""
    if came.is_whole:
        with transaction.atomic():
            is_more = True
            while is_more:
                is_more = _store_piece(came)
                if came.rows.filter(outcome=ImportRow.Outcome.REFUSED).exists():
                    transaction.set_rollback(True)
                    break
            else:
                _close(came)
        if came.state != State.STORED:
            # Somebody changed something here after the file was examined: it is looked at anew, with nothing stored.
            _enter(came, State.WAITING, total=0, is_whole=None, counts={})
            _examine(came)
            return
    else:
        while _store_piece(came):
            pass
    # It takes as long as storing and needs no lock of the others; whom it does not come to, the day's duty finds.
    make_findable(came)


def _store_piece(came: PeopleImport) -> bool:
    """Store the next rows, as they are found now, in one transaction; with the last of those that are stored without the others, close the file.
    Whether there are more."""
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                _store_rows(came)
                is_more = _pending(came).exists()
                if not is_more and not came.is_whole:
                    _close(came)
                return is_more
        except IntegrityError:
            # Somebody stored the same meanwhile; looked at again, it is here already.
            if attempt == 2:
                raise
    return False


def _store_rows(came: PeopleImport) -> None:
    PeopleImport.objects.select_for_update().get(pk=came.pk, state=State.STORING)
    intake = _intake(came, is_storing=True)
    stored = list(_pending(came)[: intake.piece])
    if not stored:
        return
    rows = [Examined(number=row.number, cells=row.cells) for row in stored]
    intake.examine(rows)
    good = [row for row in rows if not row.faults and (not row.is_here or came.changes_existing)]
    counts = Counter(came.counts.get("made", {}))
    counts.update({name: many for name, many in intake.store(good, came, at=timezone.now()).items() if many})
    came.counts = {**came.counts, "made": dict(counts)}
    came.save(update_fields=["counts"])
    found, taken = {row.number: row for row in rows}, {row.number for row in good}
    other = [row for row in stored if found[row.number].outcome != row.outcome]
    for row in other:  # something changed here since the file was examined
        now = found[row.number]
        row.outcome, row.faults, row.changes = now.outcome, now.faults, now.changes
    ImportRow.objects.bulk_update(other, ["outcome", "faults", "changes"], batch_size=200)
    came.rows.filter(pk__in=[row.pk for row in stored if row.number in taken]).update(is_done=True)
    _went_on(came, len(stored))


def _close(came: PeopleImport) -> None:
    counts = Counter(came.rows.values_list("outcome", flat=True))
    counts["example"], made = came.counts.get("example", 0), came.counts.get("made", {})
    noted = came.counts.get("noted", 0)
    _enter(
        came, State.STORED, total=came.total, counts={**counts, "noted": noted, "made": made}, stored_at=timezone.now()
    )
    audit.record(
        BROUGHT_IN, by=came.brought_in_by, about=came, kind=came.kind, whole=came.is_whole, made=made,
        refused=counts[ImportRow.Outcome.REFUSED],
    )  # fmt: skip


def _undo(came: PeopleImport) -> None:
    undoing.take_back(came, went_on=lambda many: _went_on(came, many))


def columns_of(came: PeopleImport) -> list[str]:
    """The columns that a file has, in the order of the template."""
    return [one.name for one in COLUMNS[came.kind] if one.name in came.headings]
