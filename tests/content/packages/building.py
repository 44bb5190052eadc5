"""H5P packages built from scratch: our own tiny content type, and ZIP files as no honest program writes them."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIXTURE = Path(__file__).parent / "fixture_quiz"
QUIZ = "H5P.FixtureQuiz-1.0"
MARKS = "H5P.FixtureMarks-1.0"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
GONE: Any = object()


def name(machine: str = "H5P.FixtureQuiz", major: Any = 1, minor: Any = 0) -> dict[str, Any]:
    """A dependency as h5p.json and library.json spell it."""
    return {"machineName": machine, "majorVersion": major, "minorVersion": minor}


def about(**changes: Any) -> dict[str, Any]:
    """The facts of h5p.json; a field that is GONE is left out."""
    facts = {
        "title": "A fixture", "language": "en", "mainLibrary": "H5P.FixtureQuiz", "embedTypes": ["iframe"],
        "license": "U", "preloadedDependencies": [name(), name("H5P.FixtureMarks")],
    } | changes  # fmt: skip
    return {key: value for key, value in facts.items() if value is not GONE}


def question(**changes: Any) -> dict[str, Any]:
    """The content: one question with one right answer, the second."""
    return {
        "question": "<p>Which colour does a <strong>diplomatic</strong> passport have?</p>",
        "answers": [{"text": "Green", "correct": False}, {"text": "Red", "correct": True}],
        "behaviour": {"enableRetry": True, "weight": 1, "layout": "list"},
        "checkAnswer": "Check",
        "retry": "Try again",
    } | changes


def library(folder: str = QUIZ, **changes: Any) -> dict[str, Any]:
    """The facts of a library.json of ours, changed; a field that is GONE is left out."""
    facts = json.loads((FIXTURE / folder / "library.json").read_text()) | changes
    return {key: value for key, value in facts.items() if value is not GONE}


def library_files(*folders: str) -> dict[str, bytes]:
    """The files of the libraries, by their path in a package."""
    return {
        path.relative_to(FIXTURE).as_posix(): path.read_bytes()
        for folder in folders or (QUIZ, MARKS)
        for path in sorted((FIXTURE / folder).rglob("*"))
        if path.is_file()
    }


def h5p_files(
    *,
    h5p: Any = None,
    content: Any = None,
    libraries: Iterable[str] = (QUIZ, MARKS),
    change: Mapping[str, Any] | None = None,
) -> dict[str, bytes]:
    """The files of a package by path. change: more files, other ones, or GONE; a value that is no bytes becomes JSON."""
    files: dict[str, Any] = {
        "h5p.json": about() if h5p is None else h5p,
        "content/content.json": question() if content is None else content,
    }
    libraries = tuple(libraries)
    files |= (library_files(*libraries) if libraries else {}) | dict(change or {})
    return {path: _bytes(value) for path, value in files.items() if value is not GONE}


def h5p(**changes: Any) -> bytes:
    """A package; `changes` as for `h5p_files`. Without changes it is sound and plays."""
    return packed(h5p_files(**changes))


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An ordinary ZIP file, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@dataclass
class Raw:
    """One record of a ZIP file, every field of which may lie. None: the true value."""

    path: str | bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0x800
    mode: int = 0
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    local_path: str | bytes | None = None
    stored: bytes | None = None
    at: int | None = None
    local_extra: bytes = b""
    central_extra: bytes = b""
    raw: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.raw = _name(self.path)
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        if self.stored is None:
            self.stored = deflate.compress(self.data) + deflate.flush() if self.method == 8 else self.data

    def facts(self) -> tuple[int, int, int]:
        """Check sum, packed size and size, as they are stated."""
        assert self.stored is not None
        return (
            zlib.crc32(self.data) if self.crc is None else self.crc,
            len(self.stored) if self.packed is None else self.packed,
            len(self.data) if self.size is None else self.size,
        )


def _name(path: str | bytes) -> bytes:
    return path if isinstance(path, bytes) else path.encode()


def raw_zip(records: Iterable[Raw], *, comment: bytes = b"", count: int | None = None, tail: bytes = b"") -> bytes:
    """A ZIP file written byte by byte. count: how many records its end states; tail: bytes behind the end."""
    out, directory = bytearray(), bytearray()
    records = list(records)
    for one in records:
        assert one.stored is not None
        offset = len(out) if one.at is None else one.at
        local = one.raw if one.local_path is None else _name(one.local_path)
        head = (one.flags, one.method, 0, 0x21, *one.facts())
        if one.at is None:
            out += struct.pack("<4s5H3I2H", b"PK\3\4", 20, *head, len(local), len(one.local_extra))
            out += local + one.local_extra + one.stored
        directory += struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 0x0314, 20, *head, len(one.raw), len(one.central_extra), 0, 0, 0, one.mode << 16,
            offset,
        )  # fmt: skip
        directory += one.raw + one.central_extra
    stated = len(records) if count is None else count
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, stated, stated, len(directory), len(out), len(comment))
    return bytes(out + directory + end) + comment + tail


def raw_h5p(*more: Raw, **changes: Any) -> bytes:
    """A sound package with more records behind its own."""
    return raw_zip([*(Raw(path, data) for path, data in h5p_files().items()), *more], **changes)
