"""The one call by which rows leave: a function of the owner that refuses whoever is not the deletion."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from stafette.kernel.clock import now
from stafette.people.models import Person
from stafette.retention import marks
from stafette.retention.due import Due
from stafette.retention.kinds import Kind
from stafette.retention.walk import Look, Rows, plan, seeds_for, walk


def delete(kind: Kind, records: Sequence[Due], look: Look, *, rule: str = "") -> int:
    """Delete records with all that hangs on them; figures first, tombstones with it. Returns how many rows went."""
    ids = [record.pk for record in records]
    found = walk(seeds_for(kind.model, ids, look), look)
    tombs = _tombstones(kind, found, rule or kind.rule)
    facts = Counter((str(one.unit_id), one.event_on.replace(day=1)) for one in records if one.unit_id)
    numbers = [
        {"unit": unit, "kind": kind.label, "month": month.isoformat(), "count": count}
        for (unit, month), count in facts.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select retention_delete(%s, %s, %s)",
            [json.dumps(plan(found)), json.dumps(tombs), json.dumps(numbers)],
        )
        return int(cursor.fetchone()[0])


def _tombstones(kind: Kind, found: Rows, rule: str) -> list[dict[str, str]]:
    """One mark for each record and person; logs and mails get one for all, a restored one is due again at once."""
    if not kind.is_announced:
        return marks.together(kind.label, found[kind.model], rule=rule, at=now())
    return [
        mark
        for model, ids in found.items()
        if model in {kind.model, Person}
        for mark in marks.marks(model._meta.label, ids, rule=rule, at=now())
    ]


def cut_log(before: datetime) -> int:
    """Delete the beginning of the log, up to the first entry in each lane that is young enough."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_cut_log(%s, %s)", [before, now()])
        return int(cursor.fetchone()[0])


def log_due(before: datetime) -> int:
    """Tell how many entries of the log are older than that."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_log_due(%s)", [before])
        return int(cursor.fetchone()[0])


def forget(before: datetime) -> int:
    """Delete tombstones whose own time is over."""
    with connection.cursor() as cursor:
        cursor.execute("select retention_forget(%s)", [before])
        return int(cursor.fetchone()[0])
