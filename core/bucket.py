"""Uploaded files in a bucket of an S3-style store, for several servers. Imported only where STORAGE_URL names one: its library is large."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from core.errors import StoreAway

IN_MEMORY = 2**20  # bytes of a file; of a larger one the rest lies in a temporary file
# A store that hangs does not keep the threads of a server. Checksums of the newest kind are unknown to most stores.
PATIENT = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 2},
    signature_version="s3v4",
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StoreAway(str(error)) from error


class Bucket(S3Storage):  # type: ignore[misc]
    """Raises StoreAway where the store does not answer, or refuses. Nobody is sent to the store: files are given out by the product."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=PATIENT, max_memory_size=IN_MEMORY, **options)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"

    def _open(self, name: str, mode: str = "rb") -> File:  # type: ignore[type-arg]
        with _told():
            opened: File[bytes] = super()._open(name, mode)
            if "r" in mode:
                opened.file  # noqa: B018 (brings it here at once, so that nothing fails half-way through an answer)
            return opened

    def _save(self, name: str, content: IO[Any]) -> str:
        with _told():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _told():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _told():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _told():
            folders, files = super().listdir(path)
        return folders, files

    def size(self, name: str) -> int:
        with _told():
            return int(super().size(name))

    def get_modified_time(self, name: str) -> Any:
        with _told():
            return super().get_modified_time(name)
