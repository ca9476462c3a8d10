"""Choices and words of the forms, so that forms and views hold no model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stafette.partners.models import Clause, DeskTime, PartnerKind, PartnerRequest, Weekday

KINDS = PartnerKind.choices
STATE_FILTER = [
    ("", _("alle offenen")),
    *PartnerRequest.State.choices,
    ("ended", _("alle beendeten")),
    ("all", _("alle")),
]
MOVE_NAMES = {
    **PartnerRequest.NAMES,
    "fill": _("Inhalt zusammenstellen"),
    "leave_out": _("Ohne diese Angaben fragen"),
    "code": _("Code für das Telefon erzeugen"),
}
LINK_STATES = {
    "sent": _("gesendet, noch nicht geöffnet"),
    "opened": _("geöffnet, noch nicht beantwortet"),
    "used": _("beantwortet"),
    "ended": _("abgelaufen oder ersetzt"),
}
CLAUSES = Clause.choices
WEEKDAYS = Weekday.choices
RHYTHMS = [(1, _("jede Woche")), (2, _("jede zweite Woche")), (4, _("jede vierte Woche"))]


def clock(moment: time) -> str:
    """10 or 10:30"""
    return f"{moment.hour}" if moment.minute == 0 else f"{moment:%H:%M}".lstrip("0")


def span(opens_at: time, closes_at: time) -> str:
    """10–12 Uhr"""
    return gettext("{since}–{until} Uhr").format(since=clock(opens_at), until=clock(closes_at))


def desk_time(row: DeskTime) -> str:
    """Dienstag 10–12 Uhr, jede zweite Woche"""
    said = f"{row.get_weekday_display()} {span(row.opens_at, row.closes_at)}"
    return said if row.every == 1 else f"{said}, {dict(RHYTHMS)[row.every]}"


def languages(codes: Iterable[str]) -> str:
    """de/ar: short, as it stands beside a desk."""
    return "/".join(codes)
