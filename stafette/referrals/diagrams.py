"""Writes docs/states/: python -m stafette.referrals.diagrams. A test fails when a page is older than its table."""

from __future__ import annotations

from pathlib import Path

import django

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "states"


def pages() -> dict[str, str]:
    """Return each page of the folder with what it must say."""
    from stafette.kernel.diagram import mermaid
    from stafette.properties.models import Hint
    from stafette.referrals.models import Finding, Referral

    heads = {
        "referral.md": ("Übergabe", "from_unit: sendende Stelle, to_unit: empfangende Stelle", Referral),
        "finding.md": ("Feststellung", "", Finding),
        "hint.md": ("Hinweis zu einem Gebäude", "", Hint),
    }
    return {
        name: f"# {title}\n\nAus den Zustandstabellen erzeugt. In Klammern steht, wer handeln muss. {note}\n\n"
        f"```mermaid\n{mermaid(model)}```\n"
        for name, (title, note, model) in heads.items()
    }


def write() -> None:
    """Draw all pages anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    write()
