"""Begin a talk: find the household first, then explain, ask, begin."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stafette.intake import commands, forms, queries
from stafette.intake.definition.schema import worded
from stafette.intake.known import known_from_others
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people import queries as people
from stafette.people.access import households_visible_to
from stafette.web import readings
from stafette.web.ratelimit import limited
from stafette.web.requests import StaffRequest
from stafette.web.responses import page_or_partial

MOST_MATCHES = 10


def start(request: StaffRequest) -> HttpResponse:
    """Show the search, the beginning of the talk, or the draft that is already there."""
    if not request.actor.may(Permission.INTERVIEW_EDIT):
        raise NotAllowed(_("Ankunftsgespräche führt die Clearingstelle. Ihnen fehlt dafür die Berechtigung."))
    household = _household(request)
    if household is None:
        return _search(request)
    draft = queries.interviews(actor=request.actor).filter(household=household, state="draft").first()
    if draft is not None:
        return redirect("intake:talk", pk=draft.pk)
    members = list(people.current_members(actor=request.actor).filter(household=household))
    readings.note_list(request, [household])
    return _begin(request, household, members)


def _household(request: StaffRequest) -> Any:
    try:
        wanted = UUID(request.GET.get("household", ""))
    except ValueError:
        return None
    return households_visible_to(request.actor).filter(pk=wanted).first()


@limited("person-search", per_minute=60)
def _search(request: StaffRequest) -> HttpResponse:
    """Search before create: whoever came through the arrivals is already in the books. By POST."""
    text = request.POST.get("q", "").strip()
    found = people.find_persons(actor=request.actor, text=text, limit=MOST_MATCHES) if text else []
    if text:
        readings.note_search(request, "people.Person", len(found))
    homes = [(match, people.household_of(actor=request.actor, person_id=match.id)) for match in found]
    contact = request.GET.get("contact", "")
    return render(request, "intake/search.html", {"text": text, "homes": homes, "contact": contact})


def _begin(request: StaffRequest, household: Any, members: list[Any]) -> HttpResponse:
    version = queries.form_of_unit(household.unit_id)
    if version is None:
        raise RuleBroken(
            _("Für Ihre Stelle ist kein Gesprächsbogen hinterlegt. Bitten Sie die Administration darum.")
        )
    definition = version.read()
    form = forms.StartForm(
        request.POST or None,
        members=members,
        form=definition,
        initial=_preset(request, household.pk, members),
    )
    if form.is_valid():
        return _started(request, household, form)
    wanted = form["language"].value()
    language = wanted if definition.has(wanted) else "en"
    consent = {part: worded(getattr(definition.consent, part), language) for part in ("text", "question")}
    context = {
        "household": household,
        "form": form,
        "consent": definition.consent,
        "other": consent,
        "language": language,
        "is_fallback": bool(wanted) and wanted != language,
        "languages": definition.languages,
    }
    status = 422 if form.errors else 200
    return page_or_partial(request, "intake/start.html", "intake/partials/consent.html", context, status)


def _preset(request: StaffRequest, household_id: UUID, members: list[Any]) -> dict[str, Any]:
    """Everyone takes part; the language is the one asked for, told before, or spoken in the household."""
    told = [member.person.contact_language for member in members]
    spoken = [
        row.language for member in members for row in member.person.languages.all() if row.language != "de"
    ]
    arrival = known_from_others(request.actor, household_id).get("language", "")
    languages = [request.GET.get("language", ""), *told, *spoken, arrival]
    return {
        "persons": [str(member.person_id) for member in members],
        "language": next((language for language in languages if language), ""),
        "document_check": "not_done",
        "contact": request.GET.get("contact", ""),
    }


def _started(request: StaffRequest, household: Any, form: forms.StartForm) -> HttpResponse:
    arguments = form.arguments()
    known = queries.known_answers(
        actor=request.actor, household_id=household.pk, person_ids=arguments["person_ids"]
    )
    interview = commands.start_interview(
        actor=request.actor, household_id=household.pk, known=known, **arguments
    )
    if arguments["agreed"]:
        return redirect("intake:talk", pk=interview.pk)
    messages.success(request, _("Vermerkt: kein Gespräch gewünscht. Das hat keine Folgen für die Anmeldung."))
    return redirect("intake:list")
