"""What pages show of packages."""

from typing import Final

from content.models import Package, PackageVersion
from content.packages.h5p.reading import WARNINGS
from content.packages.scorm.remarks import SENTENCES

# What the frame of a package may do.
SANDBOXES: Final = {
    Package.Kind.H5P: "allow-scripts",
    # Of an origin of its own, which holds nothing else: its pages may reach each other and nobody else.
    Package.Kind.SCORM: "allow-scripts allow-same-origin allow-forms allow-modals",  # "Go on where you were?" is asked so
}
MOST: Final = 50


def warnings_of(version: PackageVersion) -> list[str]:
    """What was noticed while it was read, in words; of very many the first."""
    sentences = WARNINGS if version.package.kind == Package.Kind.H5P else SENTENCES
    return [str(sentences[one["code"]]) % one for one in version.warnings[:MOST] if one["code"] in sentences]
