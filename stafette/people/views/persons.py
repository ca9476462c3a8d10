"""Find, create, read and correct persons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.people import access, commands, forms, queries
from stafette.people.queries.duplicates import data_of
from stafette.people.views import wording
from stafette.web import readings
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.panels import panels_for
from stafette.web.ratelimit import limited
from stafette.web.requests import StaffRequest


def _narrow(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    rows = queries.born_between(rows, values["born_from"], values["born_to"])
    return rows.filter(nationalities__contains=[values["nationality"]]) if values["nationality"] else rows


PERSONS = ListSpec(
    name="personen",
    title=gettext_lazy("Personen"),
    order="sort_name",
    never_in_a_file=("nationality",),
    columns=(
        Column("name", gettext_lazy("Name"), lambda p: p.full_name, sort="sort_name", link=wording.person_url),
        Column("birth", gettext_lazy("Geburtsdatum"), lambda p: str(p.birth) or "–"),
        Column(
            "nationalities", gettext_lazy("Staatsangehörigkeit"), wording.nationalities_of, taken_along=False
        ),
        Column("address", gettext_lazy("Anschrift"), wording.address_of),
        Column(
            "created", gettext_lazy("erfasst am"), lambda p: f"{timezone.localtime(p.created_at):%d.%m.%Y}",
            sort="created_at", export=lambda p: timezone.localtime(p.created_at).date(),
        ),
    ),
    filters=forms.PersonFilter,
    apply=_narrow,
    empty=gettext_lazy("In Ihrer Stelle ist noch niemand erfasst."),
    page="people/list.html",
    partial="people/partials/rows.html",
)  # fmt: skip


@needs(Permission.PERSON_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show the persons of the actor's units, fifty at a time."""
    rows = queries.persons_with_homes(actor=request.actor)
    return show_list(request, PERSONS, rows, may_create=bool(wording.units_to_write(request)))


@needs(Permission.PERSON_VIEW)
@limited("person-search", per_minute=60)
def search(request: StaffRequest) -> HttpResponse:
    """Look for a person by anything that is known; by POST, so that no name stands in an address."""
    form = forms.SearchForm(request.POST if request.method == "POST" else None)
    asked = form.is_bound and form.is_valid() and bool(form.cleaned_data["q"].strip())
    found = queries.find_persons(actor=request.actor, text=form.cleaned_data["q"], limit=20) if asked else []
    if asked:
        readings.note_search(request, "people.Person", len(found))
    context = {"form": form, "asked": asked, "found": wording.found_rows(found)}
    return render(
        request, "people/search.html", {**context, "may_create": bool(wording.units_to_write(request))}
    )


def new(request: StaffRequest, pk: UUID | None = None) -> HttpResponse:
    """Search before create: who looks like somebody known is shown beside that person first."""
    household = get_object_or_404(access.households_visible_to(request.actor), pk=pk) if pk else None
    units = [(household.unit_id, "")] if household else wording.units_to_write(request)
    wording.require_units(units)
    step = request.POST.get("step", "")
    mrz_form = forms.MrzForm(request.POST if step == "mrz" else None)
    context: dict[str, Any] = {"household": household, "mrz_form": mrz_form, "similar": []}
    if step == "mrz":
        initial = forms.initial_from_mrz(mrz_form.cleaned_data["mrz"]) if mrz_form.is_valid() else {}
        form = forms.NewPersonForm(initial=initial, units=units, joins=bool(household))
        return render(
            request, "people/new.html", {**context, "form": form, "mrz": mrz_form.cleaned_data.get("mrz")}
        )
    form = forms.NewPersonForm(request.POST or None, units=units, joins=bool(household))
    if form.is_valid():
        unit = household.unit_id if household else UUID(str(form.cleaned_data["unit"]))
        if step != "create":
            context["similar"] = wording.similar_rows(request.actor, unit, form.data_out())
            readings.note_number(request, "people.Person", len(context["similar"]))
        if not context["similar"]:
            return _create(request, form, unit, household)
    status = 422 if form.errors else 200
    return render(request, "people/new.html", {**context, "form": form}, status=status)


def _create(request: StaffRequest, form: forms.NewPersonForm, unit: UUID, household: Any) -> HttpResponse:
    data, cleaned = form.data_out(), form.cleaned_data
    origin = {"source": cleaned["source"], "source_date": cleaned["source_date"]}
    if household is None:
        address = form.address_out()
        made = commands.create_household(
            actor=request.actor, unit=unit, members=[data], address=address, **origin
        )
    else:
        person = commands.create_person(actor=request.actor, unit=unit, data=data, **origin)
        join = {"relation": data.relation, "from_on": cleaned["source_date"]}
        made = household
        commands.add_member(actor=request.actor, household_id=household.pk, person_id=person.pk, **join)
    messages.success(request, _("Die Person ist angelegt."))
    return redirect("people:household", pk=made.pk)


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one person; a merged one leads to the record that stayed."""
    person = get_object_or_404(access.visible_to(request.actor), pk=pk)
    if person.merged_into_id:
        return redirect("people:person", pk=person.merged_into_id)
    notes = wording.notes_of(pk)
    context = {
        "person": person,
        "facts": wording.facts_of(person, notes),
        "contact": wording.contact_of(person, notes),
        "languages": queries.languages_of(person),
        "household": queries.household_of(actor=request.actor, person_id=pk),
        "corrections": wording.corrections_of(request.actor, pk),
        "similar": wording.similar_rows(request.actor, person.unit_id, data_of(person), but=pk),
        "may_change": request.actor.may(Permission.PERSON_EDIT, unit=person.unit_id),
        "may_merge": request.actor.may(Permission.PERSON_MERGE, unit=person.unit_id),
        "panels": panels_for("person", actor=request.actor, subject_id=pk),
    }
    return render(request, "people/person.html", context)


def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Correct a person, with the source of what is now known."""
    person = get_object_or_404(access.visible_to(request.actor), pk=pk)
    form = forms.PersonForm(request.POST or None, initial=forms.initial_of(data_of(person)))
    if form.is_valid():
        home = queries.household_of(actor=request.actor, person_id=pk)
        commands.change_person(
            actor=request.actor,
            person_id=pk,
            data=form.data_out(),
            source=form.cleaned_data["source"],
            source_date=form.cleaned_data["source_date"],
            about=home.pk if home else None,
        )
        messages.success(request, _("Die Angaben sind berichtigt."))
        return redirect("people:person", pk=pk)
    status = 422 if form.errors else 200
    return render(request, "people/change.html", {"form": form, "person": person}, status=status)


@require_POST
def lock(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Set or lift the address lock."""
    get_object_or_404(access.visible_to(request.actor), pk=pk)
    home = queries.household_of(actor=request.actor, person_id=pk)
    locked = request.POST.get("locked") == "1"
    commands.lock_address(actor=request.actor, person_id=pk, locked=locked, about=home.pk if home else None)
    messages.success(
        request, _("Die Auskunftssperre ist gesetzt.") if locked else _("Die Auskunftssperre ist aufgehoben.")
    )
    return redirect("people:person", pk=pk)
