"""Write down a case conference before it begins."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from stafette.kernel.errors import StafetteError
from stafette.kernel.permissions import Permission
from stafette.protection.commands.conferences import log_conference
from stafette.protection.forms.conference import ConferenceForm
from stafette.protection.queries.conferences import agreed_tables, table_choices
from stafette.protection.queries.knows import household_for, people_in
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.REFERRAL_SEND)
def conference(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Ask for topic, table and people; where a consent is missing, say for whom and for what."""
    found = household_for(actor=request.actor, household_id=household_id)
    if found is None:
        raise Http404
    people = [(str(one.pk), one.full_name) for one in people_in(actor=request.actor, household_id=found.pk)]
    form = ConferenceForm(request.POST or None, units=table_choices(unit_id=found.unit_id), people=people)
    if form.is_valid():
        try:
            told = log_conference(
                actor=request.actor, unit_id=found.unit_id, household_id=found.pk, **form.cleaned_data
            )
            messages.success(request, _said(len(told)))
            return redirect("protection:knows", household_id=household_id)
        except StafetteError as error:
            form.add_error(None, str(error.message))
    context = {
        "household": found,
        "form": form,
        "agreed": agreed_tables(actor=request.actor, household_id=household_id),
    }
    return render(request, "protection/conference.html", context, status=422 if form.errors else 200)


def _said(number: int) -> str:
    text = ngettext(
        "Die Fallkonferenz ist festgehalten: {number} Empfänger steht im Nachweis.",
        "Die Fallkonferenz ist festgehalten: {number} Empfänger stehen im Nachweis.",
        number,
    )
    return text.format(number=number)
