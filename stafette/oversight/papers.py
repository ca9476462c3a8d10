"""The papers of a breach: the notification to the authority (Art. 33(3)) and the letter to the people (Art. 34(2))."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from stafette.oversight.models import Breach
from stafette.oversight.wordlists import CONSEQUENCES, DATA_KINDS, NATURES, words_of
from stafette.web.sheets import GERMAN, LANGUAGES, Block, Bullets, Fields, Section, Sheet, Text, sheet_pdf

__all__ = ["LANGUAGES", "LetterFacts", "letter", "notification"]
LETTER = Path(__file__).with_name("letter.toml")


@dataclass(frozen=True)
class LetterFacts:
    """What the letter says of a breach: codes and a day, no name and no free text."""

    number: str
    noticed_on: date
    sender: str
    officer: str
    authority: str
    natures: Sequence[str]
    data_kinds: Sequence[str]
    consequences: Sequence[str]


@cache
def texts() -> dict[str, Any]:
    """Read the letter once, in all languages."""
    return tomllib.loads(LETTER.read_text(encoding="utf-8"))


def letter(facts: LetterFacts, language: str) -> bytes:
    """Print the letter in a language, with the German one behind it."""
    codes = [language] if language == GERMAN else [language, GERMAN]
    return sheet_pdf(*(_letter(facts, code) for code in codes))


def _letter(facts: LetterFacts, code: str) -> Sheet:
    words = texts()[code]
    data = [words["kind"][one] for one in facts.data_kinds]
    means = [words["consequence"][one] for one in facts.consequences]
    who = [(words["officer"], facts.officer), (words["authority"], facts.authority)]
    head = [(words["number"], facts.number), (words["noticed"], f"{facts.noticed_on:%d.%m.%Y}")]
    return Sheet(
        title=words["title"], sender=facts.sender, lead=words["lead"], language=code,
        mark=f"{facts.number} · {texts()['version']}",
        sections=[
            Section("", [Fields(head)]),
            Section(words["happened"], [Bullets([words["nature"][one] for one in facts.natures])]),
            Section(words["data"], [Bullets(data)]),
            Section(words["means"], [Bullets(means) if means else Text(words["none_known"])]),
            Section(words["did"], [Text(words["did_text"])]),
            Section(words["can"], [Bullets(words["can_items"])]),
            Section(words["ask"], [Fields(who)]),
        ],
    )  # fmt: skip


def notification(breach: Breach, *, authority: str, units: str, officer: str) -> bytes:
    """Print what the authority is told, in the order of Art. 33(3); a line stays free where something is missing."""
    with override("de"):
        return sheet_pdf(_notification(breach, authority, units, officer))


def _notification(breach: Breach, authority: str, units: str, officer: str) -> Sheet:
    sections = [
        Section("", [Fields(_when(breach, authority))]),
        Section(
            _("Art der Verletzung (Art. 33 Abs. 3 Buchst. a DSGVO)"),
            [_list(words_of(NATURES, breach.natures)), Text(breach.what), Fields(_numbers(breach))],
        ),
        Section(_("Arten von Daten"), [_list(words_of(DATA_KINDS, breach.data_kinds))]),
        Section(_("Anlaufstelle (Buchst. b)"), [Fields([(_("Datenschutzbeauftragte"), officer)])]),
        Section(
            _("Wahrscheinliche Folgen (Buchst. c)"),
            [
                _list(words_of(CONSEQUENCES, breach.consequences)),
                *_said(breach.effects),
                Fields([(_("Risiko"), str(breach.get_risk_display()))]),
                *_said(breach.risk_reason),
            ],
        ),
        Section(_("Maßnahmen (Buchst. d)"), [Text(breach.measures or "–")]),
        Section(_("Benachrichtigung der Personen (Art. 34 DSGVO)"), [Fields(_telling(breach))]),
    ]
    return Sheet(
        title=_("Meldung einer Verletzung des Schutzes personenbezogener Daten"), sender=units,
        sections=sections, mark=breach.number,
        lead=_("Nach Art. 33 DSGVO. Fehlende Angaben werden nachgereicht (Art. 33 Abs. 4 DSGVO)."),
    )  # fmt: skip


def _when(breach: Breach, authority: str) -> list[tuple[str, str]]:
    return [
        (_("An"), authority),
        (_("Nummer"), breach.number),
        (_("Bemerkt am"), _moment(breach.detected_at)),
        (_("Kenntnis seit"), _moment(breach.aware_at)),
        (_("72 Stunden enden am"), _moment(breach.due_at)),
        (_("Gemeldet am"), _moment(breach.notified_at) if breach.notified_at else ""),
        *([(_("Grund der Verzögerung"), breach.late_reason)] if breach.late_reason else []),
    ]


def _numbers(breach: Breach) -> list[tuple[str, str]]:
    return [
        (_("Personen, ungefähr"), _number(breach.people_count)),
        (_("Datensätze, ungefähr"), _number(breach.records_count)),
    ]


def _telling(breach: Breach) -> list[tuple[str, str]]:
    told = f"{breach.told_on:%d.%m.%Y}" if breach.told_on else ""
    return [(_("Entscheidung"), str(breach.get_telling_display())), (_("Benachrichtigt am"), told)]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d.%m.%Y %H:%M}"


def _list(words: Sequence[str]) -> Block:
    return Bullets(words) if words else Text("–")


def _said(text: str) -> list[Block]:
    return [Text(text)] if text else []
