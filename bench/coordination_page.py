"""The coordination office's pages over 100,000 open and a million closed referrals, against Django admin's changelist
on the same rows and against the same pages over a hundred; what a step pays for the tallies.

"first" is the first view after a change, "again" every further one. Counted is CPU of this process and its backends.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client

from bench.changelist import admin_pages, changelist
from bench.desk_pages import ReferralAdmin, compare, page
from bench.referral_rows import Crowd, build
from stafette.accounts.models import User
from stafette.kernel.clock import today
from stafette.referrals.models import Referral
from stafette.steering import marks
from stafette.steering.queries import overview

PAGES = {"overview": "", "pairs": "paare/", "trend": "verlauf/", "load": "auslastung/", "gaps": "luecken/"}


def run(quick: bool = False) -> dict[str, Any]:
    """Measure the small town, then the large one in the same database."""
    small, rounds = build(100, 1_000), 3 if quick else 5
    with admin_pages(Referral, ReferralAdmin):
        figures = {
            f"small: {name}": cost for name, cost in compare(_pages(small), _nothing, rounds=rounds).items()
        }
        del figures["small: admin, CPU ms"]
        started = time.perf_counter()
        town = build(*((10_000, 100_000) if quick else (100_000, 1_000_000)))
        figures["rows made and counted, s"] = round(time.perf_counter() - started, 1)
        figures |= compare(_pages(town), changelist(Referral), rounds=rounds)
    figures |= _steps(town)
    figures["aim"] = "at most 8 queries, 30 times less CPU than the changelist, no dearer than the small town"
    return figures


def _pages(town: Crowd) -> dict[str, Callable[[], object]]:
    client = _client(town.office)
    query = f"?quartal={marks.quarter_before(marks.quarter_of(today())):%Y-%m-%d}"
    found: dict[str, Callable[[], object]] = {}
    for name, path in PAGES.items():
        address = f"/steuerung/{path}{query}"
        found[f"{name}, first"] = lambda address=address: _first(client, address)  # type: ignore[misc]
        found[f"{name}, again"] = lambda address=address: page(client, address)  # type: ignore[misc]
    return found


def _first(client: Client, address: str) -> object:
    overview._kept.clear()
    return page(client, address)


def _nothing() -> object:
    return sum(range(10_000))


def _steps(town: Crowd) -> dict[str, Any]:
    """What the trigger costs: per step as PostgreSQL itself times it, and for 10,000 rows that change hands at once."""
    bulk = "update referrals_referral set version = version + 1 where id = any(%s)"
    found: dict[str, list[float]] = {"step": [], "on": [], "off": []}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "select id from referrals_referral where is_open and from_unit_id = %s limit 10000", [town.large]
        )
        ids = [row[0] for row in cursor.fetchall()]
        for _round in range(5):
            found["step"].append(_trigger_ms(cursor, ids[:300]))
            for state, word in (("off", "disable"), ("on", "enable")):
                cursor.execute(f"alter table referrals_referral {word} trigger steering_changed")
                found[state].append(_ms(cursor, "begin", (bulk, [ids]), "rollback"))
    return {
        "trigger per step, ms": round(statistics.median(found["step"]), 3),
        "trigger per 10,000 hand-overs, ms (least)": round(min(found["on"]) - min(found["off"]), 1),
        "10,000 hand-overs without it, ms (least)": round(min(found["off"]), 1),
    }


def _trigger_ms(cursor: Any, ids: list[Any]) -> float:
    single = (
        "update referrals_referral set next_on = next_on + 1, escalate_on = escalate_on + 1 where id = %s"
    )
    spent = 0.0
    cursor.execute("begin")
    for pk in ids:
        cursor.execute(f"explain (analyze, format json) {single}", [pk])
        [[[plan]]] = cursor.fetchall()
        spent += sum(one["Time"] for one in plan["Triggers"] if one["Trigger Name"] == "steering_changed")
    cursor.execute("rollback")
    return spent / len(ids)


def _ms(cursor: Any, *statements: Any) -> float:
    started = time.perf_counter()
    for statement in statements:
        if isinstance(statement, str):
            cursor.execute(statement)
        else:
            cursor.execute(*statement)
    return 1000 * (time.perf_counter() - started)


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client
