"""My day and the referral list as whole pages, with rights, against Django admin's changelist on the same rows.

A clerk whose unit sees every row and whose desk is full, a clerk with a hundred rows; first page and far down.
Counted is CPU of this process and of its database backend, in interleaved rounds.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.changelist import admin_pages, changelist
from bench.measure import cpu_of
from bench.referral_rows import Crowd, build
from stafette.accounts.models import User
from stafette.referrals.models import Referral
from stafette.web import lists

LIST, DAY = "/uebergaben/", "/uebergaben/heute/"


class ReferralAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The changelist as anybody would write it first."""

    list_display = ("number", "from_unit", "to_unit", "state", "next_on", "responsible_user")
    list_filter = ("state", "is_open")
    search_fields = ("number",)
    ordering = ("next_on",)
    list_select_related = True
    list_per_page = 50


def run(quick: bool = False) -> dict[str, Any]:
    """Measure each page for both clerks and the changelist, in interleaved rounds."""
    crowd = build(*((10_000, 50_000) if quick else (100_000, 1_000_000)))
    with admin_pages(Referral, ReferralAdmin):
        return compare(_pages(crowd), changelist(Referral), rounds=3 if quick else 5)


def _pages(crowd: Crowd) -> dict[str, Callable[[], object]]:
    many, few = _client(crowd.many), _client(crowd.few)
    deep = _far_down()
    return {
        "my day, full desk": lambda: page(many, DAY),
        "my day, hundred rows": lambda: page(few, DAY),
        "list, every row": lambda: page(many, LIST),
        "list, far down": lambda: page(many, deep),
        "list, hundred rows": lambda: page(few, LIST),
    }


def compare(
    pages: dict[str, Callable[[], object]], theirs: Callable[[], object], *, rounds: int
) -> dict[str, Any]:
    """CPU milliseconds per page as medians, the ratio to the changelist, and the statements of each page."""
    calls = {**pages, "admin": theirs}
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _round in range(rounds):
        for name, call in calls.items():
            times[name].append(cpu_of(call, 2 if name == "admin" else 15))
    middle = {name: statistics.median(values) for name, values in times.items()}
    figures: dict[str, Any] = {"admin, CPU ms": round(middle["admin"], 1)}
    for name, call in pages.items():
        figures[name] = {
            "CPU ms": round(middle[name], 1),
            "ratio": round(middle["admin"] / middle[name], 1),
            "queries": statements(call),
        }
    return figures


def statements(call: Callable[[], object]) -> int:
    """How many statements a page asks, without transaction control."""
    with CaptureQueriesContext(connection) as queries:
        call()
    control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return len([query for query in queries if not query["sql"].startswith(control)])


def page(client: Client, address: str) -> Any:
    """Ask for a page; anything but an answer stops the bench."""
    response = client.get(address)
    assert response.status_code == 200, (address, response)
    return response


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _far_down() -> str:
    """The address of a page far behind the first, as one would reach it by turning pages."""
    rows = Referral.objects.using("owner").filter(is_open=True).order_by("next_on", "pk")
    row = rows[rows.count() // 2]
    return f"{LIST}?nach={lists._encode(row, 'next_on')}"
