"""Draws docs/states/subject_request.md and correction_proposal.md: python -m stafette.rights.diagrams.

A test compares both with the tables.
"""

from __future__ import annotations

from pathlib import Path

import django

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "states"


def pages() -> dict[Path, str]:
    """Return what each page must say."""
    from stafette.kernel.diagram import mermaid
    from stafette.rights.models import CorrectionProposal, SubjectRequest

    drawn = {
        "subject_request.md": (
            "Antrag einer betroffenen Person",
            "unit: die Stelle, an die der Antrag ging; sie antwortet nur für ihre eigenen Daten.",
            SubjectRequest,
        ),
        "correction_proposal.md": (
            "Vorschlag einer Berichtigung",
            "to_unit: die Stelle, die die Angabe bekommen hatte und selbst entscheidet.",
            CorrectionProposal,
        ),
    }
    return {
        FOLDER / name: (
            f"# {title}\n\n"
            f"Aus der Zustandstabelle erzeugt. In Klammern steht, wer handeln muss. {note}\n\n"
            f"```mermaid\n{mermaid(model)}```\n"
        )
        for name, (title, note, model) in drawn.items()
    }


def write() -> None:
    """Draw the pages anew."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    write()
