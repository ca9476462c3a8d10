"""The directory as a table sees it: services by code, and what codes are called."""

from __future__ import annotations

from stafette.directory.queries.entries import entry_names
from stafette.directory.queries.listed import location_codes
from stafette.directory.queries.whole import whole_entries
from stafette.directory.tables.cells import as_csv, as_xlsx
from stafette.directory.tables.columns import COLUMNS, Names
from stafette.directory.tables.plan import Known


def names() -> Names:
    """What topics, providers and places are called now."""
    return Names(organizations=entry_names(locations=False), places=location_codes())


def known_entries() -> Known:
    """All services with the names of what they name."""
    return Known({one.data.code: one.data for one in whole_entries()}, names())


def exported(ending: str, *, title: str, note: str) -> bytes:
    """All services as a file, csv or xlsx, one row each."""
    known = known_entries()
    headings = [one.heading for one in COLUMNS]
    rows = ([one.write(entry, known.names) for one in COLUMNS] for entry in known.services.values())
    return as_csv(headings, rows) if ending == "csv" else as_xlsx(headings, rows, title=title, note=note)
