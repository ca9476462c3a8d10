"""Cards of services on paper, in nine languages."""

from __future__ import annotations

from collections.abc import Sequence

from stafette.directory.models import Service
from stafette.directory.papers.cards import card_sheet, cards_sheet
from stafette.directory.papers.hours import hours_lines
from stafette.directory.papers.words import card_language
from stafette.directory.queries import services
from stafette.web.sheets import Sheet, sheet_pdf

__all__ = ["card_language", "card_sheet", "cards_of", "cards_pdf", "hours_lines", "services_for_cards"]
OF_PAPER = ("texts", "places__location__accessibility")


def services_for_cards(codes: Sequence[str]) -> list[Service]:
    """Services that still exist, in the order of their codes, with all that a card prints."""
    rows = services().filter(code__in=codes).prefetch_related(*OF_PAPER)
    return sorted(rows, key=lambda service: list(codes).index(service.code))


def cards_of(rows: Sequence[Service], language: str, sender: str) -> list[Sheet]:
    """One service gets a page of its own, several share pages; none gives no sheet."""
    if not rows:
        return []
    return [card_sheet(rows[0], language, sender) if len(rows) == 1 else cards_sheet(rows, language, sender)]


def cards_pdf(rows: Sequence[Service], language: str, sender: str) -> bytes:
    """Print cards as tagged PDF/UA."""
    return sheet_pdf(*cards_of(rows, language, sender))
