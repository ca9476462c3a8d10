"""How the directory stands, in one cheap question: when this changes, kept pages are made anew."""

from __future__ import annotations

import time
from threading import Lock

from django.db import connection

from stafette.kernel.clock import today

HELD = 1.0  # seconds in which a process asks only once
_SQL = """
select concat_ws('|',
  (select max(changed_at)::text || '/' || count(*) from directory_service),
  (select max(changed_at)::text || '/' || count(*) from directory_organization),
  (select max(changed_at)::text || '/' || count(*) from directory_location),
  (select max(changed_at)::text || '/' || count(*) from directory_servicetext),
  (select id::text from directory_entryversion order by id desc limit 1),
  (select max(changed_at)::text || '/' || count(*) from materials_sheetversion),
  (select count(*) filter (where is_public) || '/' || count(*) from materials_infosheet))
"""
_lock = Lock()
_known: dict[str, tuple[float, str]] = {}


def stamp() -> str:
    """A word that changes with every entry, translation and sheet, and with the day."""
    at, database = time.monotonic(), str(connection.settings_dict["NAME"])
    with _lock:
        asked, found = _known.get(database, (-HELD, ""))
    if at - asked >= HELD:
        with connection.cursor() as cursor:
            cursor.execute(_SQL)
            found = cursor.fetchone()[0]
        with _lock:
            _known[database] = (at, found)
    return f"{today()}|{found}"


def ask_again() -> None:
    """Ask anew at the next call: for tests."""
    with _lock:
        _known.clear()
