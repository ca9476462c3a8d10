"""One arrival: invite, try to reach, take in those who come by themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.arrivals import commands, letters, queries
from stafette.arrivals.forms import AttemptForm, InviteForm, MemberFormSet, WalkInForm
from stafette.arrivals.views.access import may_see, own_unit
from stafette.kernel.errors import RuleBroken, StafetteError
from stafette.kernel.permissions import Permission
from stafette.people.queries import current_members, possible_duplicates
from stafette.protection.commands.own import log_letter
from stafette.web import pdf
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who moved in, how we tried to reach them, what to do next."""
    may_see(request.actor)
    found = get_object_or_404(queries.arrivals(actor=request.actor), pk=pk)
    return render(request, "arrivals/arrival.html", _context(request, found))


def _context(request: StaffRequest, found: Any, **forms: Any) -> dict[str, Any]:
    actor = request.actor
    language = request.GET.get("sprache", found.language or "de")
    members = current_members(actor=actor).filter(household=found.household_id)
    locked = found.household.address_locked
    start = {"channel": "safe" if locked else "letter", "language": language}
    return {
        "arrival": found, "members": members, "locked": locked, "language": language,
        "languages": queries.language_choices(), "message": queries.message_for(found, language=language),
        "invitations": queries.invitations_of(actor=actor, arrival_id=found.pk),
        "attempts": queries.attempts_of(actor=actor, arrival_id=found.pk),
        "invite_form": InviteForm(initial=start), "attempt_form": AttemptForm(initial={"channel": "phone"}),
        "may_edit": actor.may(Permission.ARRIVAL_EDIT, unit=found.unit_id),
        "talk_url": _address("intake:start", f"?household={found.household_id}"),
        "household_url": _address("people:household", "", found.household_id),
        **forms,
    }  # fmt: skip


def _address(name: str, query: str, *args: Any) -> str:
    """The address of another room's page, or nothing where that room is not installed."""
    try:
        return reverse(name, args=args) + query
    except NoReverseMatch:
        return ""


@require_POST
def invite(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write down that the household was invited."""
    found = get_object_or_404(queries.arrivals(actor=request.actor), pk=pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            commands.invite_household(actor=request.actor, arrival_id=pk, **form.cleaned_data)
            return redirect("arrivals:arrival", pk=pk)
        except StafetteError as error:
            form.add_error(None, error.message)
    return render(request, "arrivals/arrival.html", _context(request, found, invite_form=form), status=422)


@require_POST
def attempt(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note one try to reach the household."""
    found = get_object_or_404(queries.arrivals(actor=request.actor), pk=pk)
    form = AttemptForm(request.POST)
    if form.is_valid():
        try:
            commands.record_contact_attempt(actor=request.actor, arrival_id=pk, **form.cleaned_data)
            return redirect("arrivals:arrival", pk=pk)
        except StafetteError as error:
            form.add_error(None, error.message)
    return render(request, "arrivals/arrival.html", _context(request, found, attempt_form=form), status=422)


def letter(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The invitation as a letter; none for a locked address, because an envelope tells who lives there."""
    may_see(request.actor)
    found = get_object_or_404(queries.arrivals(actor=request.actor), pk=pk)
    if found.household.address_locked:
        raise RuleBroken(_("Für diesen Haushalt gilt eine Auskunftssperre: kein Brief. "
                           "Bitte nutzen Sie den vereinbarten sicheren Weg."))  # fmt: skip
    invitation = queries.invitation_for(found, language=request.GET.get("sprache", ""))
    log_letter(actor=request.actor, unit_id=found.unit_id, household_id=found.household_id)
    return file_response(letters.letter(invitation), name="einladung.pdf", kind=pdf.KIND)


def walk_in(request: StaffRequest) -> HttpResponse:
    """Take in a household that came by itself; whoever may be known already is shown before."""
    unit = own_unit(request.actor)
    data = request.POST if request.method == "POST" else None
    form, members = WalkInForm(data), MemberFormSet(data, prefix="p")
    found: list[Any] = []
    if data is not None and form.is_valid() and members.is_valid():
        found = [] if form.cleaned_data["is_checked"] else _alike(request, unit, members)
        if not found:
            arrival = commands.record_walk_in(
                actor=request.actor, unit=unit, members=_people(form, members), address=form.address(),
                **form.arrival(),
            )  # fmt: skip
            return redirect("arrivals:arrival", pk=arrival.pk)
    bad = bool(found or form.errors or (data is not None and not members.is_valid()))
    context = {"form": form, "members": members, "found": found}
    return render(request, "arrivals/walk_in.html", context, status=422 if bad else 200)


def _people(form: WalkInForm, members: Any) -> list[Any]:
    filled = [member for member in members if member.has_changed()]
    return [member.person(**(form.contact() if at == 0 else {})) for at, member in enumerate(filled)]


def _alike(request: StaffRequest, unit: UUID, members: Any) -> list[Any]:
    """Persons of ours whom the new ones may be."""
    people = [member.person() for member in members if member.has_changed()]
    return [
        match
        for person in people
        for match in possible_duplicates(actor=request.actor, unit=unit, person=person)
    ]
