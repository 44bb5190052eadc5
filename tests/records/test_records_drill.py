"""The restore drill: everything is made, put into an archive, lost, and put back; on both databases."""

import json

import pytest

from tests.core import stores
from tests.records.places import PICTURE

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db]


def test_what_was_lost_is_back_as_it_was_and_what_is_damaged_or_not_ours_changes_nothing(place, tmp_path):
    archive, key = tmp_path / "away.age", place.data / "backup.key"
    made = place.run("backup", "--to", str(archive))
    assert made.returncode == 0, made.stderr
    assert oct(archive.stat().st_mode & 0o777) == oct(key.stat().st_mode & 0o777) == "0o600"
    assert b"SQLite format" not in archive.read_bytes()
    before = place.records()
    assert [len(before[f"assessments_{one}"]) for one in ("attempt", "attemptstep")] == [3, 3]

    # Nothing is put over what is there, unless one says so.
    assert place.run("restore", str(archive)).returncode == 1

    place.lose_everything()
    damaged, stranger = tmp_path / "damaged.age", tmp_path / "stranger.key"
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    assert place.run("backup", "--make-key", str(stranger)).stdout.startswith("age1")
    for file, identity in [(damaged, key), (archive, stranger)]:
        refused = place.run("restore", str(file), "--identity", str(identity))
        assert refused.returncode == 1
        assert "CommandError" in refused.stderr

    done = place.run("restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert place.records() == before
    place.run("update_index", "-v0")
    examined = json.loads(place.run("doctor", "--json").stdout)
    # The machine's disk, and the one upload that no record names, are no matter of the archive.
    assert [one for one in examined["findings"] if one["is_fault"] and one["check"] not in ("disk", "uploads")] == []
    assert place.sql("SELECT count(*) FROM records_auditentry WHERE action = 'records.restored'") == [(1,)]
    assert (place.data / "media/a/picture.png").read_bytes() == PICTURE
    assert (place.data / "packages/files/ab/abcd").read_bytes() == PICTURE
    with pytest.raises(Exception, match="append-only"):
        place.sql("DELETE FROM assessments_itemversion")

    # In the place of what is there, and with another key than that under which secrets were encrypted.
    assert "second factors" not in done.stdout
    place.sql("UPDATE people_person SET name_latin = 'Changed since'")
    done = place.run("restore", str(archive), "--yes", SECRET_KEY="another" * 10)
    assert done.returncode == 0, done.stderr
    assert (
        "1 second factors (apps, lists of recovery codes) of 1 people cannot be read with this SECRET_KEY"
        in done.stdout
    )
    assert place.records() == before
    assert not list(place.data.glob(".backup-*"))
    assert [path.name for path in (place.data / "media").iterdir()] == ["a"]

    # Where uploads lie in a bucket they go into it, and come back from there.
    with stores.running() as store:
        done = place.run("restore", str(archive), "--yes", STORAGE_URL=store.url)
        assert done.returncode == 0, done.stderr
        files = dict(store.objects)
        assert (files["media/a/picture.png"], files["packages/files/ab/abcd"]) == (PICTURE, PICTURE)
        again = tmp_path / "again.age"
        assert place.run("backup", "--to", str(again), STORAGE_URL=store.url).returncode == 0
        store.objects.clear()
        assert place.run("restore", str(again), "--yes", STORAGE_URL=store.url).returncode == 0
        assert store.objects == files
        store.refuses = 503
        for command in (["backup", "--to", str(tmp_path / "third.age")], ["restore", str(again), "--yes"]):
            refused = place.run(*command, STORAGE_URL=store.url)
            assert (refused.returncode, "The store that STORAGE_URL names" in refused.stderr) == (1, True)
    assert place.records() == before
