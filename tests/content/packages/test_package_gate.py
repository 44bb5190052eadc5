"""Hostile, broken and odd packages: each is refused for its own reason, or let in with what there is to know."""

import hashlib
import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import override

from content.packages.archive import open_archive
from content.packages.h5p.names import LibraryName
from content.packages.h5p.reading import WARNINGS, H5PContents, canonical_library_json, read_h5p
from content.packages.refusals import SENTENCES, PackageRefused
from tests.content.packages.building import (
    GONE,
    MARKS,
    PNG,
    QUIZ,
    Raw,
    about,
    h5p,
    h5p_files,
    library,
    library_files,
    name,
    packed,
    question,
    raw_h5p,
    raw_zip,
)

FIXTURE_QUIZ = LibraryName("H5P.FixtureQuiz", 1, 0)
FIXTURE_MARKS = LibraryName("H5P.FixtureMarks", 1, 0)
MB = 2**20


def read(package: bytes, file_name: str = "activity.h5p") -> H5PContents:
    """What is let in of a package, every file of it read."""
    with open_archive(io.BytesIO(package), name=file_name) as archive:
        contents = read_h5p(archive)
        for path in archive.files:
            archive.copy(path, io.BytesIO())
        return contents


def with_file(path: str | bytes, data: bytes = PNG, **changes: Any) -> Callable[[], bytes]:
    """A sound package with one more file."""
    return lambda: raw_h5p(Raw(path, data, **changes))


def changed(path: str, value: Any) -> Callable[[], bytes]:
    """A sound package with one file changed, added or GONE."""
    return lambda: h5p(change={path: value})


def about_is(**changes: Any) -> Callable[[], bytes]:
    return lambda: h5p(h5p=about(**changes))


def library_is(**changes: Any) -> Callable[[], bytes]:
    return lambda: h5p(change={f"{QUIZ}/library.json": library(**changes)})


def content_is(**changes: Any) -> Callable[[], bytes]:
    return lambda: h5p(content=question(**changes))


def deep(levels: int) -> bytes:
    return b'{"question": ' + b"[" * levels + b"]" * levels + b"}"


def locked() -> bytes:
    return raw_h5p(Raw("content/a.png", PNG, flags=0x801))


def by_lzma() -> bytes:
    return packed(h5p_files(), zipfile.ZIP_LZMA)


def a_link() -> bytes:
    return raw_h5p(Raw("content/a.png", b"/etc/passwd", mode=0o120777))


def a_link_then_a_file() -> bytes:
    return raw_h5p(Raw("content/a", b"/tmp", mode=0o120777), Raw("content/a/b.png", PNG))


def sharing_bytes() -> bytes:
    """Two records of one place, as a bomb of few bytes has thousands."""
    at = raw_h5p().index(b"PK\1\2")
    return raw_h5p(Raw("content/a.png", PNG), Raw("content/a.png", PNG, at=at))


def one_within_another() -> bytes:
    inner = Raw("content/b.png", PNG, method=0)
    outer = Raw("content/a.txt", raw_zip([inner]), method=0)
    at = raw_h5p().index(b"PK\1\2") + 30 + len(outer.raw)
    return raw_h5p(outer, Raw("content/b.png", PNG, method=0, at=at))


def cut_short() -> bytes:
    package = h5p()
    return package[: len(package) // 2]


def a_byte_changed() -> bytes:
    package = bytearray(raw_h5p(Raw("content/a.png", PNG, method=0)))
    package[package.index(PNG) + 20] ^= 1
    return bytes(package)


def with_zip64() -> bytes:
    return raw_h5p(count=0xFFFF)


def numeric_texts() -> bytes:
    own = library(majorVersion="1", minorVersion="0", patchVersion="3", runnable="1")
    return h5p(h5p=about(preloadedDependencies=[name(major="1", minor="0")]), change={f"{QUIZ}/library.json": own})


def folder_without_version() -> bytes:
    files = {
        path.replace(f"{QUIZ}/", "H5P.FixtureQuiz/"): data
        for path, data in library_files().items()
    }  # fmt: skip
    return h5p(libraries=(), change=files)


def twice_by_two_folders() -> bytes:
    files = {path.replace(f"{MARKS}/", "H5P.FixtureMarks/"): data for path, data in library_files(MARKS).items()}
    return h5p(change=files)


def in_a_folder() -> bytes:
    return packed({f"my-activity/{path}": data for path, data in h5p_files().items()})


def needing_each_other() -> bytes:
    return h5p(change={f"{MARKS}/library.json": library(MARKS, preloadedDependencies=[name()])})


def with_an_editor() -> bytes:
    editor = name("H5PEditor.ColorSelector", 1, 3)
    own = library(preloadedDependencies=[name("H5P.FixtureMarks"), editor], editorDependencies=[editor])
    return h5p(
        h5p=about(preloadedDependencies=[name(), editor]), change={f"{QUIZ}/library.json": own}
    )  # fmt: skip


def picture(path: Any) -> Callable[[], bytes]:
    return content_is(picture={"path": path, "mime": "image/png"})


def folder_records() -> bytes:
    return raw_h5p(Raw("content/", method=0, mode=0o040755), Raw("content/images/", method=0))


def video(path: str) -> Callable[[], bytes]:
    return content_is(video=[{"path": path, "mime": "video/YouTube"}])


BIG_NUMBER = b'{"question": "?", "weight": ' + b"9" * 5000 + b"}"

# What, how it is built, and the code it is refused with.
REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    # The ZIP file
    ("nothing", lambda: b"", "not_zip"),
    ("a picture", lambda: PNG, "not_zip"),
    ("a program before the archive", lambda: b"#!/bin/sh\n" + h5p(), "not_zip"),
    ("an archive without files", lambda: raw_zip([]), "not_zip"),
    ("cut short", cut_short, "zip_broken"),
    ("something behind its end", lambda: raw_h5p(tail=b"<script>"), "zip_broken"),
    ("a count that lies", lambda: raw_h5p(count=3), "zip_broken"),
    ("another name in the record", with_file("content/a.png", local_path="content/b.png"), "zip_broken"),
    ("a record beyond the end", lambda: raw_h5p(Raw("content/a.png", PNG, at=10**6)), "zip_broken"),
    ("the form for large files", with_zip64, "zip_too_large_form"),
    ("too many files", lambda: raw_zip(Raw(f"content/{n}.txt") for n in range(5001)), "too_many_files"),
    ("a sum of sizes above the limit", lambda: raw_h5p(*(Raw(f"content/{n}.txt", stored=b"0" * MB, size=90 * MB) for n in range(5))), "unpacked_too_big"),
    ("two records of one place", sharing_bytes, "records_overlap"),
    ("a record within another", one_within_another, "records_overlap"),
    # One file of it
    ("a link", a_link, "special_file"),
    ("a link, then a file below it", a_link_then_a_file, "special_file"),
    ("a device", with_file("content/a.png", mode=0o020666), "special_file"),
    ("a password", locked, "file_locked"),
    ("LZMA", by_lzma, "method_unknown"),
    ("a file above the limit", with_file("content/a.txt", stored=b"0" * MB, size=101 * MB), "file_too_big"),
    ("300 MB of nothing", with_file("content/a.txt", bytes(90 * MB)), "ratio_too_high"),
    ("a size stated too small", with_file("content/a.txt", b"a" * 1000, size=10), "file_damaged"),
    ("a size stated too large", with_file("content/a.txt", b"a" * 1000, size=5000), "file_damaged"),
    ("a check sum that lies", with_file("content/a.png", crc=1), "file_damaged"),
    ("a changed byte", a_byte_changed, "file_damaged"),
    ("no deflated data", with_file("content/a.txt", b"abc", stored=b"\xff\xff\xff\xff"), "file_damaged"),
    ("bytes behind the data", with_file("content/a.txt", b"", stored=b"\3\0hidden"), "file_damaged"),
    ("stored with two sizes", with_file("content/a.png", PNG, method=0, size=3), "file_damaged"),
    # Names
    ("up and out", with_file("../../etc/cron.txt"), "name_leads_outside"),
    ("up from within", with_file("content/../../a.png"), "name_leads_outside"),
    ("from the root", with_file("/etc/a.png"), "name_leads_outside"),
    ("a drive", with_file("C:/a.png"), "name_leads_outside"),
    ("a backslash", with_file("content\\..\\a.png"), "name_leads_outside"),
    ("an empty part", with_file("content//a.png"), "name_leads_outside"),
    ("a part that is a dot", with_file("content/./a.png"), "name_leads_outside"),
    ("no name", with_file(""), "name_leads_outside"),
    ("a line break in a name", with_file("content/a\nb.png"), "name_hidden_signs"),
    ("a NUL in a name", with_file("content/a\0.png"), "name_hidden_signs"),
    ("a name turned around", with_file("content/\u202egnp.js"), "name_hidden_signs"),
    ("a name in no known letters", with_file(b"content/\xff\xfe.png"), "name_not_unicode"),
    ("thirty folders", with_file("content/" + "a/" * 30 + "b.png"), "name_too_deep"),
    ("300 letters", with_file("content/" + "a" * 300 + ".png"), "name_too_long"),
    ("seventy Burmese letters", with_file("content/" + "က" * 70 + ".png"), "name_too_long"),
    ("a dot at the end", with_file("content/a.png."), "name_ends_in_dot_or_space"),
    ("a folder with a space at the end", with_file("content/a /b.png"), "name_ends_in_dot_or_space"),
    ("one name, two files", lambda: raw_h5p(Raw("content/a.png", PNG), Raw("content/a.png", PNG + b"0")), "name_twice"),
    ("names of two cases", lambda: raw_h5p(Raw("content/a.png", PNG), Raw("content/A.png", PNG)), "name_twice"),
    ("names of two normal forms", lambda: raw_h5p(Raw("content/é.png", PNG), Raw("content/e\u0301.png", b"0")), "name_twice"),
    ("two h5p.json", lambda: raw_h5p(Raw("h5p.json", b"{}")), "name_twice"),
    ("a file that is a folder", lambda: raw_h5p(Raw("content/a.txt", PNG), Raw("content/a.txt/b.png", PNG)), "file_and_folder"),
    # Kinds of files
    ("a page", changed("content/a.html", b"<script>"), "html_refused"),
    ("a page in a library", changed(f"{QUIZ}/a.htm", b"<script>"), "html_refused"),
    ("a drawing in content", changed("content/a.svg", b"<svg/>"), "svg_in_content"),
    ("a program in content", changed("content/a.js", b"alert(1)"), "extension_refused"),
    ("a program for Windows", changed("content/a.exe", b"MZ"), "extension_refused"),
    ("a program behind two endings", changed("content/a.png.php", b"<?php"), "extension_refused"),
    ("Flash in content", changed("content/a.swf", b"FWS"), "extension_refused"),
    ("no ending", changed(f"{QUIZ}/LICENSE", b"MIT"), "extension_refused"),
    # JSON
    ("h5p.json in Latin-1", changed("h5p.json", '{"title": "é"}'.encode("latin-1")), "json_not_utf8"),
    ("h5p.json in UTF-16", changed("h5p.json", json.dumps(about()).encode("utf-16")), "json_not_utf8"),
    ("h5p.json cut off", changed("h5p.json", b'{"title": "A'), "json_broken"),
    ("h5p.json with a title twice", changed("h5p.json", b'{"title": "A", "title": "B"}'), "json_name_twice"),
    ("content 100,000 levels deep", changed("content/content.json", deep(100_000)), "json_too_deep"),
    ("content that opens and never closes", changed("content/content.json", b"[" * 100_000), "json_too_deep"),
    ("content with NaN", changed("content/content.json", b'{"weight": NaN}'), "json_number"),
    ("content with 1e400", changed("content/content.json", b'{"weight": 1e400}'), "json_number"),
    ("content with 5,000 digits", changed("content/content.json", BIG_NUMBER), "json_number"),
    ("content with half a letter", changed("content/content.json", b'{"question": "\\ud83d"}'), "json_text"),
    ("content with U+0000", changed("content/content.json", b'{"question": "\\u0000"}'), "json_text"),
    ("content of 6 MB", changed("content/content.json", b'{"question": "' + bytes(range(32, 33)) * 6 * MB + b'"}'), "ratio_too_high"),
    ("semantics of 6 MB", lambda: raw_h5p(Raw(f"{MARKS}/semantics.json", b"[" + b" " * 6 * MB + b"]", method=0)), "file_too_long"),
    # The frame
    ("no h5p.json", changed("h5p.json", GONE), "h5p_json_missing"),
    ("a folder around all", in_a_folder, "h5p_json_in_folder"),
    ("no content", changed("content/content.json", GONE), "content_json_missing"),
    ("h5p.json is null", changed("h5p.json", b"null"), "h5p_json_field"),
    ("content is a list", changed("content/content.json", []), "params_no_object"),
    ("no title", about_is(title=GONE), "h5p_json_field"),
    ("a title of 300 letters", about_is(title="a" * 300), "h5p_json_field"),
    ("a title that is a list", about_is(title=["a"]), "h5p_json_field"),
    ("a language with a path", about_is(language="../en"), "h5p_json_field"),
    ("a main library with a path", about_is(mainLibrary="../../etc"), "h5p_json_field"),
    ("a main library that is not listed", about_is(mainLibrary="H5P.Other"), "h5p_json_field"),
    ("a main library that cannot be played", about_is(mainLibrary="H5P.FixtureMarks"), "h5p_json_field"),
    ("dependencies that are an object", about_is(preloadedDependencies={}), "h5p_json_field"),
    ("a version that is a word", about_is(preloadedDependencies=[name(major="one")]), "h5p_json_field"),
    ("a version below nought", about_is(preloadedDependencies=[name(minor=-1)]), "h5p_json_field"),
    ("a version that is true", about_is(preloadedDependencies=[name(major=True)]), "h5p_json_field"),
    ("an unknown way to embed", about_is(embedTypes=["object"]), "h5p_json_field"),
    # Libraries
    ("a library without library.json", changed(f"{QUIZ}/library.json", GONE), "library_json_missing"),
    ("a folder that is no library", changed("images/a.png", PNG), "library_json_missing"),
    ("a library of another name", library_is(machineName="H5P.Other"), "library_folder_name"),
    ("a library of another version", library_is(minorVersion=7), "library_folder_name"),
    ("one library in two folders", twice_by_two_folders, "library_twice"),
    ("a library without a patch", library_is(patchVersion=GONE), "library_json_field"),
    ("a library without a title", library_is(title=""), "library_json_field"),
    ("a library that says neither", library_is(runnable="maybe"), "library_json_field"),
    ("a library of core 1.29", library_is(coreApi={"majorVersion": 1, "minorVersion": 29}), "core_api_too_new"),
    ("a library of core 2.0", library_is(coreApi={"majorVersion": 2, "minorVersion": 0}), "core_api_too_new"),
    ("a library of core “new”", library_is(coreApi="new"), "library_json_field"),
    ("a program that is missing", changed(f"{QUIZ}/quiz.js", GONE), "library_file_missing"),
    ("a style that is missing", changed(f"{QUIZ}/quiz.css", GONE), "library_file_missing"),
    ("a program outside the library", library_is(preloadedJs=[{"path": "../H5P.FixtureMarks-1.0/scripts/marks.js"}]), "library_json_field"),
    ("a program on another server", library_is(preloadedJs=[{"path": "https://example.org/a.js"}]), "library_json_field"),
    ("a program that is a picture", library_is(preloadedJs=[{"path": "a.png"}]), "library_json_field"),
    ("programs as text", library_is(preloadedJs="quiz.js"), "library_json_field"),
    ("semantics that are an object", changed(f"{QUIZ}/semantics.json", {}), "semantics_broken"),
    ("semantics without types", changed(f"{QUIZ}/semantics.json", [{"name": "a"}]), "semantics_broken"),
    ("broken semantics", changed(f"{QUIZ}/semantics.json", b"[{"), "json_broken"),
    ("a translation into no language", changed(f"{QUIZ}/language/XXX!.json", {}), "language_broken"),
    ("a translation that is a list", changed(f"{QUIZ}/language/de.json", []), "language_broken"),
    ("a broken translation", changed(f"{QUIZ}/language/de.json", b"{"), "json_broken"),
    # Media
    ("a picture of the server", picture("../../../etc/passwd"), "media_path"),
    ("a picture from the root", picture("/etc/passwd"), "media_path"),
    ("a picture as a program", picture("javascript:alert(1)"), "media_path"),
    ("a picture in itself", picture("data:image/png;base64,AAAA"), "media_path"),
    ("a picture on a disk", picture("file:///etc/passwd"), "media_path"),
]  # fmt: skip

# What, how it is built, and the codes of what there is to know.
LET_IN: list[tuple[str, Callable[[], bytes], set[str]]] = [
    ("the fixture", h5p, set()),
    ("written byte by byte", raw_h5p, set()),
    ("stored without packing", lambda: packed(h5p_files(), zipfile.ZIP_STORED), set()),
    ("a remark on the archive", lambda: raw_h5p(comment=b"made by hand PK\5\6"), set()),
    ("content without libraries", lambda: h5p(libraries=()), set()),
    ("records of folders", folder_records, set()),
    ("what a Mac leaves behind", lambda: h5p(change={"__MACOSX/._h5p.json": b"x", "content/.DS_Store": b"x"}), set()),
    ("what Windows leaves behind", lambda: h5p(change={"content/Thumbs.db": b"x", "desktop.ini": b"x"}), set()),
    ("hidden files", lambda: h5p(change={".git/config": b"x", f"{QUIZ}/.gitignore": b"x", "_a/b.exe": b"x"}), set()),
    ("h5p.json with a mark of byte order", changed("h5p.json", b"\xef\xbb\xbf" + json.dumps(about()).encode()), set()),
    ("versions as text", numeric_texts, set()),
    ("a folder without a version", folder_without_version, set()),
    ("a folder with a patch", lambda: h5p(libraries=(), change={path.replace(QUIZ, f"{QUIZ}.3"): data for path, data in library_files().items()}), set()),
    ("libraries that need each other", needing_each_other, set()),
    ("an editor listed as needed", with_an_editor, set()),
    ("one file twice", lambda: raw_h5p(Raw("content/a.png", PNG), Raw("content/a.png", PNG, method=0)), set()),
    ("a Burmese name", with_file("content/ပုံ.png"), set()),
    ("a name in UTF-8 that does not say so", with_file("content/ပုံ.png", flags=0), set()),
    ("an emoji in two halves", changed("content/content.json", b'{"question": "\\ud83d\\ude00"}'), set()),
    ("100 levels", changed("content/content.json", deep(100)), set()),
    ("a drawing in a library", changed(f"{QUIZ}/a.svg", b"<svg/>"), set()),
    ("core 1.28", library_is(coreApi={"majorVersion": 1, "minorVersion": 28}), set()),
    ("no way to embed", about_is(embedTypes=GONE), set()),
    ("no language", about_is(language=GONE), set()),
    ("no licence", about_is(license=GONE), set()),
    ("a path that starts here", library_is(preloadedJs=[{"path": "./quiz.js"}]), set()),
    ("a patch in a library", changed(f"{QUIZ}/a.patch", b"-a"), {"file_left_out"}),
    ("Flash in a library", changed(f"{QUIZ}/a.swf", b"FWS"), {"file_left_out"}),
    ("a file beside all", changed("readme.txt", b"Hello"), {"file_not_needed"}),
    ("a library that nobody asked for", lambda: h5p(libraries=(MARKS,), h5p=about(preloadedDependencies=[name()])), {"library_not_needed"}),
    ("a picture that is missing", picture("images/a.png"), {"media_missing"}),
    ("a Burmese picture", lambda: h5p(content=question(picture={"path": "ပုံ\u200bတစ်.png", "mime": "image/png"}), change={"content/ပုံ\u200bတစ်.png": PNG}), set()),
    ("a picture that was not saved", lambda: h5p(content=question(picture={"path": "a.png#tmp", "mime": "image/png"}), change={"content/a.png": PNG}), set()),
    ("a film elsewhere", video("https://video.example.org/watch?v=1"), {"media_external", "host_external"}),
    ("a film elsewhere without a scheme", video("//video.example.org/watch?v=1"), {"media_external", "host_external"}),
    ("an address in a text", content_is(question='<a href="https://example.org/">Read</a>'), {"host_external"}),
]  # fmt: skip


@pytest.mark.parametrize(("build", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_bad_package_is_refused_for_its_own_reason(build, code):
    with pytest.raises(PackageRefused) as refused:
        read(build())
    assert refused.value.code == code
    assert "%(" not in str(refused.value)


@pytest.mark.parametrize(("build", "warned"), [case[1:] for case in LET_IN], ids=[case[0] for case in LET_IN])
def test_an_odd_package_is_let_in_with_what_there_is_to_know(build, warned):
    assert {warning.code for warning in read(build()).warnings} == warned


def test_every_kind_of_case_is_named_once():
    names = [case[0] for case in (*REFUSED, *LET_IN)]
    assert len(set(names)) == len(names)


def test_only_the_names_of_packages_are_let_in():
    with pytest.raises(PackageRefused) as refused:
        read(h5p(), "activity.exe")
    assert refused.value.code == "suffix_unknown"
    assert read(h5p(), "ACTIVITY.H5P.ZIP").title == "A fixture"


def test_every_sentence_says_that_nothing_was_stored_and_fits_its_values():
    with override("en"):
        for code, sentence in SENTENCES.items():
            assert "Nothing was stored." in str(sentence), code
        for sentence in WARNINGS.values():
            assert str(sentence) % {"where": "x"}


# --- What is read ----------------------------------------------------------------------------------------------------


def test_the_fixture_is_read_whole():
    contents = read(
        h5p(content=question(part={"library": "H5P.Column 1.16", "params": {}}), change={"content/a/b.png": PNG})
    )
    assert (contents.title, contents.language, contents.licence, contents.main) == (
        "A fixture",
        "en",
        "U",
        FIXTURE_QUIZ,
    )
    assert contents.needed == (FIXTURE_QUIZ, FIXTURE_MARKS, LibraryName("H5P.Column", 1, 16))
    assert contents.content_files == ("a/b.png",)
    quiz = contents.libraries[FIXTURE_QUIZ]
    assert (quiz.patch, quiz.title, quiz.licence, quiz.core_api, quiz.runnable) == (
        3,
        "Fixture Quiz",
        "MIT",
        (1, 19),
        True,
    )
    assert (quiz.js, quiz.css, quiz.dependencies, quiz.folder) == (("quiz.js",), ("quiz.css",), (FIXTURE_MARKS,), QUIZ)
    assert set(quiz.files) == {"language/en.json", "library.json", "quiz.css", "quiz.js", "semantics.json"}
    marks = contents.libraries[FIXTURE_MARKS]
    assert (marks.js, marks.core_api, marks.runnable, marks.uses_eval) == (("scripts/marks.js",), None, False, False)


def test_libraries_of_the_editor_are_not_needed():
    assert read(with_an_editor()).needed == (FIXTURE_QUIZ,)


def test_hosts_and_eval_of_a_library_are_told():
    script = (
        b'var ns = "http://www.w3.org/2000/svg"; load("https:\\/\\/a.example.org/x"); // see.this\nnew Function("a")'
    )
    contents = read(
        h5p(change={f"{QUIZ}/quiz.js": script, f"{QUIZ}/quiz.css": b"a { src: url(//b.example.org/f.woff) }"})
    )
    quiz = contents.libraries[FIXTURE_QUIZ]
    assert quiz.hosts == ("a.example.org", "b.example.org")
    assert (quiz.uses_eval, quiz.is_legacy_eval) == (True, False)


def test_the_one_library_that_needs_eval_is_known_by_its_name():
    own = library(MARKS, machineName="EmbeddedJS", preloadedJs=[{"path": "ejs.js"}])
    package = h5p(change={"EmbeddedJS-1.0/library.json": own, "EmbeddedJS-1.0/ejs.js": b"eval(text)"})
    assert read(package).libraries[LibraryName("EmbeddedJS", 1, 0)].is_legacy_eval


def test_a_library_json_that_was_written_anew_is_the_same_canonically():
    facts = library()
    again = json.dumps(dict(reversed(facts.items())), indent=4).encode()
    assert canonical_library_json(again) == canonical_library_json(json.dumps(facts).encode())


def test_a_file_is_copied_with_its_digest_and_size():
    with open_archive(io.BytesIO(h5p(change={"content/a.png": PNG})), name="a.h5p") as archive:
        out = io.BytesIO()
        assert archive.copy("content/a.png", out) == (hashlib.sha256(PNG).hexdigest(), len(PNG))
        assert out.getvalue() == PNG
        assert archive.files["content/a.png"].size == len(PNG)
        with pytest.raises(KeyError):
            archive.read("content/b.png")


def test_a_name_of_a_library_is_read_as_it_is_written():
    assert str(LibraryName.parse("H5P.MultiChoice 1.16")) == "H5P.MultiChoice 1.16"
    for text in ("H5P.MultiChoice", "H5P.MultiChoice-1.16", "../a 1.0", "H5P.A 1.0.0", " H5P.A 1.0", "H5P.A 1.123456"):
        with pytest.raises(ValueError, match=r".*"):
            LibraryName.parse(text)


# --- Time and memory -------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    """300 MB in three files that state their sizes truly."""
    return raw_h5p(*(Raw(f"content/{n}.txt", bytes(100 * MB)) for n in range(3)))


def lying_bomb() -> bytes:
    """100 MB that state a size of 1 kB."""
    return raw_h5p(Raw("content/a.txt", bytes(100 * MB), size=1000))


def flood() -> bytes:
    return raw_zip([Raw(f"content/{n}.txt", method=0) for n in range(20_000)])


def hidden_flood() -> bytes:
    """20,000 records, of which the end states ten."""
    return raw_zip([Raw(f"content/{n}.txt", method=0) for n in range(20_000)], count=10)


def copies() -> bytes:
    """Files under one name, all equal by size and check sum, so that each has to be read."""
    data = bytes(range(256)) * 4 * 1024
    return raw_h5p(*(Raw("content/a.txt", data) for _n in range(150)), Raw("content/a.exe", b"MZ"))


def ends() -> bytes:
    """An end that is no end, over and over."""
    return b"PK\3\4" + b"PK\5\6" * 20_000


def quotes() -> bytes:
    return h5p(change={"content/content.json": b'["' + b'\\"' * (MB // 2) + b'", ' + b"{" * MB}, libraries=())


def brackets() -> bytes:
    data = b"[" + b"[],{}," * (400 * 1024) + b"0]"
    return raw_zip(
        [
            Raw(path, part, method=0)
            for path, part in h5p_files(libraries=(), change={"content/content.json": data}).items()
        ]
    )


def slashes() -> bytes:
    script = b'"//a' + b"-a" * MB + b"(//" * MB
    return raw_h5p(
        Raw(f"{QUIZ}/more.js", script, method=0),
        Raw(f"{QUIZ}/a.exe.js", b"eval" * MB, method=0),
        Raw("content/b.exe", b""),
    )


HEAVY = [
    (bomb, "ratio_too_high"), (lying_bomb, "file_damaged"), (flood, "too_many_files"), (hidden_flood, "too_many_files"),
    (copies, "extension_refused"), (ends, "zip_broken"), (quotes, "ratio_too_high"), (brackets, "params_no_object"),
    (one_within_another, "records_overlap"), (by_lzma, "method_unknown"), (slashes, "extension_refused"),
    (changed("content/content.json", deep(100_000)), "json_too_deep"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "code"), HEAVY, ids=[case[0].__name__ + case[1] for case in HEAVY])
def test_what_is_made_to_be_heavy_is_refused_in_little_time_and_memory(build, code):
    package = build()
    begin = time.process_time()
    with pytest.raises(PackageRefused) as refused:
        read(package)
    took = time.process_time() - begin
    tracemalloc.start()
    with pytest.raises(PackageRefused):
        read(package)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == code
    # Half of a second to one alone; beside a large heap the collector's own work is counted with it.
    assert took < 5
    assert most < 200 * MB
