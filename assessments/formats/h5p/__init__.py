"""H5P: questions of its packages in, packages without libraries out. https://h5p.org/documentation/developers."""

from assessments.formats.h5p.reading import looks_like, read, read_contents
from assessments.formats.h5p.writing import write

__all__ = ["looks_like", "read", "read_contents", "write"]
