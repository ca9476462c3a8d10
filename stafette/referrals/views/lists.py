"""My day and the list of the unit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.queries import finding_labels
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.referrals import forms, queries
from stafette.web import readings
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, cells, show_list
from stafette.web.requests import StaffRequest


@needs(Permission.REFERRAL_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show what the unit handed over and got, the most urgent first."""
    return show_list(request, _spec(request), queries.referrals(actor=request.actor))


def _spec(request: StaffRequest) -> ListSpec:
    labels = finding_labels()
    return ListSpec(
        name="referrals",
        title=_("Übergaben"),
        order="next_on",
        filters=forms.list_filter(labels),
        apply=partial(queries.filtered, actor=request.actor),
        empty=_("Hier stehen Übergaben, sobald eine vorbereitet wird oder eine andere Stelle eine sendet."),
        columns=_columns(labels),
    )


def _columns(labels: Mapping[str, str]) -> tuple[Column, ...]:
    """What a line about a referral shows, in the list and on one's day."""
    return (
        Column("number", _("Nummer"), lambda row: row.number, sort="number", link=_url),
        Column("content", _("Wer oder was"), lambda row: row.shown_label),
        Column("finding", _("Feststellung"), lambda row: labels.get(row.finding_code, row.finding_code)),
        Column("from", _("Von"), lambda row: row.from_unit.short_name),
        Column("to", _("An"), lambda row: row.to_unit.short_name),
        Column("state", _("Stand"), lambda row: row.state_word, badge=_look),
        Column("due", _("Nächster Schritt"), _due, sort="next_on", badge=_due_badge, export=_due_on),
        Column("who", _("Wer ist dran"), _holder),
    )


def _url(row: Any) -> str:
    return reverse("referrals:detail", args=[row.pk])


def _look(row: Any) -> str:
    return "late" if row.is_open and row.next_on < today() and row.state == "declined" else row.state


def _due(row: Any) -> Any:
    return row.next_on if row.is_open else "–"


def _due_badge(row: Any) -> str:
    return "due" if row.is_open else ""


def _due_on(row: Any) -> Any:
    return row.next_on if row.is_open else None


def _holder(row: Any) -> str:
    return row.responsible_user.label if row.is_open else "–"


@needs(Permission.REFERRAL_ANSWER)
def my_day(request: StaffRequest) -> HttpResponse:
    """Show what is due today, late, new, and what one waits for."""
    day = queries.my_day(actor=request.actor)
    shown = {row.pk for part in (day.late, day.due, day.new, day.soon, day.waiting) for row in part}
    readings.note_number(request, "referrals.Referral", len(shown))
    context = {
        "day": day,
        "today": today(),
        "tiles": _tiles(day),
        "parts": _parts(day),
    }
    return render(request, "referrals/my_day.html", context)


def _tiles(day: queries.Day) -> list[dict[str, Any]]:
    """The figures on top, each leading to its part."""
    figure = queries.figure
    tiles = [
        (_("verspätet"), figure(day.late, most=queries.DESK_LIMIT), "verspaetet", "late"),
        (_("heute fällig"), figure(day.due), "heute", "today"),
        (_("neu in der Stelle"), figure(day.new), "neu", ""),
        (_("Nachfragen und Aufgaben fällig"), str(day.due_duties), "aufgaben", "today"),
        (_("warte auf andere"), figure(day.waiting), "warte", ""),
        (_("noch nicht entschieden"), figure(day.findings), "feststellungen", ""),
    ]
    return [
        {"label": label, "figure": 0 if count == "0" else count, "url": f"#{part}", "kind": kind}
        for label, count, part, kind in tiles
        if part != "aufgaben" or day.duties
    ]


def _parts(day: queries.Day) -> dict[str, dict[str, Any]]:
    """The tables of the page; a part without rows is not shown."""
    referral, duty = [one for one in _columns({}) if one.key != "finding"], _duty_columns()
    parts = (
        ("late", "verspaetet", _("Verspätet"), referral, day.late),
        ("due", "heute", _("Heute fällig"), referral, day.due),
        ("new", "neu", _("Neu in der Stelle"), referral, day.new),
        ("duties", "aufgaben", _("Nachverfolgung und Aufgaben"), duty, day.duties),
        ("soon", "bald", _("Als Nächstes"), referral, day.soon),
        ("waiting", "warte", _("Warte auf andere"), referral, day.waiting),
    )
    return {
        name: {"id": part, "title": title, "columns": columns, "rows": cells(columns, rows)}
        for name, part, title, columns, rows in parts
        if rows
    }


def _duty_columns() -> list[Column]:
    return [
        Column("what", _("Worum geht es"), lambda row: f"{row.kind.label} {row.number}", link=_duty_url),
        Column("about", _("Wer oder was"), lambda row: row.about),
        Column("due", _("Bis"), lambda row: row.next_on, badge=lambda row: "due"),
        Column("who", _("Wer ist dran"), lambda row: row.holder),
    ]


def _duty_url(row: Any) -> str:
    return reverse(row.kind.url_name, args=[row.pk])
