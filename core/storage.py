"""Static files: named by their hash, compressed once at set-up, kept by browsers for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the imports of JavaScript modules to hashed names."""

    support_js_module_import_aggregation = True
