"""Draws docs/states/ of this room: python -m stafette.notices.diagrams. A test compares them with the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "states"
HEAD = "Aus der Zustandstabelle erzeugt. In Klammern steht, wer handeln muss."


def pages() -> dict[str, str]:
    """Return per file what it must say."""
    from stafette.notices.models import BreakGlass, ChildNotice, OutboundNotice

    return {
        "child_notice.md": _page(
            "Kinderschutz (§ 4 KKG)",
            ChildNotice,
            "Nach „Akute Gefahr“ werden Gespräch, Beratung und Hilfe nachgeholt; der Stand bleibt dabei.",
        ),
        "outbound_notice.md": _page(
            "Mitteilung nach § 87 AufenthG",
            OutboundNotice,
            "unit: die Stelle, die entwirft. Bestätigen und ablehnen kann nur eine zweite Person.",
        ),
        "break_glass.md": _page(
            "Prüfung eines Notfallzugriffs",
            BreakGlass,
            "head, officer: Leitung der Stelle und Datenschutzbeauftragte prüfen jede für sich.",
        ),
    }


def _page(title: str, model: type[Any], note: str) -> str:
    from stafette.kernel.diagram import mermaid

    return f"# {title}\n\n{HEAD} {note}\n\n```mermaid\n{mermaid(model)}```\n"


def write() -> None:
    """Draw the pages anew."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    write()
