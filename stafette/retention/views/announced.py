"""The grace list: what will be deleted when, for the unit that may still hold it up."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.retention import forms, queries
from stafette.retention.words import kind_word
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


@needs(Permission.RETENTION_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """List what is announced; a name stands there only for those who may see it."""
    actor = request.actor
    spec = ListSpec(
        name="announced",
        title=_("Wird bald gelöscht"),
        order="due_on",
        filters=forms.AnnouncedFilter,
        apply=queries.filtered,
        page="retention/announced.html",
        empty=_("Zurzeit läuft bei keinem Eintrag Ihrer Stelle die Löschfrist ab."),
        context={"links": _links(request)},
        columns=(
            Column("kind", _("Was"), lambda row: kind_word(row.kind), link=_url),
            Column("name", _("Bezeichnung"), lambda row: row.name or "–"),
            Column("unit", _("Stelle"), lambda row: row.unit.short_name),
            Column("event", _("Frist läuft seit"), lambda row: row.event_on),
            Column("rule", _("Regel"), lambda row: row.rule),
            Column("due", _("Löschung am"), lambda row: row.due_on, sort="due_on", badge=lambda row: "due"),
            Column("hold", _("Aufhalten"), lambda row: _hold_word(actor, row), link=_hold_url),
        ),
    )
    return show_list(request, spec, queries.announced(actor=actor))


def _links(request: StaffRequest) -> list[tuple[str, str]]:
    return [
        (reverse("retention:holds"), _("Aufgehaltene Löschungen")),
        (reverse("retention:report"), _("Löschbericht und Regeln")),
    ]


def _url(row: Any) -> str:
    return queries.url_of(row)


def _hold_word(actor: Any, row: Any) -> str:
    row.may_hold = actor.may(Permission.RETENTION_EDIT, unit=row.unit_id)
    return _("aufhalten") if row.may_hold else "–"


def _hold_url(row: Any) -> str:
    return reverse("retention:hold", args=[row.pk]) if getattr(row, "may_hold", False) else ""
