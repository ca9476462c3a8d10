"""The use of the flow rules as a workbook: codes and counts, no person and no number of a case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stafette.protection import words
from stafette.protection.data import Channel, Mode
from stafette.protection.queries.used import Usage
from stafette.web import xlsx


def workbook(found: Usage) -> bytes:
    """Rules with their counts, pairs, rules never used; the first sheet says what it is."""
    about = [
        _("Nutzung der Flussregeln"),
        _("Zeitraum: {since} bis {until}").format(
            since=f"{found.since:%d.%m.%Y}", until=f"{found.until:%d.%m.%Y}"
        ),
        _("Einträge im Nachweis der Weitergaben: {number}").format(number=found.total),
        _("Die Datei enthält keine Namen, keine Nummern von Vorgängen und keine Angaben zu Personen."),
        _("Regeln, Normen und Stand: rules/flow.toml, lesbar unter „Flussregeln“."),
    ]
    return xlsx.workbook_of(
        [_rules(found), _pairs(found), _unused(found)], about=about, about_title=_("Erläuterung")
    )


def _rules(found: Usage) -> xlsx.Sheet:
    heads = [
        _("Regel"),
        _("Name"),
        _("Grundlage"),
        _("Norm"),
        _("Einträge"),
        _("Personen"),
        _("Zuletzt"),
        _("Gilt noch"),
    ]
    rows = [
        [
            *(use.code or "–", use.rule.name if use.rule else _("unbekannt")),
            *(str(Mode(use.rule.mode).label) if use.rule else "", use.rule.norm if use.rule else ""),
            *(use.count, use.persons, use.last_at, _("nein") if use.has_ended else _("ja")),
        ]
        for use in found.uses
    ]
    return xlsx.Sheet(_("Regeln"), heads, rows)


def _pairs(found: Usage) -> xlsx.Sheet:
    heads = [_("Regel"), _("Von"), _("An"), _("Weg"), _("Einträge"), _("Personen")]
    rows = [
        [pair.code, pair.sender, pair.receiver, str(Channel(pair.kind).label), pair.count, pair.persons]
        for pair in found.pairs
    ]
    return xlsx.Sheet(_("Von – An"), heads, rows)


def _unused(found: Usage) -> xlsx.Sheet:
    heads = [_("Regel"), _("Name"), _("Von"), _("An"), _("Grundlage"), _("Norm")]
    rows = [
        [
            *(rule.id, rule.name, words.party_words(rule.senders), words.party_words(rule.receivers)),
            *(str(Mode(rule.mode).label), rule.norm),
        ]
        for rule in found.unused
    ]
    return xlsx.Sheet(_("Nie genutzt"), heads, rows)
