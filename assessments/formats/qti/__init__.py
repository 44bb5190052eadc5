"""QTI of 1EdTech: 3.0 out, 3.0 and 2.1 or 2.2 in, as one item or as a package. https://www.1edtech.org/standards/qti."""

from assessments.formats.qti.reading import ITEM, older, read, read_package
from assessments.formats.qti.writing import write

__all__ = ["ITEM", "older", "read", "read_package", "write"]
