"""How long files that came in are kept: their bytes and rows, which hold names. What they brought in stays, with its counts."""

from datetime import timedelta
from typing import Final

KEPT: Final = timedelta(days=30)
