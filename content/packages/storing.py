"""Files known by their hashes: kept once, whatever trees they belong to."""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.db.models import QuerySet
from django.utils import timezone

from content.models import PackageImport, PackageVersion, Tree, TreeFile
from core.duties import duty
from core.storage import listed

IN_MEMORY: Final = 2**20
UNUSED_AFTER: Final = timedelta(days=1)  # what an import left behind that was cut off


def place_of(sha256: str) -> str:
    """Where a file lies in the storage."""
    return f"files/{sha256[:2]}/{sha256}"


def incoming(one: PackageImport) -> str:
    """Where a file that was sent lies until it was read."""
    return f"incoming/{one.public_id}"


def bundle_place(bundle: str, kind: str) -> str:
    """Where the scripts ("js") or styles ("css") of a set of libraries lie, compressed."""
    return f"bundles/{bundle[:2]}/{bundle}.{kind}.gz"


def keep(data: BinaryIO, sha256: str, size: int) -> None:
    """Store a file of so many bytes under its hash, unless it is there. The same file twice at once is one."""
    if not _is_whole(place_of(sha256), size):
        data.seek(0)
        put(place_of(sha256), File(data))


def put(place: str, file: File) -> None:  # type: ignore[type-arg]
    """Store a file at a place, whole at once, over what is there."""
    storage = storages["packages"]
    if isinstance(storage, FileSystemStorage):
        part = storage.save(f"{place}.part", file)  # a name that nobody else has
        os.replace(storage.path(part), storage.path(place))
    else:  # an object store replaces whole objects by itself
        storage.save(place, file)


def _is_whole(place: str, size: int) -> bool:
    storage = storages["packages"]
    return bool(storage.exists(place) and storage.size(place) == size)


def read(sha256: str) -> bytes:
    """The bytes of a file."""
    with storages["packages"].open(place_of(sha256)) as file:
        data: bytes = file.read()
    return data


def tree_hash(files: Mapping[str, tuple[str, int]]) -> str:
    """The hash of files: path -> (sha256, bytes)."""
    listed = sorted((path, sha256) for path, (sha256, _size) in files.items())
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def keep_tree(files: Mapping[str, tuple[str, int]]) -> Tree:
    """The tree of files that are stored already. Within a transaction."""
    sha256 = tree_hash(files)
    size = sum(size for _sha256, size in files.values())
    tree, is_new = Tree.objects.get_or_create(sha256=sha256, defaults={"size": size})
    if is_new:
        TreeFile.objects.bulk_create(
            [TreeFile(tree=tree, path=path, sha256=one, size=size) for path, (one, size) in files.items()], 500
        )
    return tree


def temporary() -> BinaryIO:
    """A file that is gone when it is closed."""
    return cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY))


def unused_trees() -> "QuerySet[Tree]":
    """Trees that nothing names any more."""
    return Tree.objects.filter(library=None, versions=None)


@duty("packages")
def sweep(at: datetime) -> str:
    """Remove what imports left behind that were cut off, and what no package names any more."""
    unused_trees().delete()
    storage, removed = storages["packages"], 0
    waiting = set(PackageImport.objects.filter(state=PackageImport.State.WAITING).values_list("public_id", flat=True))
    kept = {f"incoming/{one}" for one in waiting}
    bundles = set(PackageVersion.objects.exclude(bundle="").values_list("bundle", flat=True))
    for place in listed(storage, "incoming"):
        removed += _remove_old(place, at) if place not in kept else 0
    for place in listed(storage, "bundles"):
        removed += _remove_old(place, at) if place.split("/")[-1].split(".")[0] not in bundles else 0
    for place in listed(storage, "files"):
        if not TreeFile.objects.filter(sha256=place.split("/")[-1].split(".")[0]).exists():
            removed += _remove_old(place, at)
    return f"{removed} files removed"


def _remove_old(place: str, at: datetime) -> int:
    storage = storages["packages"]
    made = storage.get_modified_time(place)
    if timezone.is_naive(made):
        made = timezone.make_aware(made)
    if at - made < UNUSED_AFTER:
        return 0
    storage.delete(place)
    return 1
