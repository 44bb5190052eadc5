"""The server is killed while officers answer: what it acknowledged is there when it comes back."""

import threading

import pytest

from deploy.bench.browser import Paper, begin
from deploy.bench.load import at_once
from tests.concurrency.room import Room, failures

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]

OFFICERS, SAVES = 10, 150


def test_killed_in_the_middle_the_server_has_every_answer_that_it_acknowledged(room: Room):
    papers = [begin(room.browser(), room.quiz) for _ in range(OFFICERS)]
    acknowledged: dict[str, list[str]] = {paper.path: [] for paper in papers}
    on_the_way: dict[str, dict] = {}
    enough, count = threading.Event(), iter(range(1, SAVES * OFFICERS * 10))

    def answer_until_the_line_goes_dead(paper: Paper) -> None:
        for turn in range(10 * SAVES):
            place = turn % 4
            step = paper.step(place, paper.options[place][turn // 4 % 2])
            on_the_way[paper.path] = step
            try:
                answer, verdicts = paper.save(step)
            except OSError:
                return
            if verdicts != ["accepted"]:
                raise RuntimeError(f"a save: {answer.status} {verdicts}")
            acknowledged[paper.path].append(step["id"])
            del on_the_way[paper.path]
            if next(count) == SAVES:
                enough.set()
        raise RuntimeError("the line never went dead")

    def kill() -> None:
        assert enough.wait(60)
        room.close(kill=True)

    results = at_once([*(lambda paper=paper: answer_until_the_line_goes_dead(paper) for paper in papers), kill])
    assert failures(results) == []
    assert sum(map(len, acknowledged.values())) >= SAVES
    assert on_the_way != {}, "nobody was in the middle of a save"

    room.open()
    stored = {path: room.steps(path) for path in acknowledged}
    lost = {path: set(ids) - {pk for _seq, pk, *_rest in stored[path]} for path, ids in acknowledged.items()}
    assert lost == {key: set() for key in acknowledged}
    # No half of anything: the numbers have no gap, and the attempt's own count is that of its steps.
    assert {path: [seq for seq, *_rest in steps] for path, steps in stored.items()} == {
        path: list(range(1, len(steps) + 1)) for path, steps in stored.items()
    }

    # The page sends again what was not acknowledged, by its id; it is stored once, whether it had arrived or not.
    for paper in papers:
        if step := on_the_way.get(paper.path):
            assert paper.save(step)[1] == ["accepted"]
            ids = [pk for _seq, pk, *_rest in room.steps(paper.path)]
            assert ids == [*acknowledged[paper.path], step["id"]]
        assert paper.hand_in().status == 302
        assert len(room.grades(paper.path)) == 1
