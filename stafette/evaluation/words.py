"""How counts are said: numbers, shares with their base, answers, hours, and what happened to a topic."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.evaluation.protecting import Cell
from stafette.evaluation.topic_groups import Change, Group
from stafette.intake.codes import Channel, Origin, Result, TargetGroup
from stafette.people.languages import language_name

HIDDEN = "×"
NOTHING = "–"


def number(value: int) -> str:
    """12.345"""
    return f"{value:,}".replace(",", ".")


def count(cell: Cell) -> str:
    """A count; of a hidden one what is known at least."""
    if cell.count is not None:
        return number(cell.count)
    return _("mindestens {count}").format(count=number(cell.least)) if cell.least else HIDDEN


def short(cell: Cell) -> str:
    """The same where there is little room: ≥ 120."""
    return f"≥ {number(cell.least)}" if cell.count is None and cell.least else count(cell)


def percent(part: Cell, whole: Cell) -> float | None:
    """The share in percent, where both are known and there is something to share."""
    if part.count is None or not whole.count:
        return None
    return 100 * part.count / whole.count


def share(part: Cell, whole: Cell) -> str:
    """Of a hundred, never without its base: 12,5 % (n = 250)."""
    value = percent(part, whole)
    if value is None:
        return NOTHING if part.count is not None and whole.count == 0 else HIDDEN
    shown = f"{value:.1f}".replace(".", ",")
    return _("{percent} % (n = {base})").format(percent=shown, base=number(whole.count or 0))


def answer(kind: str, code: str) -> str:
    """What an answer is called; what nobody filled in stays a line of its own (W-71)."""
    if not code:
        return _("keine Angabe")
    if kind == "language" or kind in {"sheet_language", "given_language"}:
        return _("Leichte Sprache") if code == "ls" else language_name(code)
    choices = {"channel": Channel, "target_group": TargetGroup, "origin": Origin, "result": Result}.get(kind)
    if choices is not None and code in choices.values:
        return str(choices(code).label)
    return code


def weekdays() -> dict[int, str]:
    """Days by their ISO number."""
    names = (
        _("Montag"),
        _("Dienstag"),
        _("Mittwoch"),
        _("Donnerstag"),
        _("Freitag"),
        _("Samstag"),
        _("Sonntag"),
    )
    return dict(enumerate(names, start=1))


def hours(hour: int) -> str:
    """9 bis 10 Uhr"""
    return _("{hour}–{next} Uhr").format(hour=hour, next=hour + 1)


def day(value: date) -> str:
    """27.12.2026"""
    return f"{value:%d.%m.%Y}"


def contacts(count_of: int) -> str:
    """1 Kontakt, 12 Kontakte"""
    return ngettext("{count} Kontakt", "{count} Kontakte", count_of).format(count=number(count_of))


def change(group: Group) -> str:
    """What happened to a topic between the lists of two periods; empty where nothing did."""
    old = ", ".join(f"„{name}“" for name in group.before)
    new = ", ".join(f"„{name}“" for name in group.after)
    sentences = {
        Change.SAME: "",
        Change.RENAMED: _("Umbenannt: früher {old}, jetzt {new}."),
        Change.MERGED: _("Zusammengelegt: {old} sind jetzt {new}. Verglichen wird die Summe."),
        Change.SPLIT: _("Geteilt: {old} ist jetzt {new}. Verglichen wird die Summe der Teile."),
        Change.MIXED: _("Neu geordnet: früher {old}, jetzt {new}. Verglichen wird alles zusammen."),
        Change.NEW: _("Neu: {new} gab es im früheren Zeitraum noch nicht. Nicht verglichen."),
        Change.GONE: _("Weggefallen: {old} gibt es nicht mehr. Nicht verglichen."),
    }
    return sentences[group.change].format(old=old, new=new)


def difference(now: int, before: int) -> str:
    """+12, −3, 0: with a real minus sign."""
    gap = now - before
    return f"+{number(gap)}" if gap > 0 else f"−{number(-gap)}" if gap < 0 else "0"
