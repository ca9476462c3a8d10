"""The coordination page over 100,000 open and a million closed referrals: against Django admin's changelist on the
same rows, and against the same page over a hundred; what a step pays for it; how long a count from nothing takes.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.chain_rows import BenchTown, fill
from bench.changelist import admin_pages, changelist
from bench.measure import cpu_of
from stafette.accounts.models import User
from stafette.referrals.models import Referral
from stafette.steering import marks

PAGES = {"page": "", "pairs": "paare/", "trend": "verlauf/", "load": "auslastung/", "gaps": "luecken/"}


class _Admin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The changelist as anybody would write it first."""

    list_display = ("number", "from_unit", "to_unit", "state", "next_on")
    list_filter = ("state",)
    list_per_page = 50


def run(quick: bool = False) -> dict[str, Any]:
    """Measure the small town, then the large one in the same database, in interleaved rounds."""
    settings.ALLOWED_HOSTS = ["*"]
    small = _measure(fill(100, 1_000), 3 if quick else 5, with_admin=False)
    town = fill(10_000, 100_000) if quick else fill(100_000, 1_000_000)
    figures = _measure(town, 3 if quick else 5, with_admin=True)
    figures["same page over 100 open, ms"] = small["page"]
    figures["rows made and counted, s"] = round(town.seconds, 1)
    figures |= _steps(town)
    figures["aim"] = "at most 8 queries, 30 times less CPU than the changelist, no dearer than over 100"
    return figures


def _measure(town: BenchTown, rounds: int, *, with_admin: bool) -> dict[str, Any]:
    client = _client(town.coordination)
    query = f"?quartal={marks.quarter_before(marks.quarter_of(_today())):%Y-%m-%d}"
    ways: dict[str, Callable[[], object]] = {
        name: (lambda path=path: _get(client, f"/steuerung/{path}{query}"))  # type: ignore[misc]
        for name, path in PAGES.items()
    }
    times: dict[str, list[float]] = {}
    with admin_pages(Referral, _Admin):
        if with_admin:
            ways["admin"] = changelist(Referral)
        for _round in range(rounds):
            for name, way in ways.items():
                times.setdefault(name, []).append(cpu_of(way, 2 if name == "admin" else 10))
        with CaptureQueriesContext(connection) as captured:
            _get(client, f"/steuerung/{query}")
    figures: dict[str, Any] = {name: round(statistics.median(values), 2) for name, values in times.items()}
    figures["queries"] = len(
        [q for q in captured if "SAVEPOINT" not in q["sql"] and q["sql"] not in ("BEGIN", "COMMIT")]
    )
    if with_admin:
        figures["ratio"] = round(figures["admin"] / figures["page"], 1)
    return figures


def _steps(town: BenchTown) -> dict[str, Any]:
    """What the trigger costs: one step at a time, and 10,000 rows that get another clerk at once."""
    single = (
        "update referrals_referral set next_on = next_on + 1, escalate_on = escalate_on + 1 where id = %s"
    )
    bulk = "update referrals_referral set version = version + 1 where id = any(%s)"
    found: dict[str, list[float]] = {"on": [], "off": [], "bulk on": [], "bulk off": []}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select id from referrals_referral where is_open and from_unit_id = any(%s) limit 10000",
            [town.units],
        )
        ids = [row[0] for row in cursor.fetchall()]
        for _round in range(5):
            for state in ("off", "on"):
                word = "enable" if state == "on" else "disable"
                cursor.execute(f"alter table referrals_referral {word} trigger steering_changed")
                found[state].append(
                    _ms(cursor, "begin", *[(single, [pk]) for pk in ids[:300]], "rollback") / 300
                )
                found[f"bulk {state}"].append(_ms(cursor, "begin", (bulk, [ids]), "rollback"))
    medians = {name: statistics.median(values) for name, values in found.items()}
    return {
        "trigger per step, ms": round(medians["on"] - medians["off"], 3),
        "trigger per 10,000 hand-overs, ms": round(medians["bulk on"] - medians["bulk off"], 1),
        "10,000 hand-overs without it, ms": round(medians["bulk off"], 1),
    }


def _ms(cursor: Any, *statements: Any) -> float:
    started = time.perf_counter()
    for statement in statements:
        if isinstance(statement, str):
            cursor.execute(statement)
        else:
            cursor.execute(*statement)
    return 1000 * (time.perf_counter() - started)


def _today() -> Any:
    from stafette.kernel.clock import today

    return today()


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _get(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response
    return response
