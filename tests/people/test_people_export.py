"""Taking tables out: of whom, for whom, with what kept in the trail, and nothing in them that a spreadsheet would run."""

import csv
import io
import time
from datetime import date
from uuid import uuid4

import pytest
from allauth.account.internal.flows import login as allauth_login
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.exporting import EXPORTS, Export, register
from people.exchange.columns import Kind, match
from people.models import Person, Unit
from people.roles import grant_role
from records.models import AuditEntry
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory, session_of
from training.sessions.attendance import Tick, tick

pytestmark = pytest.mark.django_db

REASON = "Report to the ministry"
PERSONAL = sorted(code for code, export in EXPORTS.items() if export.is_personal)


@pytest.fixture
def agencies() -> tuple[Unit, Unit]:
    """Two agencies with one officer each, who have a course, an exam and a certificate each."""
    from assessments.ending import submit_attempt
    from assessments.starting import start_attempt
    from certificates.issuing import issue_certificate
    from courses.catalogue import catalogue
    from records.models import Statement

    now, made = timezone.now(), []
    for code, agency in (("IMM", "immigration"), ("POL", "police")):
        unit = UnitFactory(code=code, agency=agency)
        person = PersonFactory(unit=unit, service_number=f"{code}-1", name_my=f"ဒေါ်{code}", name_latin=f"Daw {code}")
        trainer = PersonFactory(trainer=True)
        cohort = CohortFactory(trainer=trainer, officers=[person], name_en=f"Group {code}")
        tick(session_of(cohort, trainer), [Tick(uuid4(), person.public_id, "present")], by=trainer, at=now)
        enrolment = EnrolmentFactory(person=person, status="completed", completed_at=now)
        exam = catalogue("en").by_code["C1"].exam
        submit_attempt(start_attempt(exam, person, scope=enrolment.public_id, at=now), at=now)
        issue_certificate(enrolment, at=now)
        Statement.objects.create(
            id=uuid4(), person=person, verb="answered", object_id="http://127.0.0.1/", registration=uuid4(),
            body={"result": {}}, stored_at=now,
        )  # fmt: skip
        made.append(unit)
    return made[0], made[1]


def registrar_of(unit: Unit | None) -> Person:
    person = PersonFactory(unit=unit or UnitFactory(code="HQ"))
    grant_role(person, "registrar", by=None, reason="test", starts_on=date(2020, 1, 1), unit=unit)
    return person


def proven(client) -> None:
    """The password was given again just now."""
    session = client.session
    session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] += [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()


def take(client, code: str, **data):
    return client.post(reverse("exchange:export", args=[code]), {"format": "csv", "reason": REASON, **data})


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_everything_personal_is_marked_as_such():
    assert PERSONAL == ["attendance", "certificates", "enrolments", "people", "results", "statements"]
    assert sorted(EXPORTS) == [*PERSONAL, "units"]


@pytest.mark.parametrize("code", PERSONAL)
def test_what_is_taken_out_lies_within_the_reach_of_who_takes_it(code, agencies, sign_in):
    client = sign_in(registrar_of(agencies[0]))
    proven(client)
    text = take(client, code).content.decode("utf-8-sig")
    assert "IMM-1" in text
    assert [mark for mark in ("POL-1", "Daw POL", "ဒေါ်POL", "Group POL") if mark in text] == []
    whole = sign_in(registrar_of(None))
    proven(whole)
    assert {"IMM-1", "POL-1"} <= {cell for line in lines(take(whole, code)) for cell in line}
    assert "IMM-1" not in take(whole, code, unit="POL").content.decode()


def test_another_agencys_unit_cannot_be_asked_for(agencies, sign_in):
    client = sign_in(registrar_of(agencies[0]))
    proven(client)
    response = take(client, "people", unit="POL")
    assert (response.status_code, response["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "POL-1" not in response.content.decode()


@pytest.mark.parametrize("code", PERSONAL)
def test_a_personal_table_asks_the_password_again_and_a_reason(code, agencies, sign_in):
    client = sign_in(registrar_of(None))
    place = reverse("exchange:export", args=[code])
    for response in (client.get(place), take(client, code)):
        assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_reauthenticate"))
    proven(client)
    assert "attachment" not in take(client, code, reason="  ").headers.get("Content-Disposition", "")
    assert AuditEntry.objects.filter(action="people.taken_out").count() == 0
    assert take(client, code)["Content-Disposition"].startswith("attachment")


def test_units_of_one_name_are_told_apart_by_their_codes(sign_in, client):
    client.cookies["lang"] = "en"
    units = [UnitFactory(code=code, name_en="Front desk", name_my="") for code in ("A-D1", "B-D1")]
    page = sign_in(registrar_of(None)).get(reverse("exchange:export", args=["units"])).content.decode()
    assert [f">Front desk ({unit.code})</option>" in page for unit in units] == [True, True]


def test_units_are_nobodys_and_ask_neither(agencies, sign_in):
    client = sign_in(registrar_of(None))
    found = lines(client.post(reverse("exchange:export", args=["units"]), {"format": "csv"}))
    assert {"IMM", "POL", "HQ"} <= {line[2] for line in found}


def test_the_trail_keeps_who_took_what_why_and_whose_it_was(agencies, sign_in):
    registrar = registrar_of(agencies[0])
    client = sign_in(registrar)
    proven(client)
    take(client, "results")
    entry = AuditEntry.objects.get(action="people.taken_out")
    assert (entry.by, entry.details) == (registrar, {"export": "results", "format": "csv", "rows": 1, "unit": "", "everything": False, "reason": REASON})  # fmt: skip
    assert [one.person.service_number for one in entry.people.all()] == ["IMM-1"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_a_table_is_a_formula(form, sign_in):
    PersonFactory(service_number="X-1", name_my="=1+1", name_latin='@SUM(1+1)*cmd|" /C calc"!A0')
    client = sign_in(registrar_of(None))
    proven(client)
    response = take(client, "people", format=form)
    if form == "csv":
        cells = [cell for line in lines(response) for cell in line]
    else:
        book = load_workbook(io.BytesIO(response.content))
        assert {cell.data_type for row in book.active.iter_rows() for cell in row} & {"f"} == set()
        cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row if cell is not None]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=1+1" in cells


@pytest.mark.parametrize("code", sorted(EXPORTS))
def test_headings_are_in_both_languages(code):
    for column in EXPORTS[code].columns:
        assert any("\u1000" <= sign <= "\u109f" for sign in column.my)
        assert column.en.isascii()
        assert column.heading == f"{column.my} / {column.en}"


@pytest.mark.parametrize(("code", "kind"), [("people", Kind.PEOPLE), ("units", Kind.UNITS)])
def test_what_goes_out_may_come_in_again_and_changes_nothing(code, kind, agencies, sign_in):
    from people.exchange import importing

    assert match(kind, [one.heading for one in EXPORTS[code].columns]).missing == []
    client = sign_in(registrar_of(None))
    proven(client)
    data = take(client, code, format="xlsx").content
    came = importing.run(importing.receive(kind, data, "back.xlsx", by=None))
    counts = {name: many for name, many in came.counts.items() if many}
    assert counts == {"same": (Person if code == "people" else Unit).objects.count()}


def test_people_of_several_groups_closed_units_and_groups_of_others_come_in_again_as_they_went_out(agencies):
    from people.exchange import importing
    from people.exchange.exports import PEOPLE, take_out

    unit, _other = agencies
    registrar, person = registrar_of(unit), Person.objects.get(service_number="IMM-1")
    for name_en, name_my in (("Twins", ""), ("Twins", ""), ("One; two", ""), ("", "ပထမအုပ်စု")):
        CohortFactory(name_en=name_en, name_my=name_my, officers=[person])
    CohortFactory(name_en="Twins", unit=unit)
    unit.closed_at = timezone.now()
    unit.save()
    for by in (registrar, None):
        data, many = take_out(PEOPLE, "xlsx", by=by, reason=REASON)
        came = importing.run(importing.receive(Kind.PEOPLE, data, "back.xlsx", by=by))
        assert ({name: many for name, many in came.counts.items() if many}, came.refusal) == ({"same": many}, "")


def test_what_goes_out_comes_in_elsewhere_with_every_group(agencies):
    from people.exchange import importing
    from people.exchange.exports import PEOPLE, take_out

    person = Person.objects.get(service_number="IMM-1")
    CohortFactory(name_en="One; two", officers=[person])
    data, _many = take_out(PEOPLE, "xlsx", by=None, reason=REASON)
    before = set(person.memberships.values_list("cohort__name_en", flat=True))
    person.memberships.update(left_at=timezone.now())
    came = importing.run(importing.receive(Kind.PEOPLE, data, "back.xlsx", by=None))
    came = importing.run(importing.confirm(came, whole=True, change_existing=True))
    assert came.counts["made"] == {"joined": 2}
    assert set(person.memberships.filter(left_at=None).values_list("cohort__name_en", flat=True)) == before == {"Group IMM", "One; two"}  # fmt: skip


def test_a_code_stands_for_one_table():
    export = Export("people", "", "", (), lambda scope: iter(()))
    with pytest.raises(ValueError, match="already"):
        register(export)


def test_statements_do_not_grow_with_people(sign_in, django_assert_max_num_queries):
    from people.exchange.exports import PEOPLE, take_out

    PersonFactory.create_batch(60)
    registrar = registrar_of(None)
    with django_assert_max_num_queries(14):
        take_out(PEOPLE, "csv", by=registrar, reason=REASON)


# --- Commands ----------------------------------------------------------------------------------------------------------


def test_the_command_writes_a_table_that_only_its_owner_reads(agencies, tmp_path, capsys):
    registrar, out = registrar_of(agencies[0]), tmp_path / "people.csv"
    call_command("export_people", str(out), "--by", registrar.service_number, "--reason", REASON)
    assert out.stat().st_mode & 0o777 == 0o600
    assert "POL-1" not in out.read_text("utf-8-sig")
    assert capsys.readouterr().out == f"2 rows of people written to {out}.\n"
    assert AuditEntry.objects.get(action="people.taken_out").by == registrar


@pytest.mark.parametrize("options", [["--by", "NOBODY-1"], ["--by", "IMM-1"], ["--by", "REG-1", "--unit", "NONE"], ["--by", "REG-1", "--format", "csv", "--reason", " "]])  # fmt: skip
def test_the_command_refuses_with_a_sentence(options, agencies, tmp_path):
    person = registrar_of(agencies[0])
    Person.objects.filter(pk=person.pk).update(service_number="REG-1")
    reason = [] if "--reason" in options else ["--reason", REASON]
    with pytest.raises(CommandError) as refused:
        call_command("export_people", str(tmp_path / "x.csv"), *options, *reason)
    assert (refused.value.returncode, (tmp_path / "x.csv").exists()) == (2, False)


def test_people_are_brought_in_by_the_command_and_its_end_says_how_it_went(tmp_path, capsys):
    from tests.people import sheets as lists

    registrar = lists.make_world()
    sheet = lists.faulty(100)
    (tmp_path / "faulty.xlsx").write_bytes(sheet.xlsx())
    (tmp_path / "good.csv").write_bytes(lists.mended(100).csv())
    for extra in (["--dry-run"], []):
        with pytest.raises(CommandError) as refused:
            call_command("import_people", str(tmp_path / "faulty.xlsx"), "--by", registrar.service_number, *extra)
        assert refused.value.returncode == 1
        assert Person.objects.filter(service_number__startswith="IMM-0").count() == 0
    told = capsys.readouterr().out
    assert "Row 10: The unit “ရန်ကုံလေဆိပ်” is not known. Did you mean “ရန်ကုန်လေဆိပ်”?" in told
    call_command("import_people", str(tmp_path / "good.csv"), "--by", registrar.service_number)
    assert "100 new, 0 changed, 0 same, 0 refused; stored: 100 people" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("import_people", str(tmp_path / "faulty.xlsx"), "--rows", "good", "--by", registrar.service_number)
    with pytest.raises(CommandError) as refused:
        call_command("import_people", str(tmp_path / "none.xlsx"))
    assert refused.value.returncode == 2
