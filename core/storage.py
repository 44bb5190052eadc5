"""Where files lie. Static ones are named by their hash, compressed once at set-up, kept by browsers for a year."""

from collections.abc import Iterator

from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the imports of JavaScript modules to hashed names."""

    support_js_module_import_aggregation = True


def listed(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files below a folder of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    inside = f"{folder}/" if folder else ""
    for one in folders:
        yield from listed(storage, f"{inside}{one}")
    for name in files:
        yield f"{inside}{name}"
