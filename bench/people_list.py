"""The person list as a whole page, with rights, against Django admin's changelist on the same rows.

Both run in this process on the same server; counted is CPU time of this process and of its database
backend (from /proc), because the machine may be busy with other things. Rounds are interleaved.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.changelist import admin_pages, changelist
from bench.measure import cpu_of
from bench.people_db import crowded_unit, fill, new_unit
from stafette.accounts.models import Membership, User
from stafette.accounts.roles import Role
from stafette.people.models import Person


class _Admin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The changelist as anybody would write it first."""

    list_display = ("family_name", "given_names", "birth_year", "nationalities", "created_at")
    search_fields = ("family_name", "given_names", "original_script")
    ordering = ("sort_name",)
    list_per_page = 50


def run(quick: bool = False, *, unit: UUID | None = None, n: int | None = None) -> dict[str, Any]:
    """Measure both pages in interleaved rounds; give `unit` when its persons are there already."""
    n = n or (100_000 if quick else 1_000_000)
    unit = unit or crowded_unit(n)
    if unit is None:
        unit = new_unit()
        fill(unit, n)
    with admin_pages(Person, _Admin):
        return _compare(_clerk(unit), 3 if quick else 5)


def _compare(clerk: User, rounds: int) -> dict[str, Any]:
    ours, deep = Client(), ""
    ours.force_login(clerk, backend=settings.AUTHENTICATION_BACKENDS[0])
    first = _page(ours, "/personen/")
    deep = _far_down(ours, first)
    theirs = changelist(Person)
    pages: dict[str, Callable[[], object]] = {
        "list": lambda: _page(ours, "/personen/"),
        "list, far down": lambda: _page(ours, deep),
        "admin": theirs,
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(rounds):
        for name, call in pages.items():
            times[name].append(cpu_of(call, 3 if name == "admin" else 20))
    figures: dict[str, Any] = {name: round(statistics.median(values), 2) for name, values in times.items()}
    with CaptureQueriesContext(connection) as queries:
        _page(ours, "/personen/")
    figures["queries"] = len(
        [q for q in queries if "SAVEPOINT" not in q["sql"] and q["sql"] not in ("BEGIN", "COMMIT")]
    )
    figures["ratio"] = round(figures["admin"] / figures["list"], 1)
    figures["far_down_ratio"] = round(figures["list, far down"] / figures["list"], 2)
    figures["bytes"] = len(first.content)
    for name in pages:
        print(f"{name:20} {figures[name]:10.2f} CPU-ms je Anfrage (Server und Datenbank)")
    print(
        f"Abfragen {figures['queries']}, Admin : Liste = {figures['ratio']}, weit unten : vorn = {figures['far_down_ratio']}"
    )
    return figures


def _clerk(unit: UUID) -> User:
    user = User(email="bench@stafette.example", label="Bench")
    user.set_unusable_password()
    user.save(using="owner")
    Membership(user=user, unit_id=unit, role=Role.CLERK, starts_on=date(2020, 1, 1)).save(using="owner")
    return User.objects.using("owner").get(pk=user.pk)


def _page(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response
    return response


def _far_down(client: Client, first: Any) -> str:
    """The address of a page in the middle of the alphabet, as one would reach it by turning pages."""
    from stafette.web import lists

    row = Person.objects.using("owner").filter(sort_name__gte="n").order_by("sort_name", "pk")[:1].get()
    return f"/personen/?nach={lists._encode(row, 'sort_name')}"
