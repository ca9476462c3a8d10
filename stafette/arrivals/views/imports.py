"""A list on its way in: upload, columns, preview, decisions, result. Each step is one page that works by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from stafette.arrivals import commands, queries, work
from stafette.arrivals.forms import DecisionForm, MappingForm, UploadForm
from stafette.arrivals.views.access import may_see, own_unit
from stafette.kernel.errors import BadInput
from stafette.web.requests import StaffRequest
from stafette.web.responses import page_or_partial

PAGES = {
    "uploaded": "arrivals/columns.html",
    "reading": "arrivals/progress.html",
    "staged": "arrivals/preview.html",
    "applying": "arrivals/progress.html",
    "applied": "arrivals/preview.html",
    "failed": "arrivals/failed.html",
    "discarded": "arrivals/discarded.html",
}
ROWS_AT_ONCE = 3_000  # more are taken over by the worker, with a progress bar


def upload(request: StaffRequest) -> HttpResponse:
    """Take a file in; what is wrong with it is said beside the field."""
    unit = own_unit(request.actor)
    names = [sender.name for sender in queries.senders(actor=request.actor)]
    form = UploadForm(request.POST or None, request.FILES or None, senders=names)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = commands.upload_list(
                actor=request.actor, unit=unit, file_name=file.name, content=file.read(),
                sender=form.cleaned_data["sender"],
            )  # fmt: skip
            return redirect("arrivals:import", pk=kept.pk)
        except BadInput as error:
            form.add_error("file", error.message)
    return render(request, "arrivals/upload.html", {"form": form}, status=422 if form.errors else 200)


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The page of a list: the step at which it stands."""
    may_see(request.actor)
    found = get_object_or_404(queries.imports(actor=request.actor), pk=pk)
    if found.state == "uploaded":
        return columns(request, pk)
    context = {"upload": found, **_preview(request, found)}
    return page_or_partial(request, PAGES[found.state], "arrivals/partials/progress.html", context)


def _preview(request: StaffRequest, found: Any) -> dict[str, Any]:
    """Tiles, refused rows and the rows to decide; empty while nothing was read."""
    if found.state not in {"staged", "applied"}:
        return {}
    actor = request.actor
    outcome = request.GET.get("art", "possible_duplicate" if found.possible_duplicate else "changed")
    after = request.GET.get("ab", "0")
    cards = queries.decision_cards(
        actor=actor, upload=found, outcome=outcome, after=int(after) if after.isdigit() else 0
    )
    more = cards[25:] and cards[24].number
    refused = queries.rows_of(actor=actor, import_id=found.pk, outcome="rejected")
    return {
        "cards": cards[:25], "outcome": outcome, "more": more, "refused": refused[:200],
        "open_decisions": queries.open_decisions(actor=actor, import_id=found.pk),
        "earlier": queries.earlier_imports(actor=actor, upload=found).first(),
    }  # fmt: skip


def columns(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What each column means: proposed, corrected here, remembered for the sender."""
    own_unit(request.actor)
    found = get_object_or_404(queries.imports(actor=request.actor), pk=pk)
    wanted = request.POST.get("sheet") or request.GET.get("blatt", "")
    cards, sheets, sheet, others = queries.column_cards(actor=request.actor, upload=found, sheet=wanted)
    form = MappingForm(request.POST if request.method == "POST" else None, cards=cards)
    if request.method == "POST" and form.is_valid():
        _read(request, found, form.cleaned_data, sheet)
        return redirect("arrivals:import", pk=pk)
    context = {"upload": found, "form": form, "sheets": sheets, "sheet": sheet, "others": others}
    return render(request, "arrivals/columns.html", context, status=422 if form.errors else 200)


def _read(request: StaffRequest, found: Any, mapping: dict[str, str], sheet: str) -> None:
    """Short lists at once, long ones by the worker."""
    actor = request.actor
    if found.sender:
        commands.remember_mapping(actor=actor, unit=found.unit_id, sender=found.sender.name, mapping=mapping)
    commands.begin_reading(actor=actor, import_id=found.pk, mapping=mapping, sheet=sheet)
    if found.size <= work.AT_ONCE:
        commands.stage_import(actor=actor, import_id=found.pk, mapping=mapping, sheet=sheet)
    else:
        work.later("read_list", import_id=str(found.pk), user_id=str(actor.id))


@require_POST
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep what a human says about rows; a list that was taken over takes the decided rows over at once."""
    found = get_object_or_404(queries.imports(actor=request.actor), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise BadInput("; ".join(str(error) for errors in form.errors.values() for error in errors))
    commands.decide_rows(actor=request.actor, import_id=pk, **form.cleaned_data)
    if found.state == "applied" and form.cleaned_data["decision"]:
        commands.apply_rows(actor=request.actor, import_id=pk)
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{found.get_absolute_url()}?{query}" if query else found.get_absolute_url())


@require_POST
def apply(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take the list over: short ones at once, long ones by the worker."""
    found = get_object_or_404(queries.imports(actor=request.actor), pk=pk)
    commands.take_import(actor=request.actor, import_id=pk)
    if found.rows_total <= ROWS_AT_ONCE:
        work.take_over(request.actor, pk)
    else:
        work.later("take_over", import_id=str(pk), user_id=str(request.actor.id))
    return redirect("arrivals:import", pk=pk)


@require_POST
def discard(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Throw the list away."""
    get_object_or_404(queries.imports(actor=request.actor), pk=pk)
    commands.discard_import(actor=request.actor, import_id=pk)
    return redirect("arrivals:imports")
