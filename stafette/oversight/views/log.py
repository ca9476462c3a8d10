"""The log as a list, for those who oversee; the state of the machine, for those who look after it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stafette.audit.queries import events_overseen
from stafette.audit.wording import word_for
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.oversight.forms.log import EventFilter
from stafette.oversight.queries.machine import machine
from stafette.oversight.records import record_word
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


def _narrow(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    wanted = {"kind": values["kind"], "at__date__gte": values["since"], "at__date__lte": values["until"]}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


EVENTS = ListSpec(
    name="protokoll",
    title=_("Protokoll"),
    order="-at",
    columns=(
        Column("at", _("Zeitpunkt"), lambda e: f"{timezone.localtime(e.at):%d.%m.%Y %H:%M:%S}", sort="at"),
        Column("kind", _("Was"), lambda e: word_for(e.kind)),
        Column("actor", _("Wer"), lambda e: e.actor_label),
        Column("subject", _("Woran"), lambda e: f"{record_word(e.subject_type)} {str(e.subject_id)[-12:]}"),
        Column("place", _("Kette"), lambda e: f"{e.lane}/{e.seq}"),
    ),
    filters=EventFilter,
    apply=_narrow,
    about_people=False,
)


def events(request: StaffRequest) -> HttpResponse:
    """Show what was done in the units that the officer oversees; ids and codes only."""
    if not request.actor.may(Permission.EVENT_VIEW):
        raise NotAllowed(str(_("Das Protokoll lesen nur Datenschutzbeauftragte.")))
    return show_list(request, EVENTS, events_overseen(actor=request.actor))


@needs(Permission.SYSTEM_VIEW)
def status(request: StaffRequest) -> HttpResponse:
    """Show how the machine stands: counts and times only."""
    return render(request, "oversight/status.html", {"machine": machine()})
