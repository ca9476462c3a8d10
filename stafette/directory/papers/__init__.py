"""Cards of services on paper, in nine languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from stafette.directory.models import Service
from stafette.directory.papers.cards import Sketch, card_sheet, cards_sheet, sender_section
from stafette.directory.papers.hours import hours_lines
from stafette.directory.papers.words import card_language, texts
from stafette.directory.queries import services
from stafette.directory.sketch import way_to
from stafette.web.sheets import Columns, Picture, Section, Sheet, Text, sheet_pdf

__all__ = [
    "card_language",
    "card_sheet",
    "card_texts",
    "cards_of",
    "cards_pdf",
    "hours_lines",
    "own_copy",
    "services_for_cards",
]
CODE_MM = 30
PAGES_EACH = 2
card_texts = texts
OF_PAPER = ("texts", "places__location__accessibility")


def services_for_cards(codes: Sequence[str]) -> list[Service]:
    """Services that still exist, in the order of their codes, with all that a card prints."""
    rows = services().filter(code__in=codes).prefetch_related(*OF_PAPER)
    return sorted(rows, key=lambda service: list(codes).index(service.code))


def cards_of(
    rows: Sequence[Service], language: str, sender: str, *more: Section, sketch: Sketch = way_to
) -> list[Sheet]:
    """One or two services get a page each with the way there, more of them share pages; none gives no sheet.

    `more` stands at the end of the last one instead of the sender: `own_copy` names it too.
    """
    if not rows:
        return []
    alone = len(rows) <= PAGES_EACH
    made = (
        [card_sheet(row, language, sender, sketch=sketch) for row in rows]
        if alone
        else [cards_sheet(rows, language, sender)]
    )
    last = made[-1]
    if more:
        last = replace(last, sections=[*last.sections[: -1 if sender else None], *more])
    return [*made[:-1], last if alone or not (sender or more) else _kept_with_last_card(last)]


def _kept_with_last_card(sheet: Sheet) -> Sheet:
    """The same with its end on the page of the last card: who handed it out is not worth a page of its own."""
    *before, card, end = sheet.sections
    return replace(sheet, sections=[*before, replace(card, blocks=[*card.blocks, *end.blocks])])


def own_copy(address: str, draw: Callable[[str], str], language: str, sender: str) -> Section:
    """Who handed it out, and the way to the same on one's own telephone: `draw` makes an SVG of the address."""
    words = texts(language)
    picture = Picture(draw(address), words["own_copy_alt"], CODE_MM)
    left = [
        *(block for part in sender_section(sender, language) for block in part.blocks),
        Text(words["own_copy"]),
    ]
    return Section("", [Columns(left, [picture], shares=(3, 1))], whole=True)


def cards_pdf(rows: Sequence[Service], language: str, sender: str) -> bytes:
    """Print cards as tagged PDF/UA."""
    return sheet_pdf(*cards_of(rows, language, sender))
