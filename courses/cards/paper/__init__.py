"""A pocket card on paper: one page of A5 in the reader's language, to be folded or laminated."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.languages import interface_language
from core.papers import Papers

if TYPE_CHECKING:
    from content.cards import CardInfo

_papers = Papers(Path(__file__).resolve().parent)


def card_paper(card: CardInfo, *, is_past: bool, at: datetime) -> bytes:
    """The card as PDF. is_past: whether it is out of date, which is printed on it. Raises pdf.PdfUnavailable."""
    context = {"language": interface_language(), "card": card, "is_past": is_past}
    return _papers.pdf("card", context, at=at, breaks=True)
