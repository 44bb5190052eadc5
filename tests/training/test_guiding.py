"""Teaching by a guide: the plan by the clock, quantities, the list before the day, slides, paper; and who sees them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from content.models import FacilitatorGuide
from courses.catalogue import catalogue
from tests.certificates.papers import closed, text_of
from tests.factories import CohortFactory, PersonFactory, guide_of, session_of
from training.guiding.checklist import ALWAYS, tick
from training.guiding.timetable import BREAK, beginnings
from training.models import SessionCheck

pytestmark = pytest.mark.django_db


@pytest.fixture
def observer():
    return PersonFactory(trainer=True)


@pytest.fixture
def officers():
    return PersonFactory.create_batch(5)


@pytest.fixture
def session(trainer, observer, officers):
    """From nine to four: M01, which has a guide of half an hour, then M03, which has none and takes twenty minutes alone."""
    guide_of("M01")
    return session_of(CohortFactory(trainer=trainer, officers=officers), trainer, observers=[observer])


def address(session, end: str = "guide/") -> str:
    return f"/teach/sessions/{session.public_id}/{end}"


def words(response) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- The plan by the clock ------------------------------------------------------------------------------------------------


def test_the_steps_stand_by_the_clock_of_the_session_and_a_break_lies_between_two_modules(desk, session):
    page = words(desk.get(address(session)))
    alone = next(one.minutes for one in catalogue("en").by_code["C1"].modules if one.code == "M03")
    ends = timezone.localtime(session.starts_at) + timedelta(minutes=45 + alone)
    assert "Opener 09:00 – 09:10" in page
    assert "Cards 09:10 – 09:30" in page
    assert f"09:45 – {ends:%H:%M} There is no guide for this module yet." in page


def test_what_is_needed_is_counted_for_those_who_are_expected(desk, session):
    page = words(desk.get(address(session)))
    assert "5 learners expected" in page
    assert [n in page for n in ("4 × Set of cards", "5 × Pen", "1 × Flip chart")] == [True] * 3


def test_a_plan_that_is_longer_than_the_session_says_so(desk, trainer, officers):
    guide_of("M01")
    start = timezone.now().replace(minute=0)
    short = session_of(
        CohortFactory(trainer=trainer, officers=officers),
        trainer,
        modules=["M01"],
        starts_at=start,
        ends_at=start + timedelta(minutes=25),
    )
    assert "Leave modules out, or plan a second session." in words(desk.get(address(short)))


@given(st.lists(st.integers(1, 240), min_size=1, max_size=8), st.integers(0, 900))
def test_modules_never_overlap_and_breaks_are_taken_from_time_that_is_there(minutes, length):
    begins = beginnings(minutes, length)
    pauses = [after - (before + lasting) for before, lasting, after in zip(begins, minutes, begins[1:], strict=False)]
    assert begins[0] == 0
    assert all(0 <= pause <= BREAK for pause in pauses)
    assert begins[-1] + minutes[-1] <= max(length, sum(minutes))


# --- Before the day -------------------------------------------------------------------------------------------------------


def keys(page: str, *, ticked: bool | None = None) -> list[str]:
    boxes = re.findall(r'<input type="checkbox" name="check" value="([^"]+)"( checked)?', page)
    return [key for key, checked in boxes if ticked is None or bool(checked) == ticked]


def test_the_list_has_what_is_always_needed_and_the_materials_and_keeps_who_ticked_what(desk, session, trainer):
    found = keys(desk.get(address(session)).content.decode())
    assert (found[: len(ALWAYS)], len(found)) == (list(ALWAYS), len(ALWAYS) + 3)
    desk.post(address(session), {"check": ["room", found[-1]]})
    assert {(one.key, one.ticked_by) for one in session.checks.all()} == {("room", trainer), (found[-1], trainer)}
    page = desk.get(address(session)).content.decode()
    assert keys(page, ticked=True) == ["room", found[-1]]
    assert "2 of 10 are ready" in page
    desk.post(address(session), {"check": [found[-1]], "was": ["room", found[-1]]})
    assert [one.key for one in session.checks.all()] == [found[-1]]


def test_a_page_that_is_old_takes_no_tick_of_a_co_trainer_away(desk, session, observer):
    tick(session, ["power"], by=observer, at=timezone.now())
    desk.post(address(session), {"check": ["room"], "was": []})
    assert {one.key for one in session.checks.all()} == {"power", "room"}


def test_what_is_ticked_twice_is_one_tick_of_who_was_first(session, trainer, observer):
    for person in (observer, trainer):
        tick(session, ["power"], by=person, at=timezone.now())
    assert [one.ticked_by for one in session.checks.all()] == [observer]
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionCheck.objects.create(session=session, key="power", ticked_by=trainer, ticked_at=timezone.now())


def test_what_is_not_on_the_list_is_not_ticked(desk, session):
    desk.post(address(session), {"check": ["nonsense", str(uuid4())]})
    assert not session.checks.exists()


# --- Slides ---------------------------------------------------------------------------------------------------------------


def shown(page: str) -> list[str]:
    """The numbers of the slides that are not hidden."""
    return re.findall(r'data-slide="(\d+)" aria', page)


@pytest.mark.parametrize(("asked", "number"), [("", "1"), ("?slide=2", "2"), ("?slide=99", "2"), ("?slide=x", "1"), ("?slide=0", "1"), ("?slide=²", "1")])  # fmt: skip
def test_one_slide_is_shown_and_links_lead_to_its_neighbours(asked, number, desk, session):
    page = desk.get(address(session, f"present/{asked}")).content.decode()
    assert shown(page) == [number]
    assert re.findall(r'rel="(\w+)" href="(\?[^"]+)"', page) == [("next", "?slide=2"), ("prev", "?slide=1")]


def test_nothing_for_the_trainer_alone_stands_on_the_screen_and_notes_are_on_the_telephone(desk, session):
    screen, telephone = (desk.get(address(session, f"present/{end}")).content.decode() for end in ("", "?notes=1"))
    assert ("secret" in screen, "Stand on the line." in screen) == (False, False)
    assert ("A secret of the opener." in telephone, "A secret answer" in telephone) == (True, False)
    assert 'href="?slide=2&amp;notes=1"' in telephone


def test_a_slide_says_until_when_its_step_lasts(desk, session):
    page = desk.get(address(session, "present/")).content.decode()
    assert re.findall(r'data-ends="[^"]+T(\d\d:\d\d)', page) == ["09:10", "09:30"]
    assert "until 09:10" in words(desk.get(address(session, "present/")))


def test_a_session_without_guides_says_so(desk, trainer):
    bare = session_of(CohortFactory(trainer=trainer), trainer)
    assert "No module of this session has slides yet." in words(desk.get(address(bare, "present/")))
    assert words(desk.get(address(bare))).count("There is no guide for this module yet.") == 2


def test_the_device_is_told_to_keep_guide_and_slides_and_its_worker_knows_them(desk, session):
    pages = [address(session), address(session, "present/"), address(session, "present/?notes=1")]
    assert f'data-pages="{" ".join(pages)}"' in desk.get(address(session)).content.decode()
    assert str(pages).replace("'", '"') in desk.get(address(session, "room/")).content.decode()
    worker = desk.get("/teach/sessions/worker.js").content.decode()
    pattern = re.search(r"const PAGE = /(.*)/;", worker)[1].replace("\\/", "/")
    assert [bool(re.match(pattern, page)) for page in [*pages, address(session, "room/"), address(session, "who/")]] == [True] * 4 + [False]  # fmt: skip
    assert re.search(r"training/session-slides[.\w]*\.js", worker)


# --- Paper ----------------------------------------------------------------------------------------------------------------


def test_the_guide_is_printed_in_the_reader_s_language_with_the_clock_and_what_is_for_the_trainer(
    desk, session, client
):
    english = FacilitatorGuide.objects.get(code="M01")
    first = english.steps[0]
    burmese = {
        "minutes": 10,
        "title": "မျဉ်းပေါ်တွင် ရပ်ပါ",
        "what": "ကြမ်းပြင်တွင် မျဉ်းချပါ။",
        "materials": "",
        "note": "မည်သူမျှ ရှင်းပြရန် မလိုပါ။",
    }
    guide_of(
        locale=Locale.objects.get(language_code="my"), translation_key=english.translation_key, aim="ခွဲခြားနိုင်သည်။",
        steps=[{"type": "step", "id": first.id, "value": burmese}],
    )  # fmt: skip
    client.cookies["lang"] = "my"
    response = desk.get(address(session, "guide.pdf"))
    assert response["Content-Type"] == "application/pdf"
    printed = closed(text_of(response.content))
    told = ["ခွဲခြားနိုင်သည်။", "၀၉:၀၀–၀၉:၁၀", *burmese.values(), "Sortthecards."]
    assert [text for text in told if isinstance(text, str) and closed(text) not in printed] == []


def test_the_cards_stand_on_a_page_of_their_own_without_their_answers(desk, session):
    import pypdfium2

    response = desk.get(address(session, "guide.pdf"))
    with pypdfium2.PdfDocument(response.content) as document:
        last = len(document) - 1
    assert last >= 1
    cards = text_of(response.content, last)
    assert ("Card one" in cards, "A secret answer" in cards) == (True, False)


# --- Who --------------------------------------------------------------------------------------------------------------------


def test_an_observer_reads_the_guide_and_ticks_nothing(sign_in, observer, session, client):
    client.cookies["lang"] = "en"
    desk = sign_in(observer)
    page = desk.get(address(session)).content.decode()
    assert "A secret answer" in page
    assert "Save the list" not in page
    assert desk.post(address(session), {"check": ["room"]}).status_code == 404


@pytest.mark.parametrize("end", ["guide/", "guide.pdf", "present/", "present/?notes=1"])
def test_a_learner_of_the_session_and_a_trainer_of_another_find_nothing(end, sign_in, officers, session):
    for person in (officers[0], PersonFactory(trainer=True)):
        assert sign_in(person).get(address(session, end)).status_code == 404


def test_nothing_is_ticked_for_a_session_that_was_cancelled(desk, session, trainer):
    from training.sessions.planning import cancel_session

    cancel_session(session, by=trainer, reason="Flood", at=timezone.now())
    assert desk.post(address(session), {"check": ["room"]}).status_code == 404


def test_who_teaches_reads_every_guide_and_an_officer_none(sign_in, desk, session, officers, client):
    page = words(desk.get("/teach/guides/"))
    assert ("30 min" in page, "No guide yet" in page) == (True, True)
    page = words(desk.get("/teach/guides/M01/"))
    assert "Cards minutes 10 – 30" in page
    assert "2 × Set of cards to be printed for each small group" in page
    assert desk.get("/teach/guides/M03/").status_code == 404
    reader = sign_in(officers[0])
    assert [reader.get(path).status_code for path in ("/teach/guides/", "/teach/guides/M01/")] == [404, 404]


@pytest.mark.parametrize("people", [2, 12])
@pytest.mark.parametrize(("end", "queries"), [("guide/", 14), ("present/", 11)])
def test_a_guide_costs_the_same_for_any_number_of_learners(
    people, end, queries, desk, trainer, django_assert_max_num_queries
):
    for code in ("M01", "M03"):
        guide_of(code)
    many = session_of(CohortFactory(trainer=trainer, officers=PersonFactory.create_batch(people)), trainer)
    desk.get(address(many, end))
    with django_assert_max_num_queries(queries):
        desk.get(address(many, end))
