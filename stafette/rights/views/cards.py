"""The page of one request and its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.rights import access, commands, forms, queries, rules
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

PAGE = "rights/request.html"


@dataclass(frozen=True)
class Step:
    """A step of the page: address, command, the button's words and a question before it."""

    path: str
    command: Callable[..., Any]
    label: Any
    confirm: Any = ""


STEPS: dict[str, Step] = {
    "begin": Step("beginnen", commands.begin_request, gettext_lazy("Gehört zu uns, ich bearbeite das")),
    "identify": Step("identitaet", commands.identify_request, gettext_lazy("Identität festhalten")),
    "answer": Step("beantworten", commands.answer_request, gettext_lazy("Als beantwortet festhalten")),
    "hand_out": Step("mitgegeben", commands.answer_request, gettext_lazy("Datei ist mitgegeben")),
    "nothing": Step(
        "nichts",
        commands.answer_nothing_held,
        gettext_lazy("Hier ist nichts gespeichert"),
        gettext_lazy("Haben Sie auch nach anderen Schreibweisen gesucht? Sagen Sie es der Person."),
    ),
    "correct": Step("berichtigen", commands.correct_by_request, gettext_lazy("Berichtigen")),
    "contest": Step("bestreiten", commands.mark_contested, gettext_lazy("Als bestritten kennzeichnen")),
    "restrict": Step(
        "einschraenken", commands.restrict_by_request, gettext_lazy("Verarbeitung einschränken")
    ),
    "stop": Step(
        "beenden",
        commands.stop_by_request,
        gettext_lazy("Widerspruch stattgeben"),
        gettext_lazy(
            "Offene Übergaben ohne Einwilligung werden zurückgezogen, Nachfragen entfallen. Fortfahren?"
        ),
    ),
    "refuse": Step("ablehnen", commands.refuse_request, gettext_lazy("Ablehnen mit Grund")),
    "pass_on": Step("weiterleiten", commands.pass_on_request, gettext_lazy("Weiterleiten")),
    "extend": Step("verlaengern", commands.extend_request, gettext_lazy("Frist verlängern")),
    "give": Step("weitergeben", commands.give_request, gettext_lazy("An Kollegin oder Kollegen geben")),
    "withdraw": Step(
        "zuruecknehmen",
        commands.withdraw_request,
        gettext_lazy("Person nimmt den Antrag zurück"),
        gettext_lazy("Hat die Person den Antrag selbst zurückgenommen?"),
    ),
}
MAIN = {"begin", "stop", "hand_out"}


@needs(Permission.RIGHTS_VIEW, Permission.RIGHTS_WATCH)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the clock with its source and, to those who answer, who asks and what may be done."""
    return render(request, PAGE, _context(request, pk))


@require_POST
@needs(Permission.RIGHTS_EDIT)
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Take one step, on the version that the page showed."""
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    if not request.actor.may(Permission.RIGHTS_EDIT, unit=found.unit_id):
        raise PermissionDenied
    form = _form(request.actor, name, found, request.POST)
    if not form.is_valid():
        return render(request, PAGE, _context(request, pk, {name: form}), status=422)
    extra = {"answer": "handed_out"} if name == "hand_out" else {}
    STEPS[name].command(actor=request.actor, request_id=pk, **form.cleaned_data, **extra)
    messages.success(request, _("Gespeichert."))
    if not access.visible_to(request.actor).filter(pk=pk).exists():
        return redirect("rights:list")  # the file was closed to whoever is not named
    return redirect("rights:request", pk=pk)


def _form(actor: Actor, name: str, found: Any, data: Any = None) -> django_forms.Form:
    options: dict[str, Any] = {"initial": {"version": found.version}, "auto_id": f"{name}-%s"}
    staff = queries.colleagues(found.unit_id) if name in ("give", "restrict") else []
    if name == "identify":
        options["initial"] |= {"identity": found.identity, "person_id": found.person_id}
        return forms.IdentifyForm(data, persons=queries.matches(actor=actor, request=found), **options)
    if name in ("answer", "refuse"):
        form = forms.AnswerForm if name == "answer" else forms.RefuseForm
        return form(data, reasons=_choices(rules.refusals(found.kind)), **options)
    if name == "extend":
        return forms.ExtendForm(data, reasons=_choices(rules.extensions()), **options)
    if name == "pass_on":
        return forms.PassOnForm(data, units=queries.other_units(request=found), **options)
    if name == "give":
        return forms.GiveForm(data, colleagues=staff, **options)
    if name == "restrict":
        options["initial"] |= {"open_to": [str(actor.id)]}
        return forms.RestrictForm(data, colleagues=staff, **options)
    plain = {"correct": forms.CorrectForm, "contest": forms.ContestForm}
    return plain.get(name, forms.VersionForm)(data, **options)


def _choices(reasons: list[rules.Reason]) -> list[tuple[str, str]]:
    return [(one.code, f"{one.label} ({one.head.source})") for one in reasons]


def _context(
    request: StaffRequest, pk: UUID, bound: dict[str, django_forms.Form] | None = None
) -> dict[str, Any]:
    rows = access.visible_to(request.actor).select_related(
        *("unit__authority", "responsible_user", "escalation_unit", "came_from", "person", "household")
    )
    found = get_object_or_404(rows, pk=pk)
    card = queries.card(actor=request.actor, request=found)
    given = bound or {}
    actions = [
        {
            "name": name,
            "label": STEPS[name].label,
            "confirm": STEPS[name].confirm,
            "kind": "primary" if name in MAIN else "tertiary",
            "form": given.get(name) or _form(request.actor, name, found),
            "open": name in given,
        }
        for name in card.actions
    ]
    sees = request.actor.may(Permission.RIGHTS_VIEW, unit=found.unit_id)
    return {"card": card, "asked": found, "actions": actions, "sees_person": sees}
