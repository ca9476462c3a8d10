"""Give the directory to other programs and take over from them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.accounts.queries import home_unit
from stafette.directory.commands.exchange import take_plan
from stafette.directory.exchange import moving, waiting
from stafette.directory.exchange.loading import kind_of
from stafette.directory.exchange.plan import Plan
from stafette.directory.forms.exchange import ExchangeForm, TakeForm
from stafette.directory.views.doors import EDIT, tabs
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

SHOWN = 300  # lines of a preview; the figures above count all
FILES: dict[str, tuple[str, Any, str]] = {
    "hsds": ("json", moving.as_json, "application/json"),
    "hsds-tabellen": ("zip", moving.as_zip, "application/zip"),
    "xzufi": ("xml", moving.as_xzufi, "application/xml"),
}


@needs(EDIT)
def exchange(request: StaffRequest) -> HttpResponse:
    """Files to fetch, and a file to bring: it is only looked at here."""
    form = ExchangeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _preview(request, form.cleaned_data)
        except BadInput as error:
            form.add_error("file", error.message)
    context = {"form": form, "tabs": tabs(request, "exchange")}
    return render(request, "directory/exchange.html", context, status=422 if form.errors else 200)


def _preview(request: StaffRequest, said: dict[str, Any]) -> HttpResponse:
    brought = waiting.Waiting(said["file"].read(), said["origin"].strip(), said["provider"])
    plan = moving.plan_of(brought.content, provider=brought.provider)
    if not plan.lines:
        raise BadInput(_("In der Datei steht kein Träger, kein Ort und kein Angebot."))
    context = {
        "plan": plan,
        "lines": _most_telling(plan),
        "rest": max(0, len(plan.lines) - SHOWN),
        "ticket": waiting.leave(request.actor.id, brought),
        "columns": [{"label": one} for one in (_("Name"), _("Art"), _("Was geschieht"), _("Anmerkungen"))],
    }
    return render(request, "directory/exchange_preview.html", context)


def _most_telling(plan: Plan) -> list[dict[str, Any]]:
    """Faulty entries first, then the changed and new ones."""
    order = ("faulty", "changed", "new", "equal")
    lines = sorted(plan.lines, key=lambda line: order.index(line.state))[:SHOWN]
    kinds = {"faulty": "danger", "changed": "warning", "new": "success"}
    return [
        {
            "cells": [
                {"value": line.entry.name},
                {"value": line.kind},
                {"value": line.state_name, "badge": True, "kind": kinds.get(line.state)},
                {"value": "; ".join([*map(str, line.problems[:5]), line.changed_fields]).strip("; ")},
            ]
        }
        for line in lines
    ]


@require_POST
@needs(EDIT)
def exchange_take(request: StaffRequest) -> HttpResponse:
    """Take over what the preview showed, compared anew with what stands there now."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Bitte laden Sie die Datei noch einmal hoch."))
    ticket = form.cleaned_data["ticket"]
    brought = waiting.fetch(request.actor.id, ticket)
    plan = moving.plan_of(brought.content, provider=brought.provider)
    form_name = "xzufi" if kind_of(brought.content) == "xml" else "hsds"
    written = take_plan(
        actor=request.actor, unit_id=home_unit(), plan=plan, form=form_name, origin=brought.origin
    )
    waiting.drop(request.actor.id, ticket)
    messages.success(request, _("{n} Einträge sind übernommen.").format(n=sum(written.values())))
    return redirect("directory:exchange")


@needs(EDIT)
def exchange_file(request: StaffRequest, form: str) -> HttpResponse:
    """The whole directory as a file, with what is not public as well."""
    if form not in FILES:
        raise Http404
    ending, make, kind = FILES[form]
    return file_response(make(), name=f"angebote-{form}-{today():%Y-%m-%d}.{ending}", kind=kind)
