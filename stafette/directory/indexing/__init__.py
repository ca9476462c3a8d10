"""Keeping the search index in line with the entries: called by the commands that change one.

An entry is read as plain tuples (`entries`), said in columns (`rows`) and written as one JSON document for many:
models made of each row took most of the time, and a whole directory is written anew after an update.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from stafette.directory.indexing.entries import read_entries
from stafette.directory.indexing.rows import LONGEST, row_of
from stafette.directory.models import SearchGlance, SearchRow, Service
from stafette.directory.search.text import stem
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id

AT_ONCE = 500


def reindex(service_ids: Iterable[UUID]) -> None:
    """Write the search rows of these services anew."""
    ids = list(dict.fromkeys(service_ids))
    for start in range(0, len(ids), AT_ONCE):
        _reindex(ids[start : start + AT_ONCE])


@transaction.atomic
def reindex_all() -> int:
    """Write all rows and words anew, and say how many services there are.

    Until it is done, searches answer from what was there before, and whoever saves an entry waits: his words must not
    be counted among those that go.
    """
    with connection.cursor() as cursor:
        cursor.execute("lock table directory_searchrow in share row exclusive mode")
        cursor.execute("delete from directory_searchrow")
        cursor.execute("delete from directory_searchglance")
        cursor.execute("delete from directory_searchword")
    ids = list(Service.objects.values_list("pk", flat=True))
    reindex(ids)
    return len(ids)


@transaction.atomic
def _reindex(ids: list[UUID]) -> None:
    rows = [row_of(entry) for entry in read_entries(ids)]
    counts = Counter(word for row in rows for word in row["words"])
    for words in _take_out(ids):
        counts.subtract(words)
    _put_in(rows)
    _count({word: number for word, number in counts.items() if number})


def _take_out(ids: list[UUID]) -> list[list[str]]:
    """Delete the rows of these services, and say which words each had.

    The long rows first: on their table everybody waits who writes while the whole index is made anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("delete from directory_searchrow where service_id = any(%s) returning words", [ids])
        words = [found for (found,) in cursor.fetchall()]
        cursor.execute("delete from directory_searchglance where service_id = any(%s)", [ids])
    return words


def _put_in(rows: list[dict[str, Any]]) -> None:
    """Write rows and short rows from the same values."""
    whole, short = (
        ", ".join(one.attname for one in model._meta.concrete_fields) for model in (SearchRow, SearchGlance)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "with entry as materialized (select * from jsonb_populate_recordset(null::directory_searchrow, %s)), "
            f"glance as (insert into directory_searchglance ({short}) select {short} from entry) "
            f"insert into directory_searchrow ({whole}) select {whole} from entry",
            [json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False)],
        )


def _count(changes: dict[str, int]) -> None:
    """Note how many services have each word; in the order of the words, so that two writers never wait in a circle."""
    words = [
        {"id": new_id(), "word": word, "stem": stem(word)[:LONGEST], "services": changes[word]}
        for word in sorted(changes)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into directory_searchword (id, created_at, word, stem, services) "
            "select id, %s, word, stem, services from jsonb_populate_recordset(null::directory_searchword, %s) "
            "on conflict (word) do update set services = directory_searchword.services + excluded.services",
            [now(), json.dumps(words, cls=DjangoJSONEncoder, ensure_ascii=False)],
        )
