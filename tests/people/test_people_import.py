"""Bringing people in: what is told of a file, what is stored of it, and what is taken back."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from core.doctor import CHECKS
from core.duties import DUTIES
from core.personal import purge
from core.search import matching
from core.tables import read_table, write_csv, write_xlsx
from people.exchange import importing, retention, sheets
from people.exchange.columns import COLUMNS, Kind, match
from people.exchange.errors import FileForgotten, NotWhole, UndoRefused
from people.exchange.faults import FAULTS, NOTES, worded
from people.exchange.rows import reach_of
from people.models import Cohort, CohortMembership, ImportRow, PeopleImport, Person, Unit
from people.roles import grant_role
from records.models import AuditEntry
from tests.factories import CohortFactory, PersonFactory, UnitFactory
from tests.people import sheets as lists

pytestmark = pytest.mark.django_db

State = PeopleImport.State
BASIC = ["Service number", "Name in Burmese", "Unit"]


@pytest.fixture
def registrar() -> Person:
    return lists.make_world()


def examined(data: bytes, by: Person | None, kind: str = Kind.PEOPLE) -> PeopleImport:
    return importing.run(importing.receive(kind, data, "list.xlsx", by=by))


def stored(came: PeopleImport, *, whole: bool = False, change_existing: bool = False) -> PeopleImport:
    return importing.run(importing.confirm(came, whole=whole, change_existing=change_existing))


def faults(came: PeopleImport) -> dict[int, set[str]]:
    """Row -> the codes of what is told of it."""
    return {row.number: {code for code, _v in row.faults} for row in came.rows.exclude(faults=[])}


def notes(came: PeopleImport) -> dict[int, list[str]]:
    return {row.number: [code for code, _v in row.notes] for row in came.rows.exclude(notes=[]).order_by("number")}


def sentences(came: PeopleImport, number: int) -> list[str]:
    row = came.rows.get(number=number)
    return worded(came.kind, row.faults, FAULTS) + worded(came.kind, row.notes, NOTES)


def small(*rows, headings=BASIC) -> bytes:
    return write_xlsx(headings, rows)


# --- A thousand rows with thirty faults ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_of_a_thousand_rows_exactly_the_thirty_faults_are_told_and_nothing_is_stored(form, registrar):
    sheet, before = lists.faulty(), Person.objects.count()
    came = examined(getattr(sheet, form)(), registrar)
    assert len(sheet.faults) == 30
    assert (came.state, faults(came)) == (State.EXAMINED, sheet.faults)
    assert came.counts == {"new": 970, "refused": 30, "noted": 2, "example": 0}
    told = {row: codes for row, codes in notes(came).items() if row not in sheet.faults}
    assert told == {5: ["number"], 6: ["zawgyi"]}
    assert Person.objects.count() == before


def test_the_mended_file_goes_in_whole(registrar):
    came = stored(examined(lists.mended().xlsx(), registrar), whole=True)
    assert (came.state, came.counts["made"]) == (State.STORED, {"people": 1000, "joined": 1})
    person = Person.objects.get(service_number="IMM-000005")
    assert (person.name_my, person.unit.code, person.language, person.brought_by) == ("ဒေါ်မြတ်နိုးဝင်း", "LWK-P3", "en", came)  # fmt: skip
    assert not person.has_usable_password()
    assert person.sort_key == person.key_of_name()
    assert [one.service_number for one in matching(Person.objects.all(), "မြတ်နိုးဝင်း")] == ["IMM-000005"]
    assert Cohort.objects.get(name_en="Group one").people.get().service_number == "IMM-000006"


def test_the_good_rows_go_in_and_the_marked_file_comes_back_mended(registrar):
    sheet = lists.faulty()
    came = stored(examined(sheet.xlsx(), registrar))
    assert came.counts["made"]["people"] == 970
    marked = sheets.marked(came, came.rows.filter(outcome="refused").order_by("number"))
    book = [list(row) for row in load_workbook(io.BytesIO(marked)).active.iter_rows(values_only=True)]
    assert [row[6] for row in book[1:]] == sorted(sheet.faults)
    assert all(row[8] for row in book[1:])
    good = {row[0] + 1: row for row in lists.mended().rows}
    for row in book[1:]:
        whole = good[row[6]]
        row[:6] = [whole[place] for place in (lists.NUMBER, lists.MY, lists.LATIN, lists.UNIT, lists.LANGUAGE, lists.GROUP)]  # fmt: skip
    again = examined(write_xlsx(book[0], book[1:]), registrar)
    assert (faults(again), again.counts["new"]) == ({}, 30)
    assert stored(again, whole=True).counts["made"] == {"people": 30}
    assert Person.objects.filter(service_number__startswith="IMM-0").count() == 1000


def test_all_or_nothing_is_refused_while_a_row_is_faulty(registrar):
    came = examined(lists.faulty(100).xlsx(), registrar)
    with pytest.raises(NotWhole), override("en"):
        importing.confirm(came, whole=True, change_existing=False)
    came.refresh_from_db()
    assert (came.state, Person.objects.filter(brought_by=came).count()) == (State.EXAMINED, 0)


def test_a_fault_is_told_with_what_may_have_been_meant(registrar):
    came = examined(small(["IMM-1", "ဒေါ်နီလာ", "ရန်ကုံလေဆိပ်"], ["IMM-2", "ဒေါ်သီတာ", "Front desk"]), registrar)
    with override("en"):
        assert sentences(came, 2) == ["The unit “ရန်ကုံလေဆိပ်” is not known. Did you mean “ရန်ကုန်လေဆိပ်”?"]
        assert sentences(came, 3) == ["Several units are called “Front desk”: “LWK-D1”, “LWK-D2”. Write the code."]


def test_nobody_is_brought_into_a_closed_unit(registrar):
    Unit.objects.filter(code="LWK-D1").update(closed_at=timezone.now())
    came = examined(small(["IMM-1", "ဒေါ်နီလာ", "LWK-D1"]), registrar)
    with override("en"):
        assert sentences(came, 2) == ["The unit “LWK-D1” is closed. Write one that is open."]


# --- Columns -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("service number", "service_number"), ("ဝန်ထမ်းအမှတ်", "service_number"), ("SERVICE_NO", "service_number"), (" Staff  Number * ", "service_number"),
        ("အမည်", "name_my"), ("ဝန်ထမ်းအမှတ် / Service number *", "service_number"), ("Name", "name_my"), ("Name (English)", "name_latin"), ("Name (as on the card)", "name_my"), ("English name", "name_latin"),
        ("ဌာန", "unit"), ("Unit code", "unit"), ("Batch", "cohort"), ("Rank", None), ("နေရပ်", None),
    ],
)  # fmt: skip
def test_a_column_is_known_by_its_heading_in_either_language(heading, name):
    assert list(match(Kind.PEOPLE, [heading]).headings) == ([name] if name else [])


def test_columns_may_stand_in_any_order_and_what_is_not_known_is_told(registrar):
    came = examined(small(["LWK-P1", "Major", "ဒေါ်နီလာ", "IMM-1"], headings=["Unit", "Rank", "အမည်", "Service no"]), registrar)  # fmt: skip
    assert (came.unused, came.headings["unit"], came.counts["new"]) == (["Rank"], "Unit", 1)


def test_a_table_without_a_column_that_is_needed_is_refused_and_the_column_named(registrar):
    with override("en"):
        came = examined(small(["IMM-1", "x"], headings=["Service number", "Rank"]), registrar)
    assert came.state == State.REFUSED
    assert "Unit" in came.refusal
    assert "Name in Burmese" in came.refusal
    assert came.file is None


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_template_comes_back_as_an_empty_list(kind, registrar):
    came = examined(sheets.template(kind, reach_of(registrar)), registrar, kind)
    assert (came.state, came.refusal != "") == (State.REFUSED, True)  # only its example is in it
    table = read_table(io.BytesIO(sheets.template(kind, reach_of(registrar))), "t.xlsx")
    matched = match(kind, table.headings)
    assert (len(matched.headings), matched.unused, matched.missing) == (len(COLUMNS[kind]), [], [])


def test_the_template_lists_only_the_units_for_which_one_brings_in(registrar):
    book = load_workbook(io.BytesIO(sheets.template(Kind.PEOPLE, reach_of(registrar))))
    codes = {row[0] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert codes == {unit.code for unit in Unit.objects.filter(agency="immigration")}


def test_the_example_of_the_template_is_left_out_beside_real_rows(registrar):
    came = examined(small(["EXAMPLE", "ဒေါ်ဥပမာ", ""], ["IMM-1", "ဒေါ်နီလာ", "LWK-P1"]), registrar)
    assert (came.counts["example"], came.counts["new"], faults(came)) == (1, 1, {})


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Service number,Unit\n", bytes(6 * 2**20)]
)
def test_a_hostile_or_empty_file_is_refused_with_a_sentence_and_forgotten(data, registrar):
    came = examined(data, registrar)
    assert (came.state, came.refusal != "", came.file, came.rows.count()) == (State.REFUSED, True, None, 0)


# --- Who is here already -----------------------------------------------------------------------------------------------


def test_who_is_here_is_changed_only_if_asked_and_only_in_what_the_file_says(registrar):
    home = Unit.objects.get(code="LWK-P1")
    same = PersonFactory(service_number="IMM-1", name_my="ဒေါ်နီလာ", name_latin="Daw Nilar", unit=home, language="my")
    other = PersonFactory(service_number="IMM-2", name_my="ဒေါ်သီတာ", name_latin="Daw Thida", unit=home, language="my")
    data = small(["IMM-1", "ဒေါ်နီလာ", "LWK-P1"], ["IMM-2", "ဒေါ်သီတာလွင်", "Muse post"], ["imm2", "", ""], ["IMM-2 ", "", "LWK-P2"])  # fmt: skip
    came = examined(data, registrar)
    assert {row.number: row.outcome for row in came.rows.all()} == {2: "same", 3: "changed", 4: "refused", 5: "refused"}
    assert came.rows.get(number=3).changes == [["name_my", "ဒေါ်သီတာ", "ဒေါ်သီတာလွင်"]]
    assert stored(came).counts["made"] == {}
    other.refresh_from_db()
    assert other.name_my == "ဒေါ်သီတာ"
    came = stored(examined(data, registrar), change_existing=True)
    other.refresh_from_db()
    same.refresh_from_db()
    assert (came.counts["made"], other.name_my, other.name_latin, other.language) == ({"changed": 1}, "ဒေါ်သီတာလွင်", "Daw Thida", "my")  # fmt: skip
    assert other in matching(Person.objects.all(), "သီတာလွင်")
    told = AuditEntry.objects.get(action="people.changed_by_import")
    assert [one.person for one in told.people.all()] == [other]


def test_who_comes_from_another_unit_is_shown_with_both(registrar):
    PersonFactory(service_number="IMM-1", name_my="ဒေါ်နီလာ", unit=Unit.objects.get(code="LWK-P1"))
    came = examined(small(["IMM-1", "ဒေါ်နီလာ", "LWK-P2"]), registrar)
    assert came.rows.get().changes == [["unit", "LWK-P1", "LWK-P2"]]


def test_somebody_of_almost_the_same_name_in_the_same_unit_is_a_warning_and_no_refusal(registrar):
    PersonFactory(service_number="IMM-1", name_my="ဒေါ်ခင်မာလာ", unit=Unit.objects.get(code="LWK-P1"))
    came = examined(
        small(["IMM-2", "မခင်မာလာ", "LWK-P1"], ["IMM-3", "ဒေါ်ခင်မာလာ", "LWK-P2"], ["IMM-4", "ခင်မာ လာ", "LWK-P2"]),
        registrar,
    )
    assert (notes(came), faults(came)) == ({2: ["similar"], 4: ["similar_row"]}, {})


# --- Within reach ------------------------------------------------------------------------------------------------------


def test_a_registrar_of_one_agency_brings_nobody_into_another_and_takes_nobody_from_there(registrar):
    before = Person.objects.get(service_number="POL-0001")
    came = examined(small(["IMM-1", "ဒေါ်နီလာ", "PLC"], ["POL-0001", "ဒေါ်နီလာ", "LWK-P1"]), registrar)
    assert faults(came) == {2: {"unit_outside"}, 3: {"person_outside"}}
    assert "POL-0001" not in str(came.rows.get(number=3).changes)
    stored(came, change_existing=True)
    after = Person.objects.get(service_number="POL-0001")
    assert (after.unit, after.name_my) == (before.unit, before.name_my)


def test_the_reach_is_asked_again_when_the_rows_are_stored(registrar):
    came = examined(lists.mended(50).xlsx(), registrar)
    came = importing.confirm(came, whole=False, change_existing=False)
    registrar.grants.update(unit=Unit.objects.get(code="PLC"))
    came = importing.run(came)
    assert (came.counts["refused"], Person.objects.filter(brought_by=came).count()) == (50, 0)


def test_another_registrar_of_an_agency_does_not_see_the_file(registrar, sign_in):
    other = PersonFactory(unit=registrar.unit)
    grant_role(other, "registrar", by=None, reason="test", starts_on=date(2020, 1, 1), unit=registrar.unit)
    came = examined(lists.mended(3).xlsx(), registrar)
    places = [reverse("exchange:arrival", args=[came.public_id]), reverse("exchange:rows", args=[came.public_id])]
    assert [sign_in(other).get(place).status_code for place in places] == [404, 404]
    assert [sign_in(registrar).get(place).status_code for place in places] == [200, 200]


# --- Storing -----------------------------------------------------------------------------------------------------------


def test_said_twice_it_is_stored_once(registrar):
    came = examined(lists.mended(20).xlsx(), registrar)
    first = stored(came)
    second = stored(came)
    assert (first.counts, second.stored_at) == (second.counts, first.stored_at)
    assert Person.objects.filter(brought_by=came).count() == 20
    assert AuditEntry.objects.filter(action="people.brought_in").count() == 1


def test_the_same_file_again_finds_everybody_here(registrar):
    stored(examined(lists.mended(20).xlsx(), registrar))
    again = examined(lists.mended(20).xlsx(), registrar)
    assert again.counts["same"] == 20


@pytest.mark.parametrize("whole", [False, True])
def test_cut_off_midway_the_next_run_goes_on_and_nobody_comes_twice(whole, registrar, monkeypatch):
    monkeypatch.setattr("people.exchange.people.PeopleIntake.piece", 100)
    came = importing.confirm(examined(lists.mended(350).xlsx(), registrar), whole=whole, change_existing=False)
    store, pieces = importing._store_rows, []

    def crash(came):
        pieces.append(1)
        if len(pieces) == 3:
            raise KeyboardInterrupt
        return store(came)

    monkeypatch.setattr(importing, "_store_rows", crash)
    with pytest.raises(KeyboardInterrupt):
        importing.run(came)
    came.refresh_from_db()
    assert (came.state, Person.objects.filter(brought_by=came).count()) == (State.STORING, 0 if whole else 200)
    came = importing.run(came)
    assert (came.state, came.counts["made"]["people"]) == (State.STORED, 350)
    assert Person.objects.filter(brought_by=came).count() == 350


@pytest.mark.parametrize("whole", [False, True])
def test_killed_right_after_storing_it_is_stored_and_told_and_the_next_day_everybody_is_found(
    whole, registrar, monkeypatch
):
    came = importing.confirm(examined(lists.mended(5).xlsx(), registrar), whole=whole, change_existing=False)

    def killed(came):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(importing, "make_findable", killed)
        importing.run(came)
    came.refresh_from_db()
    assert (came.state, came.counts["made"]) == (State.STORED, {"people": 5})
    entry = AuditEntry.objects.get(action="people.brought_in")
    assert (entry.by, entry.about_id) == (registrar, str(came.public_id))
    assert list(matching(Person.objects.all(), "Officer")) == []
    DUTIES["search"](timezone.now())
    assert len(matching(Person.objects.all(), "Officer")) == 5


@pytest.mark.parametrize("whole", [False, True])
def test_killed_midway_the_doctor_tells_it_and_the_next_day_goes_on(whole, registrar, monkeypatch):
    monkeypatch.setattr("people.exchange.people.PeopleIntake.piece", 2)
    came = importing.confirm(examined(lists.mended(5).xlsx(), registrar), whole=whole, change_existing=False)
    store, pieces = importing._store_rows, []

    def killed(came):
        pieces.append(1)
        if len(pieces) == 2:
            raise KeyboardInterrupt
        return store(came)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(importing, "_store_rows", killed)
        importing.run(came)
    assert list(CHECKS["imports"]()) == []
    now = timezone.now()
    PeopleImport.objects.filter(pk=came.pk).update(lease_until=now - timedelta(seconds=1))  # which a kill leaves there
    (told,) = CHECKS["imports"]()
    assert told.startswith("1 files of people, units or groups are half done")
    assert DUTIES["imports"](now) == "0 taken up"  # it may be at the next piece still
    assert DUTIES["imports"](now + timedelta(minutes=5)) == "1 taken up"
    came.refresh_from_db()
    assert (came.state, Person.objects.filter(brought_by=came).count()) == (State.STORED, 5)
    assert AuditEntry.objects.filter(action="people.brought_in").count() == 1
    assert list(CHECKS["imports"]()) == []


def test_while_somebody_is_at_it_nobody_else_is_until_they_have_shown_no_sign_for_long(registrar):
    came = importing.receive(Kind.PEOPLE, lists.mended(5).xlsx(), "list.xlsx", by=registrar)
    now = timezone.now()
    PeopleImport.objects.filter(pk=came.pk).update(lease_until=now + timedelta(seconds=60))
    assert importing.run(came).state == State.WAITING
    PeopleImport.objects.filter(pk=came.pk).update(lease_until=now - timedelta(seconds=1))
    assert importing.run(came).state == State.EXAMINED


def test_a_row_that_somebody_stored_meanwhile_is_found_here_and_all_or_nothing_starts_anew(registrar):
    came = importing.confirm(examined(lists.mended(5).xlsx(), registrar), whole=True, change_existing=False)
    PersonFactory(service_number="IMM-000003", unit=Unit.objects.get(code="PLC"))
    came = importing.run(came)
    assert (came.state, faults(came), Person.objects.filter(brought_by=came).count()) == (State.EXAMINED, {4: {"person_outside"}}, 0)  # fmt: skip


def test_who_came_meanwhile_by_another_way_is_found_here_and_left(registrar):
    came = importing.confirm(examined(lists.mended(5).xlsx(), registrar), whole=False, change_existing=False)
    PersonFactory(service_number="IMM-000003", name_my="ဒေါ်အခြား", unit=registrar.unit)
    came = importing.run(came)
    assert (came.counts["made"], came.counts["new"], came.counts["changed"]) == ({"people": 4}, 4, 1)
    assert Person.objects.get(service_number="IMM-000003").name_my == "ဒေါ်အခြား"


def test_the_trail_keeps_counts_and_no_names(registrar):
    came = stored(examined(lists.mended(5).xlsx(), registrar))
    entry = AuditEntry.objects.get(action="people.brought_in")
    assert (entry.by, entry.about_id, entry.details["made"], entry.people.count()) == (registrar, str(came.public_id), {"people": 5}, 0)  # fmt: skip


# --- Undoing -----------------------------------------------------------------------------------------------------------


def test_until_somebody_signs_in_everything_is_taken_back(registrar):
    sheet = lists.mended(30)
    came = stored(examined(sheet.xlsx(), registrar))
    came = importing.run(importing.undo(came))
    assert (came.state, came.rows.count(), Person.objects.filter(service_number__startswith="IMM-0").count()) == (State.UNDONE, 0, 0)  # fmt: skip
    assert CohortMembership.objects.count() == 0
    assert list(matching(Person.objects.all(), "Officer")) == []
    assert AuditEntry.objects.get(action="people.bringing_undone").details["taken"]["people"] == 30
    assert stored(examined(sheet.xlsx(), registrar)).counts["made"]["people"] == 30


def test_once_somebody_has_signed_in_or_has_a_record_everything_is_kept_and_it_is_said_of_how_many(registrar):
    came = stored(examined(lists.mended(30).xlsx(), registrar))
    first, second = Person.objects.filter(brought_by=came)[:2]
    Person.objects.filter(pk=first.pk).update(last_login=timezone.now())
    CohortFactory(officers=[second])
    with override("en"), pytest.raises(UndoRefused) as refused:
        importing.undo(came)
    with override("en"):
        assert "of 31 records that this file made, 2 are in use" in str(refused.value)
    came.refresh_from_db()
    assert (came.state, Person.objects.filter(brought_by=came).count()) == (State.STORED, 30)


def test_who_signs_in_while_it_is_being_undone_keeps_everybody(registrar):
    came = importing.undo(stored(examined(lists.mended(5).xlsx(), registrar)))
    Person.objects.filter(service_number="IMM-000001").update(last_login=timezone.now())
    came = importing.run(came)
    assert (came.state, Person.objects.filter(brought_by=came).count()) == (State.STORED, 5)


def test_courses_given_by_a_group_come_with_it_and_go_unused_with_the_undoing(registrar):
    from courses.catalogue import catalogue
    from courses.models import Enrolment
    from training.services import assign

    cohort = Cohort.objects.get(name_en="Group one")
    assign(cohort, catalogue("en").by_code["C1"], by=registrar, due_on=None, message="", at=timezone.now())
    came = stored(examined(lists.mended(10).xlsx(), registrar))
    assert [one.person.service_number for one in Enrolment.objects.all()] == ["IMM-000006"]
    assert importing.run(importing.undo(came)).state == State.UNDONE
    assert Enrolment.objects.count() == 0


# --- Units and groups --------------------------------------------------------------------------------------------------

OF_UNITS = ["Kind", "Agency", "Code", "Name in Burmese", "Name in English", "Parent code"]


def test_units_come_in_whatever_their_order_below_units_of_the_same_file():
    rows = [
        ["စခန်း", "လဝက", "x-r-p", "မူဆယ်", "Muse", "X-R"],
        ["region", "Immigration", "X-R", "ရှမ်း", "Shan", "x"],
        ["agency", "immigration", "X", "လဝက", "Immigration", ""],
    ]
    came = stored(examined(write_csv(OF_UNITS, rows), None, Kind.UNITS), whole=True)
    assert (came.state, came.counts["made"]) == (State.STORED, {"units": 3})
    post = Unit.objects.get(code="X-R-P")
    assert (post.kind, post.parent.code, post.parent.parent.code, post.agency) == ("post", "X-R", "X", "immigration")
    assert importing.run(importing.undo(came)).state == State.UNDONE
    assert Unit.objects.filter(code__startswith="X").count() == 0


def test_what_is_wrong_with_units_is_told(registrar):
    rows = [
        ["post", "immigration", "N-1", "က", "Ka", "LWK"],  # a post belongs to a region
        ["region", "immigration", "N-2", "ခ", "Kha", "LWK-RR"],  # meant LWK-R?
        ["region", "immigration", "N-3", "ဂ", "Ga", "zzzzzzzz"],
        ["agency", "immigration", "N-4", "ဃ", "Gha", ""],  # only who reaches everything
        ["region", "police", "N-5", "င", "Nga", "PLC"],  # not within
        ["post", "immigration", "N-6", "စ", "Front desk", "LWK-R"],  # the region has one of that name
        ["post", "immigration", "N-7", "ဆ", "Sa", ""],
        ["ship", "navy", "N 8", "ဇ", "Za", "LWK-R"],
        ["region", "immigration", "LWK-P1", "မူဆယ်", "Muse", "LWK"],  # is a post
        ["region", "immigration", "N-9", "", "", "LWK"],
        ["post", "immigration", "N-10", "ည", "Nya", "N-9"],  # below one that cannot be taken
        ["region", "immigration", "N-11", "ဋ", "Tta", "LWK"],
        ["region", "immigration", "n-11", "ဌ", "Ttha", "LWK"],
    ]
    came = examined(write_xlsx(OF_UNITS, rows), registrar, Kind.UNITS)
    assert faults(came) == {
        2: {"parent_level"}, 3: {"parent_like"}, 4: {"parent"}, 5: {"unit_outside"}, 6: {"unit_outside"}, 7: {"name_taken"},
        8: {"parent_empty"}, 9: {"kind", "agency", "code"}, 10: {"other_kind"}, 11: {"empty"}, 12: {"parent"}, 14: {"twice"},
    }  # fmt: skip


def test_units_that_are_here_are_renamed_only_if_asked(registrar):
    data = write_xlsx(OF_UNITS, [["post", "immigration", "LWK-P1", "မူဆယ်နယ်စပ်စခန်း", "Muse border post", "LWK-R"]])
    assert stored(examined(data, registrar, Kind.UNITS)).counts["made"] == {}
    assert stored(examined(data, registrar, Kind.UNITS), change_existing=True).counts["made"] == {"changed": 1}
    assert Unit.objects.get(code="LWK-P1").name_en == "Muse border post"


OF_GROUPS = ["Group", "New", "Service number", "Part"]


def test_a_group_is_made_and_people_come_into_it(registrar):
    stored(examined(lists.mended(5).xlsx(), registrar))
    rows = [
        ["အုပ်စုသစ်", "yes", "IMM-000001", "trainer"],
        ["အုပ်စုသစ်", "", "IMM-000002", ""],
        ["Group one", "", "IMM-000003", "သင်ယူသူ"],
        ["Group one", "", "POL-0001", ""],  # not within: as if nobody had it
        ["Group one", "", "IMM-777", ""],
        ["Group none such", "", "IMM-000003", ""],
        ["Group one", "", "IMM-000003", ""],
        ["Group one", "maybe", "IMM-000004", "cook"],
    ]
    came = examined(write_xlsx(OF_GROUPS, rows), registrar, Kind.COHORTS)
    assert faults(came) == {5: {"person"}, 6: {"person"}, 7: {"cohort_like"}, 8: {"twice"}, 9: {"yes", "part"}}
    came = stored(came)
    assert came.counts["made"] == {"cohorts": 1, "joined": 3}
    made = Cohort.objects.get(name_my="အုပ်စုသစ်")
    assert made.unit == registrar.unit
    assert set(made.memberships.values_list("person__service_number", "part")) == {("IMM-000001", "trainer"), ("IMM-000002", "learner")}  # fmt: skip
    assert examined(write_xlsx(OF_GROUPS, rows[:2]), registrar, Kind.COHORTS).counts["same"] == 2
    assert importing.run(importing.undo(came)).state == State.UNDONE
    assert not Cohort.objects.filter(name_my="အုပ်စုသစ်").exists()
    assert Person.objects.filter(service_number="IMM-000001").exists()


# --- The pages ---------------------------------------------------------------------------------------------------------


def send(client, data: bytes, kind: str = "people"):
    upload = SimpleUploadedFile("<b>list</b>.xlsx", data)
    return client.post(reverse("exchange:imports"), {"kind": kind, "file": upload}, follow=True)


def test_a_registrar_sends_a_file_sees_the_faults_stores_the_good_rows_and_takes_them_back(registrar, sign_in):
    client = sign_in(registrar)
    sheet = lists.faulty(100)
    page = send(client, sheet.xlsx())
    came = PeopleImport.objects.get()
    assert (page.status_code, page.context["page"].paginator.count, came.state) == (200, 30, State.EXAMINED)
    assert "<b>list" not in page.content.decode()
    place = reverse("exchange:arrival", args=[came.public_id])
    client.post(place, {"action": "store", "how": "whole"})
    assert Person.objects.filter(brought_by=came).count() == 0
    client.post(place, {"action": "store", "how": "each"})
    assert Person.objects.filter(brought_by=came).count() == 70
    marked = client.get(reverse("exchange:rows", args=[came.public_id]))
    assert len(read_table(io.BytesIO(marked.content), "x", otherwise="each").rows) == 100
    client.post(place, {"action": "undo"})
    came.refresh_from_db()
    assert (came.state, Person.objects.filter(brought_by=came).count()) == (State.UNDONE, 0)
    assert client.get(place).status_code == 200


def test_a_form_without_a_file_is_told_so(registrar, sign_in):
    with override("en"):
        page = sign_in(registrar).post(reverse("exchange:imports"), {"kind": "people"})
    assert (page.status_code, page.context["refusal"] != "", PeopleImport.objects.count()) == (200, True, 0)


def test_names_that_are_markup_stay_text_on_the_page(registrar, sign_in):
    page = send(sign_in(registrar), small(["IMM-1", "<script>alert(1)</script>", "<b>x</b>"]))
    assert "<script>alert" not in page.content.decode()
    assert "<b>x" not in page.content.decode()


def test_work_that_stands_still_can_be_let_go_on(registrar, sign_in):
    client = sign_in(registrar)
    came = importing.receive(Kind.PEOPLE, lists.mended(3).xlsx(), "list.xlsx", by=registrar)
    place = reverse("exchange:arrival", args=[came.public_id])
    assert b"go_on" not in client.get(place).content
    PeopleImport.objects.filter(pk=came.pk).update(updated_at=timezone.now() - timedelta(minutes=5))
    assert b"go_on" in client.get(place).content
    client.post(place, {"action": "go_on"})
    came.refresh_from_db()
    assert came.state == State.EXAMINED


@pytest.mark.parametrize("rows", [3, 60])
def test_the_page_of_a_file_costs_the_same_for_any_number_of_rows(
    rows, registrar, sign_in, django_assert_max_num_queries
):
    client = sign_in(registrar)
    came = examined(lists.mended(rows).xlsx(), registrar)
    with django_assert_max_num_queries(14):
        client.get(reverse("exchange:arrival", args=[came.public_id]))


def test_a_file_that_is_left_is_forgotten_at_once(registrar, sign_in):
    client = sign_in(registrar)
    send(client, lists.mended(3).xlsx())
    came = PeopleImport.objects.get()
    client.post(reverse("exchange:arrival", args=[came.public_id]), {"action": "drop"})
    came.refresh_from_db()
    assert (came.state, came.file, ImportRow.objects.count()) == (State.DROPPED, None, 0)


@pytest.mark.django_db(databases="__all__")  # the queue has one of its own
def test_rows_and_bytes_are_deleted_after_their_time_and_what_came_in_stays(registrar):
    came = stored(examined(lists.mended(3).xlsx(), registrar))
    waiting = examined(lists.Sheet(lists.people(3, first=500)).xlsx(), registrar)
    now = timezone.now()
    for at, files, rows in ((now, 0, 0), (now + retention.KEPT + timedelta(seconds=1), 2, 6)):
        gone = purge(at)
        assert (gone["people.PeopleImport"], gone["people.ImportRow"]) == (files, rows)
    came.refresh_from_db()
    assert (came.file, ImportRow.objects.count(), Person.objects.filter(brought_by=came).count()) == (None, 0, 3)
    with pytest.raises(FileForgotten):
        importing.confirm(waiting, whole=False, change_existing=False)
    assert importing.run(importing.undo(came)).state == State.UNDONE


def test_in_the_marked_file_no_cell_is_a_formula(registrar):
    came = examined(small(["IMM-1", "=1+1", "@x"]), registrar)
    book = load_workbook(io.BytesIO(sheets.marked(came, came.rows.all())))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    written = csv.reader(io.StringIO(sheets.marked(came, came.rows.all(), form="csv").decode("utf-8-sig")))
    assert [cell for row in written for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def test_somebody_without_reach_over_everything_makes_no_units_of_others():
    agency = UnitFactory(code="AAA")
    assert examined(write_csv(OF_UNITS, [["region", "immigration", "B", "က", "Ka", "AAA"]]), None, Kind.UNITS).counts["new"] == 1  # fmt: skip
    assert agency.children.count() == 0
