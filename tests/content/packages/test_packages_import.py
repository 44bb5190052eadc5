"""Packages on their way in: stored whole or not at all, approved before they play."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from content.models import H5PLibrary, Package, PackageImport, PackageVersion, Tree, TreeFile
from content.packages import importing, registry, storing
from tests.content.packages import building
from tests.content.packages.sending import library, ready, sent, taken
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _own_storage(tmp_path, monkeypatch):
    """A storage of its own, to be counted."""
    monkeypatch.setattr(storages["packages"], "_location", str(tmp_path / "packages"))
    for name in ("base_location", "location"):
        vars(storages["packages"]).pop(name, None)
    yield
    for name in ("base_location", "location"):
        vars(storages["packages"]).pop(name, None)


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


def lying() -> list[str]:
    """Every file in the storage."""
    root = Path(storages["packages"].location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def rows() -> list[int]:
    return [model.objects.count() for model in (Tree, TreeFile, H5PLibrary, Package, PackageVersion)]


def test_a_sound_package_is_stored_with_its_libraries_and_waits_for_approval(editor):
    one = taken(building.h5p(), by=editor)
    version = one.version
    assert (one.state, one.refusal, version.package.title) == ("stored", None, "A fixture")
    assert registry.status_of(version) == "waiting"
    assert [str(used.library) for used in version.libraries.order_by("position")] == [
        "H5P.FixtureMarks 1.0.0",
        "H5P.FixtureQuiz 1.0.3",
    ]
    assert "incoming" not in " ".join(lying())
    assert version.params["answers"][1]["text"] == "Red"
    assert version.weight > registry.CORE_BYTES


def test_it_plays_once_all_its_libraries_are_approved(editor):
    version = taken(building.h5p(), by=editor).version
    registry.decide(library("H5P.FixtureMarks"), H5PLibrary.Status.APPROVED, by=editor, at=NOW)
    assert registry.status_of(PackageVersion.objects.get(pk=version.pk)) == "waiting"
    registry.approve(version, by=editor, at=NOW)
    assert registry.status_of(PackageVersion.objects.get(pk=version.pk)) == "ready"


def test_a_blocked_library_makes_what_plays_with_it_unavailable(editor):
    version = ready(by=editor)
    registry.decide(library(), H5PLibrary.Status.BLOCKED, by=editor, at=NOW)
    assert registry.status_of(PackageVersion.objects.get(pk=version.pk)) == "unavailable"
    assert registry.currents([version.package_id], ["my"]) != {}


def test_a_refused_package_leaves_nothing_behind(editor):
    before = rows()
    one = taken(building.h5p(change={"content/run.html": b"<p>"}), by=editor)
    assert (one.state, one.version) == ("refused", None)
    assert "content/run.html" in str(importing.refusal_of(one))
    assert (rows(), lying()) == (before, [])


def test_a_package_whose_last_file_is_damaged_leaves_nothing_behind(editor):
    before = rows()
    whole = building.h5p_files(change={"content/last.png": building.PNG})
    records = [building.Raw(path, data, crc=1 if path == "content/last.png" else None) for path, data in whole.items()]
    one = taken(building.raw_zip(records), by=editor)
    assert (one.state, one.refusal[:2], rows(), lying()) == (
        "refused",
        ["file_damaged", "content/last.png"],
        before,
        [],
    )


def test_an_import_that_was_cut_off_goes_on_and_leaves_nothing_twice(editor, monkeypatch):
    one = sent(building.h5p(), by=editor)
    with monkeypatch.context() as broken:
        broken.setattr(storing, "keep_tree", lambda files: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            importing.run(one, at=NOW)
    one.refresh_from_db()
    assert (one.state, Package.objects.count()) == ("waiting", 0)
    importing.run(one, at=NOW)  # the lease of the first still holds
    one.refresh_from_db()
    assert one.state == "waiting"
    importing.run(one, at=NOW + timedelta(minutes=10))
    one.refresh_from_db()
    assert (one.state, PackageVersion.objects.count()) == ("stored", 1)


def test_what_a_cut_off_import_left_goes_with_the_next_daily_sweep(editor, monkeypatch):
    one = sent(building.h5p(change={"content/a.png": building.PNG}), by=editor)
    with monkeypatch.context() as broken:
        broken.setattr(storing, "keep_tree", lambda files: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            importing.run(one, at=NOW)
    one.delete()
    assert lying() != []
    storing.sweep(timezone.now())
    assert lying() != []  # another import may be at work
    storing.sweep(timezone.now() + timedelta(days=2))
    assert lying() == []


def test_the_sweep_keeps_what_is_used(editor):
    ready(by=editor)
    before = lying()
    storing.sweep(timezone.now() + timedelta(days=2))
    assert lying() == before != []


def test_the_same_file_twice_is_one_version(editor):
    first = taken(building.h5p(), by=editor)
    second = taken(building.h5p(), by=editor)
    assert (second.state, PackageVersion.objects.count()) == ("refused", 1)
    assert first.version.package.title in str(importing.refusal_of(second))


def test_the_next_version_takes_the_next_number_and_shares_files(editor):
    first = ready(building.h5p(change={"content/a.png": building.PNG}), by=editor)
    again = building.h5p(content=building.question(checkAnswer="Go"), change={"content/a.png": building.PNG})
    second = taken(again, by=editor, package=first.package).version
    assert (second.number, second.tree_id == first.tree_id) == (2, True)
    assert registry.status_of(second) == "ready"
    assert H5PLibrary.objects.count() == 2


def test_a_package_without_libraries_plays_with_those_that_are_here(editor):
    ready(by=editor)
    bare = building.h5p(libraries=(), content=building.question(checkAnswer="Go"))
    assert registry.status_of(taken(bare, by=editor).version) == "ready"


def test_a_package_that_needs_libraries_that_are_nowhere_is_refused_by_their_names(editor):
    one = taken(building.h5p(libraries=()), by=editor)
    assert (one.state, one.refusal[0]) == ("refused", "h5p_library_unknown")
    assert "H5P.FixtureQuiz 1.0" in str(importing.refusal_of(one))


def test_another_copy_of_an_approved_library_brings_no_new_code(editor):
    ready(by=editor)
    changed = {f"{building.QUIZ}/quiz.js": b"alert(1);"}
    one = taken(building.h5p(change=changed), by=editor)
    assert registry.status_of(one.version) == "ready"
    assert H5PLibrary.objects.filter(machine="H5P.FixtureQuiz").count() == 1


def test_a_higher_patch_waits_and_takes_over_once_it_is_approved(editor):
    first = ready(by=editor)
    newer = {f"{building.QUIZ}/library.json": building.library(patchVersion=9)}
    taken(building.h5p(change=newer), by=editor)
    assert registry.status_of(first) == "ready"
    registry.decide(library(), H5PLibrary.Status.APPROVED, by=editor, at=NOW)
    assert "H5P.FixtureQuiz 1.0.9" in [str(used.library) for used in first.libraries.all()]
    registry.decide(library(), H5PLibrary.Status.BLOCKED, by=editor, at=NOW)
    assert "H5P.FixtureQuiz 1.0.3" in [str(used.library) for used in first.libraries.all()]


def test_a_reader_gets_the_version_in_their_language_and_else_that_for_all(editor):
    every = ready(by=editor)
    burmese = taken(
        building.h5p(content=building.question(checkAnswer="စစ်ဆေးပါ")), by=editor, package=every.package, language="my"
    ).version
    assert registry.currents([every.package_id], ["my", "en"])[every.package_id] == burmese
    assert registry.currents([every.package_id], ["en"])[every.package_id] == every
    registry.take_down(burmese, by=editor, at=NOW)
    assert registry.currents([every.package_id], ["my", "en"])[every.package_id] == every


def test_handlers_written_into_the_content_are_taken_out(editor):
    bad = building.question(question='<p onclick="alert(1)">Which <script>alert(2)</script>colour?</p>')
    version = taken(building.h5p(content=bad), by=editor).version
    assert "onclick" not in version.params["question"]
    assert "script" not in version.params["question"]


def test_a_library_that_differs_from_the_approved_one_says_where(editor):
    ready(by=editor)
    newer = {
        f"{building.QUIZ}/library.json": building.library(patchVersion=9),
        f"{building.QUIZ}/quiz.js": b"H5P.FixtureQuiz = null;",
    }
    taken(building.h5p(change=newer), by=editor)
    said = {path for _what, path in registry.changes_from_approved(library())}
    assert said == {"library.json", "quiz.js"}


def test_the_same_file_sent_twice_at_once_is_stored_once(editor, monkeypatch):
    data = building.h5p()
    first, second = sent(data, by=editor), sent(data, by=editor)
    whole = importing.open_archive

    def meanwhile(file, *, name):  # the second has asked whether the file is known, and the first is stored just then
        monkeypatch.setattr(importing, "open_archive", whole)
        importing.run(first, at=timezone.now())
        return whole(file, name=name)

    monkeypatch.setattr(importing, "open_archive", meanwhile)
    importing.run(second, at=timezone.now())
    states = dict(PackageImport.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == ("stored", "refused")
    assert (Package.objects.count(), PackageVersion.objects.count()) == (1, 1)
    assert [place for place in lying() if place.startswith("incoming")] == []


@pytest.mark.parametrize(
    ("state", "refusal"),
    [("refused", None), ("waiting", ["known", "", {}]), ("stored", None)],
    ids=["why", "early", "what"],
)
def test_an_import_ends_in_one_way(editor, state, refusal):
    one = sent(building.h5p(), by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        PackageImport.objects.filter(pk=one.pk).update(state=state, refusal=refusal)
