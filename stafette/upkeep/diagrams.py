"""Draws docs/states/confirmation_round.md: python -m stafette.upkeep.diagrams. A test compares it with the table."""

from __future__ import annotations

from pathlib import Path

import django

FILE = Path(__file__).resolve().parents[2] / "docs" / "states" / "confirmation_round.md"


def page() -> str:
    """Return what the page must say."""
    from stafette.kernel.diagram import mermaid
    from stafette.upkeep.models import ConfirmationRound

    return (
        "# Rückfrage bei einem Träger\n\n"
        "Aus der Zustandstabelle erzeugt. Das Programm fragt und erinnert, die Redaktion ruft an; ein Träger, der "
        "alles bestätigt oder Änderungen vorschlägt, beendet die Rückfrage.\n\n"
        f"```mermaid\n{mermaid(ConfirmationRound)}```\n"
    )


def write() -> None:
    """Draw the page anew."""
    FILE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    write()
