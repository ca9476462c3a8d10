"""Agreements with partners, and who is in the house when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.partners import commands, diary, forms, queries, words
from stafette.people.languages import language_name
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

FIELDS = (
    *("file_number", "signed_on", "starts_on", "ends_on", "notice_weeks", "services", "receipt_days"),
    *("answer_days", "clause", "clause_on", "clause_text"),
)
READ = (Permission.UNIT_VIEW, Permission.AGREEMENT_EDIT)
IN_HOUSE = (*READ, Permission.CONTACT_COUNT)
FILE_WEEKS = 13


@needs(*IN_HOUSE)
def week(request: StaffRequest) -> HttpResponse:
    """Show who sits at which desk, day by day; from Saturday on the coming week, if nobody sits there today."""
    monday = _monday(request.GET.get("woche", "") or _first_day())
    days = [monday + timedelta(days=number) for number in range(6)]
    found = queries.presences(days)
    names = dict(words.WEEKDAYS)
    plan = [
        {"day": day, "name": names[day.isoweekday()], "rows": [_row(one) for one in found if one.day == day]}
        for day in days
        if day.isoweekday() < 6 or any(one.day == day for one in found)
    ]
    context = {
        "plan": plan,
        "monday": monday,
        "today": today(),
        "this_week": "" if monday == _monday("") else f"?woche={_monday(''):%Y-%m-%d}",
        "before": f"?woche={monday - timedelta(days=7):%Y-%m-%d}",
        "after": f"?woche={monday + timedelta(days=7):%Y-%m-%d}",
        "file_url": f"{reverse('partners:week_file')}?woche={monday:%Y-%m-%d}",
        "may_read": any(request.actor.may(one) for one in READ),
    }
    return render(request, "partners/week.html", context)


@needs(*IN_HOUSE)
def week_file(request: StaffRequest) -> HttpResponse:
    """Hand out the plan for a calendar: the week that is shown and those after it."""
    monday = _monday(request.GET.get("woche", ""))
    found = queries.presences(monday + timedelta(days=number) for number in range(7 * FILE_WEEKS))
    return file_response(diary.diary(found), name=f"im-haus-{monday:%Y-%m-%d}.ics", kind=diary.KIND)


@needs(*READ)
def index(request: StaffRequest) -> HttpResponse:
    """List agreements: what ends soon first, then all."""
    found = list(queries.agreements(actor=request.actor))
    context = {
        "agreements": [_card(one) for one in found],
        "ending": list(queries.ending_soon()),
        "may_edit": request.actor.may(Permission.AGREEMENT_EDIT),
    }
    return render(request, "partners/agreements.html", context)


@needs(*READ)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one with all that was agreed on; its desks can be given here."""
    return _detail(request, _seen(request, pk), None)


@needs(Permission.AGREEMENT_EDIT)
def enter(request: StaffRequest) -> HttpResponse:
    """Enter what was signed; the services follow once the partner is known."""
    units = queries.agreeing_units(actor=request.actor)
    partners = [(str(one.pk), one.name) for one in queries.partners()]
    form = forms.NewAgreementForm(request.POST or None, units=units, partners=partners)
    if form.is_valid():
        made = commands.enter_agreement(actor=request.actor, **form.cleaned_data)
        messages.success(
            request, _("Die Vereinbarung ist angelegt. Tragen Sie jetzt Angebote und Zeiten ein.")
        )
        return redirect("partners:agreement", pk=made.pk)
    return render(request, "partners/agreement_form.html", {"form": form}, status=422 if form.errors else 200)


@needs(Permission.AGREEMENT_EDIT)
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Correct or prolong one of the own unit."""
    agreement = _own(request, pk)
    initial = {name: getattr(agreement, name) for name in FIELDS} | {
        "contacts": "\n".join(agreement.contacts)
    }
    services = queries.service_choices(agreement, agreement.partner.organization_id)
    form = forms.AgreementForm(request.POST or None, services=services, initial=initial)
    if form.is_valid():
        commands.change_agreement(actor=request.actor, agreement_id=pk, **form.cleaned_data)
        messages.success(request, _("Die Angaben sind gespeichert."))
        return redirect("partners:agreement", pk=pk)
    context = {"form": form, "agreement": agreement, "has_no_services": not services}
    return render(request, "partners/agreement_form.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.AGREEMENT_EDIT)
def start(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put it in force."""
    commands.start_agreement(actor=request.actor, agreement_id=_own(request, pk).pk)
    messages.success(request, _("Die Vereinbarung gilt."))
    return redirect("partners:agreement", pk=pk)


@require_POST
@needs(Permission.AGREEMENT_EDIT)
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End it with today."""
    commands.end_agreement(actor=request.actor, agreement_id=_own(request, pk).pk)
    messages.success(request, _("Die Vereinbarung ist beendet. Die Plätze sind wieder frei."))
    return redirect("partners:agreement", pk=pk)


@require_POST
@needs(Permission.AGREEMENT_EDIT)
def add_time(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give the partner a desk at an hour of the week."""
    agreement = _own(request, pk)
    form = forms.DeskTimeForm(request.POST)
    if not form.is_valid():
        return _detail(request, agreement, form)
    commands.add_desk_time(actor=request.actor, agreement_id=pk, **form.cleaned_data)
    messages.success(request, _("Die Zeit ist eingetragen."))
    return redirect("partners:agreement", pk=pk)


@require_POST
@needs(Permission.AGREEMENT_EDIT)
def remove_time(request: StaffRequest, pk: UUID, time_id: UUID) -> HttpResponse:
    """Free a desk."""
    agreement = _own(request, pk)
    if not any(row.pk == time_id for row in agreement.times.all()):
        raise Http404
    commands.remove_desk_time(actor=request.actor, agreement_id=pk, time_id=time_id)
    messages.success(request, _("Der Platz ist wieder frei."))
    return redirect("partners:agreement", pk=pk)


def _seen(request: StaffRequest, pk: UUID) -> Any:
    return get_object_or_404(queries.agreements(actor=request.actor), pk=pk)


def _own(request: StaffRequest, pk: UUID) -> Any:
    own = queries.agreements(actor=request.actor).filter(
        unit__in=request.actor.units(Permission.AGREEMENT_EDIT)
    )
    return get_object_or_404(own, pk=pk)


def _detail(request: StaffRequest, agreement: Any, form: forms.DeskTimeForm | None) -> HttpResponse:
    may_edit = (
        request.actor.may(Permission.AGREEMENT_EDIT, unit=agreement.unit_id) and agreement.state != "ended"
    )
    context = {
        "agreement": agreement,
        "services": queries.service_names(agreement.services),
        "times": [_time(row) for row in agreement.times.all()],
        "form": (form or forms.DeskTimeForm()) if may_edit else None,
        "may_edit": may_edit,
        "may_start": may_edit and agreement.can("start"),
    }
    return render(request, "partners/agreement.html", context, status=422 if form is not None else 200)


def _card(agreement: Any) -> dict[str, Any]:
    return {"agreement": agreement, "times": [_time(row) for row in agreement.times.all()]}


def _time(row: Any) -> dict[str, Any]:
    return {"row": row, "text": words.desk_time(row), "languages": _languages(row.languages)}


def _row(one: queries.Presence) -> dict[str, Any]:
    return {
        "one": one,
        "time": words.span(one.opens_at, one.closes_at),
        "languages": _languages(one.languages),
    }


def _languages(codes: Any) -> str:
    return ", ".join(language_name(code) for code in codes)


def _first_day() -> str:
    """A day of the week to begin with: on a weekend without anybody in the house the plan looks forward."""
    day = today()
    weekend = [day + timedelta(days=number) for number in range(7 - day.weekday())]
    if day.isoweekday() >= 6 and not queries.presences(weekend):
        day += timedelta(days=2)
    return day.isoformat()


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = today()
    if not 2000 <= day.year <= 2100:  # the calendar ends where dates do
        day = today()
    return day - timedelta(days=day.weekday())
