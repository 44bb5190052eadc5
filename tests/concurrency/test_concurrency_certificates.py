"""Two workers issue the same five hundred certificates, are killed half-way, and two others go on: five hundred in the end."""

import subprocess
import sys
import time

import pytest

from deploy.bench import server
from deploy.bench.apart import apart
from tests.concurrency.room import Room

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]

OFFICERS = 500
COMMAND = [sys.executable, "manage.py", "issue_due"]


def many(room: Room) -> int:
    return room.rows("SELECT COUNT(*) FROM certificates_certificate")[0][0]


def test_two_workers_killed_half_way_and_resumed_issue_exactly_one_each(room: Room):
    lacking = apart("inside_completed", room.settings, count=OFFICERS)
    before = many(room)
    assert lacking >= OFFICERS

    workers = [subprocess.Popen(COMMAND, cwd=server.ROOT, env=room.settings) for _two in range(2)]
    deadline = time.monotonic() + 300
    while many(room) < before + lacking // 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    for worker in workers:
        worker.kill()
        worker.wait()
    half = many(room)
    assert before < half < before + lacking, "they were killed in the middle"

    again = [subprocess.Popen(COMMAND, cwd=server.ROOT, env=room.settings) for _two in range(2)]
    assert [worker.wait(timeout=600) for worker in again] == [0, 0]
    assert many(room) == before + lacking

    ((certificates, occasions, serials, last),) = room.rows(
        "SELECT COUNT(*), COUNT(DISTINCT occasion), COUNT(DISTINCT serial), MAX(serial) FROM certificates_certificate"
    )
    assert certificates == occasions == serials
    assert int(last.rpartition("-")[2]) == certificates, "no serial is left out"
    ((unsigned,),) = room.rows(
        "SELECT COUNT(*) FROM certificates_certificate c WHERE NOT EXISTS "
        "(SELECT 1 FROM certificates_certificatesignature s WHERE s.certificate_id = c.id)"
    )
    assert unsigned == 0
