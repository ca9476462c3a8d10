"""Draws docs/states/partner_request.md: python -m stafette.partners.diagrams. A test compares it with the table."""

from __future__ import annotations

from pathlib import Path

import django

FILE = Path(__file__).resolve().parents[2] / "docs" / "states" / "partner_request.md"


def page() -> str:
    """Return what the page must say."""
    from stafette.kernel.diagram import mermaid
    from stafette.partners.models import PartnerRequest

    note = "unit: die Stelle, die fragt; sie hält den Vorgang immer, auch während der Partner antwortet."
    return (
        "# Anfrage an einen Partner\n\n"
        f"Aus der Zustandstabelle erzeugt. In Klammern steht, wer handeln muss. {note}\n\n"
        f"```mermaid\n{mermaid(PartnerRequest)}```\n"
    )


def write() -> None:
    """Draw the page anew."""
    FILE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    write()
