"""A table of services: read and kept for a human being to look at, then taken over or dropped."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.directory import data as d
from stafette.directory.books import books_of
from stafette.directory.codes import free_code
from stafette.directory.commands.entries import put_location, put_organization, put_service
from stafette.directory.differing import wished
from stafette.directory.models import EntryVersion, Location, Organization, Service, TableImport
from stafette.directory.plain import from_plain, to_plain
from stafette.directory.queries import similar_locations
from stafette.directory.reading import OF_SERVICE, service_data
from stafette.directory.tables.cells import read_table
from stafette.directory.tables.known import known_entries
from stafette.directory.tables.plan import layout_of, plan
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission

PIECE = 200  # rows that are written in one transaction


@command
def read_services_table(*, actor: Actor, unit_id: UUID, content: bytes) -> TableImport:
    """Read a table and keep what it would change; no entry is touched, and the file itself is not kept."""
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    rows = read_table(content)
    layout = layout_of(rows)
    if layout is None:
        raise BadInput(
            _(
                "Die Tabelle hat keine Spalte „Name“. Die erste Zeile nennt die Spalten, zum Beispiel Name und Träger."
            )
        )
    lines = plan(rows, layout, known_entries())
    if not lines:
        raise BadInput(_("Unter den Überschriften steht nichts."))
    counts = Counter(line.state for line in lines)
    table = TableImport(
        rows=[vars(line) for line in lines if line.state != "equal"],
        columns=list(layout.at), unused=list(layout.unused),
        made_at=now(), made_by=actor.label, new=counts["new"], changed=counts["changed"], equal=counts["equal"],
        faulty=counts["faulty"],
    )  # fmt: skip
    table.save(force_insert=True)
    record(
        actor,
        "directory.table_read",
        table,
        unit=unit_id,
        rows=len(lines),
        new=table.new,
        changed=table.changed,
    )
    return table


@command
def begin_table(*, actor: Actor, unit_id: UUID, table_id: UUID) -> TableImport:
    """Say that a table is to be taken over; a second click is told that it runs already."""
    table = TableImport.objects.select_for_update(of=("self",)).get(pk=table_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    if not table.new + table.changed:
        raise RuleBroken(_("In dieser Tabelle ist nichts neu oder geändert."))
    table.move("begin")
    table.save(update_fields=["state"])
    record(actor, "directory.table_begun", table, unit=unit_id, new=table.new, changed=table.changed)
    return table


@command
def take_table_piece(*, actor: Actor, unit_id: UUID, table_id: UUID) -> bool:
    """Write the next rows of a table; tells whether there are more. Broken off, it goes on where it stopped.

    A row that the directory does not take any more, because somebody changed it since the table was read, stays out
    and says why; all others are written.
    """
    table = TableImport.objects.select_for_update(of=("self",)).get(pk=table_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    if table.state != TableImport.State.RUNNING:
        return False
    wanted = [row for row in table.rows if row["state"] in ("new", "changed")]
    piece = wanted[table.done : table.done + PIECE]
    for row in piece:
        _take_or_say_why(actor, unit_id, table, row)
    table.done += len(piece)
    if table.done >= len(wanted):
        table.move("take")
        _keep_faulty(table)
        record(
            actor, "directory.imported", table, unit=unit_id,
            new=table.new, changed=table.changed, faulty=table.faulty,
        )  # fmt: skip
    table.save(update_fields=["state", "done", "rows", "new", "changed", "faulty"])
    return table.state == TableImport.State.RUNNING


@command
def drop_table(*, actor: Actor, unit_id: UUID, table_id: UUID) -> TableImport:
    """Throw a table away; nothing was written."""
    table = TableImport.objects.select_for_update(of=("self",)).get(pk=table_id)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit_id)
    table.move("drop")
    table.rows = []
    table.save(update_fields=["state", "rows"])
    record(actor, "directory.table_dropped", table, unit=unit_id)
    return table


def _take_or_say_why(actor: Actor, unit_id: UUID, table: TableImport, row: dict[str, Any]) -> None:
    """One row, whole or not at all; its state stays until the end, because rows are counted by it."""
    try:
        with transaction.atomic():
            _take(actor, unit_id, table, row)
    except (BadInput, RuleBroken, NotAllowed) as error:
        row["problems"] = [error.message]
    except Service.DoesNotExist:
        says = _("Den Code „{code}“ gibt es nicht. Für ein neues Angebot bleibt er leer.")
        row["problems"] = [says.format(code=row["code"])]


def _keep_faulty(table: TableImport) -> None:
    """Of a table that is through only the rows remain that were not taken; the figures say what was."""
    for row in table.rows:
        if row["state"] in ("new", "changed") and row["problems"]:
            setattr(table, row["state"], getattr(table, row["state"]) - 1)
            table.faulty += 1
            row["state"] = "faulty"
    table.rows = [row for row in table.rows if row["state"] == "faulty"]


def _take(actor: Actor, unit_id: UUID, table: TableImport, row: dict[str, Any]) -> None:
    """One row: its provider and its places first, where they are new."""
    entry = from_plain(d.ServiceData, row["entry"])
    if row["provider"]:
        entry = replace(entry, organization=_provider(actor, unit_id, row["provider"]))
    codes = {
        f"neu:{number}": _place(actor, unit_id, place, entry.organization)
        for number, place in enumerate(row["places"])
    }
    places = tuple(replace(one, location=codes.get(one.location, one.location)) for one in entry.places)
    entry = replace(entry, places=places)
    is_new = row["state"] == "new"
    entry = replace(entry, code=free_code(entry.name, Service)) if is_new else _now(table, entry)
    provider = Organization.objects.filter(code=entry.organization).first()
    put_service(actor=actor, unit_id=books_of(provider), data=entry, source="import")


def _now(table: TableImport, entry: d.ServiceData) -> d.ServiceData:
    """What others changed since the table was read stays, where the table says nothing else."""
    row = Service.objects.select_related("organization").prefetch_related(*OF_SERVICE).get(code=entry.code)
    present = to_plain(service_data(row))
    seen = EntryVersion.objects.filter(subject_id=row.pk, made_at__lte=table.made_at).first()
    merged = wished(seen.data if seen else present, to_plain(entry), present, ("id", "code"))
    return from_plain(d.ServiceData, merged)


def _provider(actor: Actor, unit_id: UUID, name: str) -> str:
    """The provider of that name; an earlier row of the table may have made it."""
    known = Organization.objects.filter(name__iexact=name).first()
    if known:
        return known.code
    data = d.OrganizationData(code=free_code(name, Organization), name=name)
    return put_organization(actor=actor, unit_id=unit_id, data=data, source="import").code


def _place(actor: Actor, unit_id: UUID, place: dict[str, str], organization: str) -> str:
    """The place at that address; an earlier row of the table may have made it."""
    there = similar_locations(address=place["address_1"], postal_code=place["postal_code"])
    name = place["name"].casefold()
    known = next((one for one in there if name in one.name.casefold()), None)
    if known:
        return known.code
    code = free_code(place["name"] or place["address_1"], Location)
    data = d.LocationData(
        code=code, organization=organization, name=place["name"], address_1=place["address_1"],
        postal_code=place["postal_code"], city=place["city"],
    )  # fmt: skip
    return put_location(actor=actor, unit_id=unit_id, data=data, source="import").code
