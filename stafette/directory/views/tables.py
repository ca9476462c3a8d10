"""Services as a table: out as a file, in with a preview."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.accounts.queries import home_unit
from stafette.directory import commands, forms, queries
from stafette.directory.tables.cells import CSV
from stafette.directory.tables.known import exported
from stafette.directory.views.doors import EDIT, tabs
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput
from stafette.web import xlsx
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

ROWS_AT_ONCE = 150  # more are written by the worker
SHOWN = 300  # rows of one kind on the page
KINDS = {"csv": CSV, "xlsx": xlsx.KIND}


@needs(EDIT)
def tables(request: StaffRequest) -> HttpResponse:
    """Take the directory along as a table, or bring one."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            table = commands.read_services_table(actor=request.actor, unit_id=home_unit(), content=content)
            return redirect("directory:table", pk=table.pk)
        except BadInput as error:
            form.add_error("file", error.message)
    context = {"form": form, "tabs": tabs(request, "tables"), "waiting": queries.open_tables()}
    return render(request, "directory/tables.html", context, status=422 if form.errors else 200)


@needs(EDIT)
def export(request: StaffRequest, ending: str) -> HttpResponse:
    """All services as a file."""
    note = _("Stand: {day}. Zurückgelesen ändert sich nur, was Sie in der Tabelle ändern.")
    content = exported(ending, title=_("Angebote"), note=note.format(day=f"{today():%d.%m.%Y}"))
    return file_response(content, name=f"angebote-{today():%Y-%m-%d}.{ending}", kind=KINDS[ending])


@needs(EDIT)
def table(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What a table would change."""
    found = get_object_or_404(queries.table_imports(), pk=pk)
    groups = [
        (state, word, count, [row for row in found.rows if row["state"] == state][:SHOWN])
        for state, word, count in (
            ("faulty", _("Fehlerhaft"), found.faulty),
            ("changed", _("Geändert"), found.changed),
            ("new", _("Neu"), found.new),
        )
        if count
    ]
    context = {"table": found, "groups": groups, "shown": SHOWN}
    return render(request, "directory/table.html", context)


@require_POST
@needs(EDIT)
def take(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take it over: short tables at once, long ones by the worker."""
    found = get_object_or_404(queries.table_imports(), pk=pk)
    unit = home_unit()
    commands.begin_table(actor=request.actor, unit_id=unit, table_id=pk)
    if found.new + found.changed <= ROWS_AT_ONCE:
        while commands.take_table_piece(actor=request.actor, unit_id=unit, table_id=pk):
            pass
        messages.success(request, _("Die Tabelle ist übernommen."))
    else:
        _later(pk, request.actor.id)
    return redirect("directory:table", pk=pk)


def _later(table_id: UUID, user_id: UUID) -> None:
    """Hand the table to the worker once this transaction is through."""
    from procrastinate.contrib.django import app

    with transaction.atomic():
        task = app.configure_task("stafette.directory.tasks.take_table", queue="imports")
        task.defer(table_id=str(table_id), user_id=str(user_id))


@require_POST
@needs(EDIT)
def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Throw it away."""
    get_object_or_404(queries.table_imports(), pk=pk)
    commands.drop_table(actor=request.actor, unit_id=home_unit(), table_id=pk)
    messages.success(request, _("Die Tabelle ist verworfen. Nichts wurde geändert."))
    return redirect("directory:tables")
