"""„Wer weiß was über mich“: at the counter, for each adult alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.errors import StafetteError
from stafette.kernel.permissions import Permission
from stafette.protection import sheet, wording
from stafette.protection.commands.sheets import hand_out_sheet
from stafette.protection.forms.knows import FamilyForm, LanguageForm, PrintForm
from stafette.protection.queries.knows import household_for, is_minor, known_about, people_in
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response


@needs(Permission.CONSENT_VIEW)
def knows(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Choose whose sheet; printing several asks every adult."""
    household, people = _household(request, household_id)
    return render(request, "protection/knows.html", _choice(household, people))


def _household(request: StaffRequest, household_id: UUID) -> tuple[Any, list[Any]]:
    found = household_for(actor=request.actor, household_id=household_id)
    if found is None:
        raise Http404
    return found, people_in(actor=request.actor, household_id=household_id)


def _choice(household: Any, people: list[Any], form: FamilyForm | None = None) -> dict[str, Any]:
    return {
        "household": household,
        "people": [{"person": one, "is_minor": is_minor(one)} for one in people],
        "form": form or _family_form(people),
        "several": len(people) > 1,
    }


def _family_form(people: list[Any], data: Any = None) -> FamilyForm:
    names = [(str(one.pk), one.full_name) for one in people]
    adults = [(str(one.pk), one.full_name) for one in people if not is_minor(one)]
    return FamilyForm(data, people=names, adults=adults)


@needs(Permission.CONSENT_VIEW)
def person_sheet(request: StaffRequest, household_id: UUID, person_id: UUID) -> HttpResponse:
    """Show one person's sheet in its language, to be read together at the counter."""
    household, people = _household(request, household_id)
    person = _one_of(people, person_id)
    form = LanguageForm(request.GET or None)
    language = form.chosen(person.contact_language)
    return render(request, "protection/sheet.html", _reading(request, household, people, person, language))


def _one_of(people: list[Any], person_id: UUID) -> Any:
    found = next((one for one in people if one.pk == person_id), None)
    if found is None:
        raise Http404
    return found


def _reading(
    request: StaffRequest, household: Any, people: list[Any], person: Any, language: str, wrong: str = ""
) -> dict[str, Any]:
    known = known_about(actor=request.actor, household=household, person=person)
    adults = [(str(one.pk), one.full_name) for one in people if not is_minor(one)]
    return {
        "household": household,
        "person": person,
        "sheet": sheet.sheet_for(known, language),
        "language": language,
        "tag": wording.tag(language),
        "direction": wording.direction(language),
        "language_form": LanguageForm({"sprache": language}),
        "print_form": PrintForm(adults=adults) if is_minor(person) else None,
        "alone": len(adults) < 2,
        "wrong": wrong,
    }


@require_POST
@needs(Permission.CONSENT_VIEW)
def print_sheet(request: StaffRequest, household_id: UUID, person_id: UUID) -> HttpResponse:
    """Print it: the entry in the log comes first, so that no sheet leaves unseen."""
    household, people = _household(request, household_id)
    person = _one_of(people, person_id)
    adults = [(str(one.pk), one.full_name) for one in people if not is_minor(one)]
    form = PrintForm(request.POST, adults=adults)
    language = form.cleaned_data["sprache"] if form.is_valid() else "de"
    try:
        agreed = form.cleaned_data.get("agreed_ids", [])
        return _printed(request, household, [person], language, agreed)
    except StafetteError as error:
        context = _reading(request, household, people, person, language, str(error.message))
        return render(request, "protection/sheet.html", context, status=422)


@require_POST
@needs(Permission.CONSENT_VIEW)
def print_family(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Print several sheets in one go, where each adult on them agreed."""
    household, people = _household(request, household_id)
    form = _family_form(people, request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        chosen = [one for one in people if one.pk in facts["person_ids"]]
        try:
            return _printed(request, household, chosen, facts["sprache"], facts["agreed_ids"])
        except StafetteError as error:
            form.add_error(None, str(error.message))
    return render(request, "protection/knows.html", _choice(household, people, form), status=422)


def _printed(
    request: StaffRequest, household: Any, chosen: list[Any], language: str, agreed: list[UUID]
) -> HttpResponse:
    known = [known_about(actor=request.actor, household=household, person=one) for one in chosen]
    hand_out_sheet(
        actor=request.actor,
        household_id=household.pk,
        person_ids=[one.pk for one in chosen],
        language=language,
        agreed_ids=agreed,
    )
    return file_response(sheet.pdf_for(known, language), name=_("wer-weiss-was.pdf"), kind=pdf.KIND)
