"""The ten forms: blank for everybody who advises, filled in from a household or from a consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.protection import printing, queries
from stafette.protection.commands.own import log_letter
from stafette.protection.kinds import Kind
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response
from stafette.web.sheets import LANGUAGES


@needs(Permission.UNIT_VIEW)
def all_papers(request: StaffRequest) -> HttpResponse:
    """Show every form in every language."""
    rows = [
        {"code": code, "number": place, "title": printing.paper("de").forms[code]["title"]}
        for place, code in enumerate(printing.FORMS, start=1)
    ]
    return render(request, "protection/papers.html", {"rows": rows, "papers": printing.papers()})


@needs(Permission.UNIT_VIEW)
def paper(request: StaffRequest, code: str, language: str) -> HttpResponse:
    """Print a form to be filled in by hand."""
    return _printed(code, language, printing.Filling())


@needs(Permission.CONSENT_VIEW)
def filled(request: StaffRequest, household_id: UUID, code: str, language: str) -> HttpResponse:
    """Print a form with what the house knows already: unit, people, whom it may be about."""
    found = get_object_or_404(
        households_visible_to(request.actor).select_related("unit__authority"), pk=household_id
    )
    offered = queries.receivers_for(found.unit, Kind(code)) if code in Kind.values else []
    filling = printing.Filling(
        unit=found.unit.name,
        people=queries.household_names(actor=request.actor, household_id=household_id),
        receivers=[(name, False) for _pk, name in offered],
    )
    log_letter(
        actor=request.actor, unit_id=found.unit_id, household_id=found.pk, reference=f"Formular {code}"
    )
    return _printed(code, language, filling)


@needs(Permission.CONSENT_VIEW)
def choose(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Lead from the two lists of the household page to the sheet."""
    get_object_or_404(households_visible_to(request.actor), pk=household_id)
    code, language = request.GET.get("blatt", ""), request.GET.get("sprache", "")
    if code not in printing.FORMS or language not in LANGUAGES:
        raise Http404
    return redirect("protection:filled", household_id=household_id, code=code, language=language)


@needs(Permission.CONSENT_VIEW)
def signed(request: StaffRequest, pk: UUID, language: str) -> HttpResponse:
    """Print the sheet as it was agreed to, to be signed: each receiver with its box."""
    rows = queries.all_consents(actor=request.actor).select_related("unit__authority")
    found = get_object_or_404(rows, pk=pk)
    filling = printing.Filling(
        unit=found.unit.name,
        number=found.number,
        people=[row.person.full_name for row in queries.people_of(found) if row.part == "subject"],
        purpose=found.purpose,
        topic=found.topic,
        receivers=[
            (one.receiver_name, True) for one in queries.on_one_sheet(actor=request.actor, consent=found)
        ],
        boxes=found.categories,
        until=f"{found.expires_on:%d.%m.%Y}",
        interpreter=found.interpreter,
    )
    log_letter(
        actor=request.actor,
        unit_id=found.unit_id,
        household_id=found.household_id,
        reference=found.number,
        person_ids=[row.person_id for row in queries.people_of(found)],
    )
    return _printed(found.kind, language, filling)


def _printed(code: str, language: str, filling: Any) -> HttpResponse:
    if code not in printing.FORMS or language not in LANGUAGES:
        raise Http404
    content = printing.form_pdf(code, language, filling)
    return file_response(content, name=f"formular-{code}-{language}.pdf", kind=pdf.KIND)
