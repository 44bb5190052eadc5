"""A ZIP file from a stranger, read without trust: every name and size is judged before a byte is unpacked.

The directory of the archive is read here and not by `zipfile`, which reads all of it before it can be asked how long it
is, lets records overlap, and leaves by nine kinds of exception. Format: PKWARE, "APPNOTE.TXT", 6.3.10.
"""

import hashlib
import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final, Self

from content.packages.refusals import PackageRefused

MB: Final = 2**20
MOST_PACKED: Final = 200 * MB
MOST_UNPACKED: Final = 400 * MB
MOST_OF_ONE: Final = 100 * MB
MOST_FILES: Final = 5000  # the largest real package seen has 1,694
MOST_DIRECTORY: Final = 4 * MB
MOST_RATIO: Final = 200  # the highest real one seen is 3.2
RATIO_ABOVE: Final = 1 * MB
MOST_PARTS: Final = 20
MOST_BYTES_OF_A_PART: Final = 200
PIECE: Final = 64 * 1024

SUFFIXES: Final = (".h5p", ".zip")
# What operating systems leave in archives and nobody means to send.
LEFT_BEHIND: Final = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}

# Burmese and other scripts write with these; they cannot turn a name around.
JOINERS: Final = {"\u200b", "\u200c", "\u200d", "\u2060"}

LOCAL: Final = struct.Struct("<4s5H3I2H")
CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
NAME_IN_UTF8: Final = 0x800
STORED: Final = 0
DEFLATED: Final = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive. path: NFC, parts divided by "/"; size: bytes when unpacked, as the archive states."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class _Record(Entry):
    """An entry with where its bytes lie."""

    packed: int
    crc: int
    method: int
    head: int
    start: int


class Archive:
    """The files of a package. Lives as long as the file it was opened on, which it neither closes nor changes."""

    def __init__(self, file: BinaryIO, name: str, records: Mapping[str, _Record]) -> None:
        self._file, self._records = file, records
        self.name = name
        self.files: Mapping[str, Entry] = records

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._records, self.files = {}, {}

    def read(self, path: str, most: int = 5 * MB) -> bytes:
        """The whole content of one file, its check sum tested.

        Raises PackageRefused if it is longer than `most` bytes or damaged, KeyError for a path that is not in `files`.
        """
        if self._records[path].size > most:
            raise PackageRefused("file_too_long", path, megabytes=most // MB)
        return b"".join(self.pieces(path))

    def copy(self, path: str, out: BinaryIO) -> tuple[str, int]:
        """Write one file to `out`, piece by piece. Returns its SHA-256 as 64 hex digits, and its size in bytes.

        Raises PackageRefused if it is damaged (some of it may then have been written), KeyError as `read` does.
        """
        digest, size = hashlib.sha256(), 0
        for piece in self.pieces(path):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
        return digest.hexdigest(), size

    def pieces(self, path: str) -> Iterator[bytes]:
        """The content of one file in pieces of a bounded length; raises as `copy` does, at the latest after the last."""
        record = self._records[path]
        size = crc = 0
        for piece in _unpacked(self._file, record):
            size += len(piece)
            if size > record.size:
                raise PackageRefused("file_damaged", path)
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != record.size or crc != record.crc:
            raise PackageRefused("file_damaged", path)


def has_hidden_signs(path: str) -> bool:
    """Whether a path holds control signs, or signs that turn the direction of writing around."""
    return any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in path if sign not in JOINERS)


def open_archive(file: BinaryIO, *, name: str) -> Archive:
    """The package in `file`, judged: sizes, names, kinds and places of all entries, but not yet their content.

    file: can seek; name: as its sender called it. Folders and what operating systems leave behind are left out, as are
    copies of a file under one name that are equal to the byte. Raises PackageRefused.
    """
    if not name.lower().endswith(SUFFIXES):
        raise PackageRefused("suffix_unknown")
    length = file.seek(0, 2)
    if length > MOST_PACKED:
        raise PackageRefused("package_too_big", megabytes=MOST_PACKED // MB)
    if _at(file, 0, 4) != b"PK\3\4":
        raise PackageRefused("not_zip")
    directory, begin, count = _directory(file, length)
    records = list(_entries(file, directory, begin))
    if len(records) != count:
        raise PackageRefused("zip_broken")
    _judge_totals(records)
    _judge_places(records, begin)
    kept = _without_copies(
        file, [record for record in records if not record.path.endswith("/") and not _is_left_behind(record.path)]
    )
    _judge_folders(kept)
    return Archive(file, name, kept)


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)


def _directory(file: BinaryIO, length: int) -> tuple[bytes, int, int]:
    """The central directory, where it begins and how many files it is to list; its end record has to close the file, so nothing hides behind it."""
    tail = _at(file, max(0, length - END.size - 0xFFFF), END.size + 0xFFFF)
    at = tail.rfind(b"PK\5\6")
    while at >= 0:
        if at + END.size <= len(tail):
            end = END.unpack_from(tail, at)
            if at + END.size + end[7] == len(tail):
                break
        at = tail.rfind(b"PK\5\6", 0, at)
    else:
        raise PackageRefused("zip_broken")
    _signature, disk, first_disk, here, total, size, begin, _comment = end
    if 0xFFFF in (here, total) or 0xFFFFFFFF in (size, begin):
        raise PackageRefused("zip_too_large_form")
    if total > MOST_FILES:
        raise PackageRefused("too_many_files", most=MOST_FILES)
    if disk or first_disk or here != total or size > MOST_DIRECTORY:
        raise PackageRefused("zip_broken")
    if begin + size != length - len(tail) + at:
        raise PackageRefused("zip_broken")
    return _at(file, begin, size), begin, total


def _entries(file: BinaryIO, directory: bytes, begin: int) -> Iterator[_Record]:
    """The records that a directory lists, each judged by itself."""
    at = count = 0
    while at < len(directory):
        count += 1
        if count > MOST_FILES:
            raise PackageRefused("too_many_files", most=MOST_FILES)
        if at + CENTRAL.size > len(directory):
            raise PackageRefused("zip_broken")
        (signature, _made_by, _needs, flags, method, _time, _date, crc, packed, size, name_length, extra, comment,
         _disk, _inner, outer, offset) = CENTRAL.unpack_from(directory, at)  # fmt: skip
        raw = directory[at + CENTRAL.size : at + CENTRAL.size + name_length]
        at += CENTRAL.size + name_length + extra + comment
        if signature != b"PK\1\2" or at > len(directory):
            raise PackageRefused("zip_broken")
        shown = raw.decode("utf-8", "replace")[:200]
        if stat.S_IFMT(outer >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise PackageRefused("special_file", shown)
        if flags & ENCRYPTED:
            raise PackageRefused("file_locked", shown)
        if method not in (STORED, DEFLATED):
            raise PackageRefused("method_unknown", shown)
        if 0xFFFFFFFF in (packed, size, offset):
            raise PackageRefused("zip_too_large_form", shown)
        path = _path(raw, bool(flags & NAME_IN_UTF8))
        if size > MOST_OF_ONE:
            raise PackageRefused("file_too_big", path, megabytes=MOST_OF_ONE // MB)
        if size > RATIO_ABOVE and size > packed * MOST_RATIO:
            raise PackageRefused("ratio_too_high", path)
        if method == STORED and size != packed:
            raise PackageRefused("file_damaged", path)
        yield _Record(path, size, packed, crc, method, offset, _start(file, offset, raw, path, begin))


def _start(file: BinaryIO, offset: int, raw: bytes, path: str, begin: int) -> int:
    """Where the bytes of an entry begin, behind its own header, which has to bear the same name."""
    if offset + LOCAL.size > begin:
        raise PackageRefused("zip_broken", path)
    head = _at(file, offset, LOCAL.size + len(raw))
    if len(head) != LOCAL.size + len(raw):
        raise PackageRefused("zip_broken", path)
    signature, *_between, name_length, extra = LOCAL.unpack_from(head)
    if signature != b"PK\3\4" or name_length != len(raw) or head[LOCAL.size :] != raw:
        raise PackageRefused("zip_broken", path)
    return offset + LOCAL.size + len(raw) + int(extra)


def _path(raw: bytes, is_utf8: bool) -> str:
    """The name of an entry, NFC; one of a folder ends with "/". A name without the sign for UTF-8 may still be it."""
    try:
        path = unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise PackageRefused("name_not_unicode", raw.decode("ascii", "replace")[:200]) from None
    shown = "".join(letter if letter.isprintable() else "�" for letter in path)[:200]
    if has_hidden_signs(path):
        raise PackageRefused("name_hidden_signs", shown)
    if "\\" in path or path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise PackageRefused("name_leads_outside", shown)
    parts = path.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise PackageRefused("name_leads_outside", shown)
    if len(parts) > MOST_PARTS:
        raise PackageRefused("name_too_deep", shown, most=MOST_PARTS)
    if any(len(part.encode()) > MOST_BYTES_OF_A_PART for part in parts):
        raise PackageRefused("name_too_long", shown, most=MOST_BYTES_OF_A_PART)
    if any(part.endswith((".", " ")) for part in parts):
        raise PackageRefused("name_ends_in_dot_or_space", shown)
    return path


def _is_left_behind(path: str) -> bool:
    return not LEFT_BEHIND.isdisjoint(path.casefold().split("/"))


def _judge_totals(records: Iterable[_Record]) -> None:
    if sum(record.size for record in records) > MOST_UNPACKED:
        raise PackageRefused("unpacked_too_big", megabytes=MOST_UNPACKED // MB)


def _judge_places(records: Iterable[_Record], begin: int) -> None:
    """No two entries share bytes (one small part would then unpack to many files), and none reaches the directory."""
    end = 0
    for record in sorted(records, key=lambda record: record.head):
        if record.head < end or record.start + record.packed > begin:
            raise PackageRefused("records_overlap", record.path)
        end = record.start + record.packed


def _key(path: str) -> str:
    """Equal for paths that some file systems take for one."""
    return unicodedata.normalize("NFC", path.casefold())


def _without_copies(file: BinaryIO, records: Iterable[_Record]) -> dict[str, _Record]:
    """Records by path. A second one under the same path is left out when equal; anything else refuses the package."""
    kept: dict[str, _Record] = {}
    spelled: dict[str, str] = {}
    digests: dict[_Record, bytes] = {}
    for record in records:
        first = kept.get(spelled.setdefault(_key(record.path), record.path))
        if first is None:
            kept[record.path] = record
        elif first.path != record.path or not _are_equal(file, first, record, digests):
            raise PackageRefused("name_twice", record.path, other=first.path)
    return kept


def _are_equal(file: BinaryIO, one: _Record, other: _Record, digests: dict[_Record, bytes]) -> bool:
    """Whether two records unpack to the same bytes; digests: those that were read before."""
    if (one.size, one.crc) != (other.size, other.crc):
        return False
    for record in (one, other):
        if record not in digests:
            digest = hashlib.sha256()
            for piece in Archive(file, "", {record.path: record}).pieces(record.path):
                digest.update(piece)
            digests[record] = digest.digest()
    return digests[one] == digests[other]


def _judge_folders(records: Iterable[str]) -> None:
    """No path is a file and, for another one, a folder."""
    files = {_key(path) for path in records}
    for path in files:
        folder = path
        while cut := folder.rpartition("/")[0]:
            if cut in files:
                raise PackageRefused("file_and_folder", path)
            folder = cut


def _unpacked(file: BinaryIO, record: _Record) -> Iterator[bytes]:
    """The bytes of an entry in pieces of at most PIECE; raises PackageRefused for what does not unpack."""
    left, at = record.packed, record.start
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while left:
            piece = _at(file, at, min(left, PIECE))
            if not piece:
                raise PackageRefused("file_damaged", record.path)
            left, at = left - len(piece), at + len(piece)
            if record.method == STORED:
                yield piece
                continue
            while piece and not unpacker.eof:
                out = unpacker.decompress(piece, PIECE)
                piece = unpacker.unconsumed_tail
                if out:
                    yield out
            if piece or unpacker.unused_data:
                raise PackageRefused("file_damaged", record.path)
        if record.method == DEFLATED:
            while not unpacker.eof and (out := unpacker.decompress(b"", PIECE)):
                yield out
            if not unpacker.eof:
                raise PackageRefused("file_damaged", record.path)
    except zlib.error:
        raise PackageRefused("file_damaged", record.path) from None
