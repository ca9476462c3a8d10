"""The log of readings and what stands out in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.kernel.permissions import Permission
from stafette.oversight.asking import Reason
from stafette.oversight.forms.oversight import reading_filter
from stafette.oversight.queries import readings as questions
from stafette.oversight.records import record_word
from stafette.oversight.values import FOREIGN, NIGHT_FROM, NIGHT_TO, READERS, rule
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest

REASONS = dict(Reason.choices)


def _what(row: Any) -> str:
    number = questions.short(row.record_id)
    word = record_word(row.record_type)
    return f"{word} {number}" if number else f"{row.number} × {word}"


def _why(row: Any) -> str:
    said = REASONS.get(row.reason)
    return ": ".join(str(part) for part in (said, row.reason_text) if part) or "–"


def _spec(request: StaffRequest) -> ListSpec:
    units, accounts = questions.choices_for(request.actor)
    return ListSpec(
        name="lesezugriffe",
        title=gettext_lazy("Lesezugriffe"),
        order="-at",
        about_people=False,
        filters=reading_filter(units, accounts),
        apply=questions.narrowed,
        page="oversight/readings.html",
        empty=_("Noch hat niemand einen geschützten Datensatz gelesen."),
        columns=(
            Column("at", _("Wann"), lambda r: f"{timezone.localtime(r.at):%d.%m.%Y %H:%M}", sort="at"),
            Column("who", _("Wer"), lambda r: r.account or "–"),
            Column("unit", _("Stelle"), lambda r: r.unit or "–"),
            Column("kind", _("Art"), lambda r: r.get_kind_display()),
            Column("what", _("Was"), _what),
            Column("about", _("Akte"), lambda r: questions.short(r.about_id) or "–"),
            Column("page", _("Seite"), lambda r: r.page),
            Column("why", _("Grund"), _why),
        ),
    )


@needs(Permission.READING_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show who read which record when: numbers, never names of clients."""
    return show_list(request, _spec(request), questions.readings(actor=request.actor))


@needs(Permission.READING_VIEW)
def patterns(request: StaffRequest) -> HttpResponse:
    """Show what stands out, as counts that lead to the list."""
    found = questions.patterns(actor=request.actor)
    rules = [rule(one) for one in (FOREIGN, NIGHT_FROM, NIGHT_TO, READERS)]
    return render(request, "oversight/patterns.html", {"found": found, "rules": rules})
