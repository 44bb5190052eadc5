"""The report on training: exact figures, in both languages, and nothing in it from which a small number could be taken."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from certificates.issuing import issue_certificate
from core.privacy import SMALLEST_CELL, hide_column
from courses.catalogue import catalogue
from tests.certificates.papers import text_of
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory, session_of
from training.errors import CountTooHigh
from training.evaluating.counting import Sexes, count_session
from training.evaluating.reactions import Given, react
from training.evaluating.report import report_of
from training.evaluating.scope import scope_of
from training.models import SessionCount
from training.sessions.attendance import Tick, tick

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
LEVELS = {"useful": 4, "clear": 3, "practised": 2, "safe": 1, "ready": 4}
HELD, QUARTERS, REACTIONS, LEARNED, SEXES = range(5)


# --- Hiding ---------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 30), max_size=8), st.data())
def test_no_small_number_can_be_taken_from_a_column_and_its_total(counts, data):
    also = data.draw(st.sets(st.integers(0, len(counts) - 1))) if len(counts) > 1 else set()
    cells, total = hide_column(counts, sum(counts), also)
    assert all(cell is None for cell, count in zip(cells, counts, strict=True) if 0 < count < SMALLEST_CELL)
    assert all(cells[line] is None for line in also)
    assert all(cell in (None, count) for cell, count in zip(cells, counts, strict=True))
    if total is not None and None in cells:
        left = total - sum(cell for cell in cells if cell is not None)
        assert (cells.count(None) > 1, left >= SMALLEST_CELL) == (True, True)


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ([], [], 0),
        ([12], [12], 12),
        ([3], [None], None),
        ([12, 20], [12, 20], 32),
        ([3, 12, 20], [None, None, 20], 35),
        ([2, 1, 20], [None, None, 20], None),
        ([2, 0], [None, None], None),
    ],
)
def test_what_would_tell_a_small_number_is_hidden_with_it(counts, cells, total):
    assert hide_column(counts, sum(counts)) == (cells, total)


# --- Figures --------------------------------------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def post_of(code: str, **values):
    agency = values.pop("agency", "immigration")
    region = UnitFactory(kind="region", parent=UnitFactory(agency=agency), code=code, agency=agency, **values)
    return UnitFactory(kind="post", parent=region, code=f"{code}P", agency=agency)


def held(post, officers: int, *, days_ago: int = 80, answers: int = 0, hours: int = 3, counted=None):
    trainer = PersonFactory(trainer=True)
    people = PersonFactory.create_batch(officers, unit=post)
    ends = NOW - timedelta(days=days_ago)
    session = session_of(
        CohortFactory(trainer=trainer, officers=people), trainer, unit=post, starts_at=ends - timedelta(hours=hours), ends_at=ends
    )  # fmt: skip
    tick(session, [Tick(uuid4(), one.public_id, "present") for one in people], by=trainer, at=NOW)
    for person in people[:answers]:
        react(session, person, Given(LEVELS, "", "my"), at=ends)
    if counted:
        count_session(session, Sexes(*counted), by=trainer, at=NOW)
    return session, people


def made(viewer=None, language="en", **asked):
    with override(language):
        courses = [one for one in catalogue(language).courses if one.code == "C1"]
        scope = scope_of(viewer or PersonFactory(lead=True), **asked, today=NOW.date())
        return report_of(scope, courses, at=NOW)


def rows(report, table: int):
    return [list(row) for row in report.tables[table].rows]


def test_the_figures_are_exact_by_place_and_by_quarter():
    near, far = post_of("A", name_en="Region A"), post_of("B", name_en="Region B", agency="police")
    _session, people = held(near, 12, answers=6, hours=3)
    held(near, 8, answers=8, hours=2, days_ago=30)
    held(far, 20, answers=0, hours=6)
    for person in people[:7]:
        done = EnrolmentFactory(person=person, status="completed", completed_at=NOW)
        issue_certificate(done, at=NOW)
    report = made()
    assert rows(report, HELD) == [
        ["Immigration", "Region A", 2, 5.0, 20, 20, 14, 70, 7],
        ["Police", "Region B", 1, 6.0, 20, 20, 0, 0, 0],
        ["Total", "", 3, 11.0, 40, 40, 14, 35, 7],
    ]
    assert rows(report, QUARTERS) == [
        ["Quarter 1 of 2026", 0, 0.0, 0, 0, 0, 0, 0],
        ["Quarter 2 of 2026", 0, 0.0, 0, 0, 0, 0, 0],
        ["Quarter 3 of 2026", 2, 9.0, 32, 32, 6, 18, 0],
        ["Quarter 4 of 2026", 1, 2.0, 8, 8, 8, 100, 7],
        ["Total", 3, 11.0, 40, 40, 14, 35, 7],
    ]
    assert rows(report, REACTIONS) == [
        ["Immigration", "Region A", 14, 100, 100, 0, 0, 100],
        ["Police", "Region B", None, None, None, None, None, None],
        ["Total", "", 14, 100, 100, 0, 0, 100],
    ]


def test_a_small_region_is_hidden_with_the_next_one_and_its_answers_too():
    held(post_of("A"), 3, answers=3)
    held(post_of("B"), 9, answers=9)
    held(post_of("C"), 20, answers=20)
    report = made()
    assert [row[4:8] for row in rows(report, HELD)] == [[None] * 4, [None] * 4, [20, 20, 20, 100], [32, 32, 32, 100]]
    assert [row[3:7] for row in rows(report, QUARTERS)][2:] == [[32, 32, 32, 100], [0, 0, 0, 0], [32, 32, 32, 100]]


def test_who_comes_to_two_sessions_is_counted_once_in_each_line():
    post = post_of("A")
    session, people = held(post, 10)
    again = session_of(session.cohort, PersonFactory(trainer=True), unit=post, starts_at=session.starts_at + timedelta(days=1), ends_at=session.ends_at + timedelta(days=1))  # fmt: skip
    tick(again, [Tick(uuid4(), one.public_id, "late") for one in people], by=people[0], at=NOW)
    assert rows(made(), HELD) == [["Immigration", str(post.parent.name_en), 2, 6.0, 10, 20, 0, 0, 0]]


def test_women_and_men_are_shown_in_sums_of_five_or_more():
    held(post_of("A", name_en="A"), 20, counted=(12, 8, 0))
    held(post_of("B", name_en="B"), 20, counted=(2, 18, 0))
    held(post_of("C", name_en="C"), 30, counted=(15, 15, 0))
    held(post_of("D", name_en="D"), 10)
    table = made().tables[SEXES]
    assert "3 of 4 sessions" in table.note
    told = [list(row) for row in table.rows]
    assert told[0][2:] == [None, None, 0]
    assert told[1][2:] == [None, None, 0]
    assert told[2][2:] == [15, 15, 0]
    assert told[3:] == [["Total", "", 29, 41, 0]]


def test_a_supervisor_reports_on_their_own_region_only():
    near, far = post_of("A"), post_of("B")
    held(near, 12)
    held(far, 20)
    report = made(PersonFactory(supervisor=True, unit=near.parent))
    assert [row[4] for row in rows(report, HELD)] == [12]


@pytest.mark.parametrize("sessions", [1, 5])
def test_the_report_costs_the_same_for_any_number_of_sessions(sessions, django_assert_num_queries):
    for n in range(sessions):
        held(post_of(f"R{n}"), 6)
    lead = PersonFactory(lead=True)
    made(lead)
    # sessions, who was there; attendance, answers; counts; units twice; certificates; names of regions; the year; version of the content; learning (3)
    with django_assert_num_queries(14):
        made(lead)


# --- As page, PDF and spreadsheet --------------------------------------------------------------------------------------------------


@pytest.fixture
def office(sign_in):
    held(post_of("A", name_en="Region A", name_my="တိုင်းတစ်"), 12, answers=6)
    return sign_in(PersonFactory(auditor=True))


def test_the_page_speaks_the_language_that_was_chosen(office):
    english = office.get("/office/evaluation/report/?language=en&since=2026-1").content.decode()
    burmese = office.get("/office/evaluation/report/?language=my&since=2026-1").content.decode()
    assert [text in english for text in ("Report on training", "Region A", "Quarter 1 of 2026")] == [True] * 3
    assert [text in burmese for text in ("တိုင်းတစ်", "၁၂", 'lang="my"')] == [True] * 3


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Report on training", "Region A", "12"]), ("my", ["တိုင်းတစ်", "၁၂"])]
)
def test_the_pdf_is_in_the_language_that_was_chosen(language, words, office):
    response = office.get(f"/office/evaluation/report/?format=pdf&language={language}&since=2026-1")
    assert response.headers["Content-Type"] == "application/pdf"
    text = text_of(response.content)
    assert [word for word in words if word not in text] == []


def test_the_spreadsheet_holds_the_same_figures(office):
    response = office.get("/office/evaluation/report/?format=xlsx&language=en&since=2026-1&course=C1")
    sheet = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert sheet[0][0] == "Report on training"
    (row,) = [row for row in sheet if row[1] == "Region A" and row[2] == 1]
    assert row[:9] == ("Immigration", "Region A", 1, 3, 12, 12, 6, 50, 0)


# --- Counting women and men ----------------------------------------------------------------------------------------------------------


def test_a_trainer_counts_on_the_page_of_the_session_and_not_more_than_were_there(sign_in, client):
    session, _people = held(post_of("A"), 5)
    client.cookies["lang"] = "en"
    desk = sign_in(session.trainers.get().person)
    address = f"/teach/sessions/{session.public_id}/count/"
    assert address in desk.get(f"/teach/sessions/{session.public_id}/").content.decode()
    refused = desk.post(address, {"women": "4", "men": "2", "others": "0"})
    assert "more than the 5 who were there" in refused.content.decode()
    assert SessionCount.objects.count() == 0
    assert desk.post(address, {"women": "၃", "men": "2", "others": "0"}).status_code == 302
    assert desk.post(address, {"women": "2", "men": "2", "others": "1"}).status_code == 302
    assert list(SessionCount.objects.values_list("women", "men", "others")) == [(2, 2, 1)]


def test_a_count_above_the_attendance_is_refused():
    session, people = held(post_of("A"), 5)
    with pytest.raises(CountTooHigh):
        count_session(session, Sexes(3, 3, 0), by=people[0], at=timezone.now())


def test_a_count_that_a_corrected_list_no_longer_holds_is_left_out_until_it_is_entered_again(sign_in, client):
    post = post_of("A", name_en="A")
    session, people = held(post, 20, counted=(10, 10, 0))
    held(post, 20, counted=(12, 8, 0))
    trainer = session.trainers.get().person
    corrected = Tick(uuid4(), people[0].public_id, "absent", reason="Signed in for somebody else")
    tick(session, [corrected], by=trainer, at=NOW + timedelta(minutes=1))
    report = made()
    assert [row[2:] for row in report.tables[SEXES].rows] == [(12, 8, 0)]
    assert "1 of 2 sessions" in report.tables[SEXES].note
    assert [note.endswith("Sessions: 1.") for note in report.notes] == [False, False, True]

    client.cookies["lang"] = "en"
    desk = sign_in(trainer)
    pages = [f"/teach/sessions/{session.public_id}/", f"/teach/sessions/{session.public_id}/count/"]
    misfit = "these numbers are more than were there"
    assert [misfit in desk.get(page).content.decode() for page in pages] == [True, True]
    desk.post(pages[1], {"women": "10", "men": "9", "others": "0"})
    assert [misfit in desk.get(page).content.decode() for page in pages] == [False, False]
    report = made()
    assert [row[2:] for row in report.tables[SEXES].rows] == [(22, 17, 0)]
    assert len(report.notes) == 2
