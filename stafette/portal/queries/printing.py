"""What one prints of the public pages: cards, sheets, folder, sketch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stafette.directory.cards import ServiceCard
from stafette.directory.papers import cards_pdf
from stafette.directory.sketch import way_to
from stafette.materials.data import SheetView
from stafette.materials.printing import folder_papers, sheet_paper
from stafette.portal.queries.listed import here
from stafette.portal.queries.sheets import arrival_folder
from stafette.web.sheets import sheet_pdf

if TYPE_CHECKING:
    from stafette.directory.models import Service


def card_pdf(row: Service, language: str) -> bytes:
    """The card of a service."""
    return cards_pdf([row], language, sender())


def printed_sheet(view: SheetView) -> bytes:
    """A sheet."""
    return sheet_pdf(sheet_paper(view, sender()))


def printed_folder(language: str) -> bytes | None:
    """The arrival folder; None where there is nothing in it."""
    found = arrival_folder(language)
    return sheet_pdf(*folder_papers(found, sender())) if found and found.sheets else None


def sender() -> str:
    """Who hands it out: the unit that keeps these pages."""
    town = here()
    return f"{town.coordination.authority.name} · {town.coordination.name}" if town else ""


def has_sketch(card: ServiceCard) -> bool:
    """Whether there is a place to draw."""
    return card.latitude is not None


def sketch_of(row: Service) -> str:
    """The sketch of the service's place as SVG; empty where there is none."""
    return way_to(row)
