"""Writes docs/states/: python -m stafette.referrals.diagrams. A test fails when a page is older than its table."""

from __future__ import annotations

from pathlib import Path

import django

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "states"


def pages() -> dict[str, str]:
    """Return each page of the folder with what it must say."""
    from stafette.kernel.diagram import mermaid
    from stafette.outbox.models import Message
    from stafette.properties.models import Hint
    from stafette.referrals.models import CaseTransfer, Finding, FollowUp, Referral, Task

    both = "from_unit: sendende Stelle, to_unit: empfangende Stelle."
    own = "unit: die Stelle, der der Vorgang gehört."
    offer = "to_unit: die Stelle, der die Federführung angeboten wird."
    heads = {
        "referral.md": ("Übergabe", both, Referral),
        "finding.md": ("Feststellung", "", Finding),
        "follow_up.md": ("Nachverfolgung", own, FollowUp),
        "task.md": ("Aufgabe", own, Task),
        "transfer.md": ("Wechsel der Federführung", offer, CaseTransfer),
        "hint.md": ("Hinweis zu einem Gebäude", "", Hint),
        "message.md": ("Mail im Postausgang", "Es handelt immer das Programm.", Message),
    }
    return {
        name: f"# {title}\n\nAus den Zustandstabellen erzeugt. In Klammern steht, wer handeln muss. {note}".rstrip()
        + "\n\n"
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
