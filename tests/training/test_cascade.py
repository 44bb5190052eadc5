"""The cascade: every participation leads up to the master group, and the figures are those of a cascade that is known."""

import io
import time
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from core.privacy import shown
from courses.catalogue import catalogue
from tests.factories import CohortFactory, PersonFactory, UnitFactory, session_of
from training.accrediting.granting import accredit
from training.cascade.graph import Cascade, Held, Right
from training.cascade.reading import cascade_of
from training.models.accreditations import Tier
from training.sessions.attendance import Tick, tick

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
TODAY = date(2026, 11, 29)
UNTIL = date(2028, 1, 1)


def day(n: float) -> datetime:
    return START + timedelta(days=n)


def right(id, person, session, n, *, until=UNTIL, ended=None) -> Right:
    return Right(id, person, "trainer" if session else "master", session, day(n), until, ended)


def held(id, lead, n, *there, version="2") -> Held:
    return Held(id, lead, day(n), version, frozenset(there))


# Masters 1 and 2; master 1 accredits 11 and 12, who teach 101 to 105; 12 accredits 21, who has not taught; master 2 taught 301 only.
SESSIONS = [
    held(1, 1, 10, 11, 12),
    held(2, 11, 30, 101, 102, version="1"),
    held(3, 11, 40, 102, 103),
    held(4, 12, 20, 104, 21),
    held(5, 12, 60, 105),
    held(6, 2, 50, 301),
]
RIGHTS = [
    right(1, 1, None, 0), right(2, 2, None, 0), right(3, 11, 1, 10), right(4, 12, 1, 10, until=date(2027, 1, 15)), right(5, 21, 4, 20),
]  # fmt: skip


@pytest.fixture
def graph():
    return Cascade(RIGHTS, SESSIONS)


def test_the_generations_have_the_figures_of_the_cascade(graph):
    told = [(g.depth, g.people, g.never, g.ending, g.sessions, g.reached, g.days) for g in graph.generations(on=TODAY)]
    assert told == [(0, 2, 0, 0, 2, 3, 30.0), (1, 2, 0, 1, 4, 6, 15.0), (2, 1, 1, 0, 0, 0, None)]


def test_every_officer_has_a_chain_up_to_the_master_group(graph):
    for officer in (101, 102, 103, 104, 105, 21):
        links = graph.chain(officer)
        assert links[-1][1].session is None
        assert links[0][0].there >= {officer}
    assert [session.id for session, _right in graph.chain(102)] == [3, 1]  # the newest that they attended
    assert graph.chain(999) == []


def test_the_tree_adds_up(graph):
    first, second = graph.tree()
    assert (first.right.person, first.sessions, first.reached, first.all_reached) == (1, 1, 2, 2 + 3 + 3)
    assert [one.right.person for one in first.below] == [11, 12]
    assert [one.right.person for one in first.below[1].below] == [21]
    assert (second.right.person, second.all_reached) == (2, 1)


def test_a_renewal_counts_where_somebody_is_now_and_what_they_taught_before_stays():
    renewed = [*RIGHTS[:2], right(3, 11, 1, 10, ended=day(70)), *RIGHTS[3:], right(6, 11, None, 70)]
    told = {g.depth: (g.people, g.sessions) for g in Cascade(renewed, SESSIONS).generations(on=TODAY)}
    assert told == {0: (3, 2), 1: (1, 4), 2: (1, 0)}


def test_a_withdrawn_right_is_no_trainer_any_more_and_keeps_its_branch():
    withdrawn = [*RIGHTS[:3], right(4, 12, 1, 10, ended=day(80)), RIGHTS[4]]
    graph = Cascade(withdrawn, SESSIONS)
    assert [g.people for g in graph.generations(on=TODAY)] == [2, 1, 1]
    assert [one.right.person for one in graph.tree()[0].below[1].below] == [21]


def test_a_circle_that_no_page_can_make_ends():
    graph = Cascade([right(1, 1, 2, 0), right(2, 2, 1, 0)], [held(1, 1, 5, 2), held(2, 2, 5, 1)])
    assert graph.generations(on=TODAY)
    assert len(graph.chain(1)) == 2


def test_what_was_taught_of_another_version_is_found(graph):
    assert [one.id for one in graph.outdated("2", since=day(0))] == [2]
    assert graph.outdated("2", since=day(31)) == []


@pytest.mark.parametrize(
    ("count", "of", "told"), [(0, 9, 0), (3, 9, None), (5, 10, 5), (7, 10, None), (10, 10, 10), (0, 3, None)]
)
def test_small_counts_and_their_rest_are_not_shown(count, of, told):
    assert shown(count, of) == told


def test_a_cascade_of_five_thousand_is_counted_in_a_moment():
    rights, sessions, officer = [right(n, n, None, 0) for n in range(6)], [], 10_000
    for tier, (first, leads) in enumerate(((100, range(6)), (1000, range(100, 160)))):
        for place, lead in enumerate(leads):
            taught = (
                [first + place * 10 + n for n in range(10)]
                if tier == 0
                else [officer + place * 83 + n for n in range(83)]
            )
            sessions.append(held(len(sessions) + 1, lead, 10 + tier * 20, *taught))
            if tier == 0:
                rights += [right(1000 + one, one, len(sessions), 12) for one in taught]
    begun = time.process_time()
    graph = Cascade(rights, sessions)
    told = [(g.people, g.sessions, g.reached) for g in graph.generations(on=TODAY)]
    graph.tree()
    assert told == [(6, 6, 60), (60, 60, 4980)]
    assert time.process_time() - begun < 1


# --- Read from the records ------------------------------------------------------------------------------------------------


@pytest.fixture
def taught(db):
    """A master trainer accredited a trainer in a session; the trainer taught six officers of one post, of seven who serve there."""
    master, trainer = PersonFactory(master=True, name_my="ဒေါ်ဆရာမကြီး"), PersonFactory(trainer=True)
    now = timezone.now()
    first = session_of(CohortFactory(trainer=master, officers=[trainer]), master, day=now - timedelta(days=10))
    tick(first, [Tick(uuid4(), trainer.public_id, "present")], by=master, at=now - timedelta(days=9))
    accredit(first, trainer, Tier.TRAINER, by=master, at=now - timedelta(days=9))
    post = UnitFactory(kind="post", parent=UnitFactory(kind="region", parent=UnitFactory()), name_my="တံတားဂိတ်")
    officers = PersonFactory.create_batch(6, unit=post)
    session = session_of(CohortFactory(trainer=trainer, officers=officers), trainer, observers=[master])
    tick(session, [Tick(uuid4(), one.public_id, "late") for one in officers], by=trainer, at=now)
    return {"master": master, "trainer": trainer, "officers": officers, "post": post}


def test_it_is_read_in_four_queries_and_leads_up(taught, django_assert_num_queries):
    key = catalogue("en").by_code["C1"].key
    with django_assert_num_queries(4):
        graph = cascade_of(key)
    assert [(g.people, g.sessions, g.reached) for g in graph.generations(on=timezone.localdate())] == [
        (1, 1, 1),
        (1, 1, 6),
    ]
    assert [session.lead for session, _right in graph.chain(taught["officers"][0].pk)] == [
        taught["trainer"].pk,
        taught["master"].pk,
    ]


def test_the_lead_sees_generations_tree_and_posts(taught, sign_in, client):
    client.cookies["lang"] = "en"
    office = sign_in(PersonFactory(lead=True))
    page = office.get("/office/cascade/").content.decode()
    assert taught["trainer"].name_latin in page or taught["trainer"].name_my in page
    assert "100 %" in page
    PersonFactory(unit=taught["post"])  # six of seven would tell who the seventh is
    page = office.get("/office/cascade/").content.decode()
    assert "100 %" not in page
    sheet = load_workbook(io.BytesIO(office.get("/office/cascade/?course=C1&format=xlsx").content)).active
    assert [row[:6] for row in sheet.iter_rows(min_row=2, values_only=True)] == [(0, 1, 0, 0, 1, 1), (1, 1, 0, 0, 1, 6)]


def test_the_auditor_sees_the_figures_and_no_name(taught, sign_in, client):
    client.cookies["lang"] = "en"
    page = sign_in(PersonFactory(auditor=True)).get("/office/cascade/").content.decode()
    assert "By generation" in page
    assert not any(
        name in page for one in (taught["master"], taught["trainer"]) for name in (one.name_my, one.service_number)
    )


def test_the_chain_of_one_officer_is_told_and_that_somebody_looked_is_kept(taught, sign_in, client):
    client.cookies["lang"] = "en"
    office = sign_in(PersonFactory(lead=True))
    page = office.get(f"/office/cascade/{taught['officers'][0].public_id}/").content.decode()
    assert page.index(str(taught["trainer"].public_id)) < page.index(str(taught["master"].public_id))


def test_the_page_costs_the_same_for_few_and_for_many_posts(taught, sign_in, django_assert_max_num_queries):
    office = sign_in(PersonFactory(lead=True))
    for _post in range(10):
        PersonFactory.create_batch(5, unit=UnitFactory(kind="post", parent=taught["post"].parent))
    office.get("/office/cascade/")
    with django_assert_max_num_queries(16):
        office.get("/office/cascade/")
