"""What the log of readings costs: record page and list with it and without it, in turns, and bytes per reading.

Each look is at another record, so that every one of them writes. Counted is CPU of this process and of its database
backends; `without` takes out what the middleware does after the page, nothing else.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client

from bench.desk_pages import statements
from bench.measure import cpu_of
from bench.people_db import fill, new_unit
from stafette.accounts.models import Membership, User
from stafette.accounts.roles import Role
from stafette.audit.models import Event, Reading
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id
from stafette.people.models import Household, HouseholdMember, Person
from stafette.web import readings

HOMES = 2_000


def run(quick: bool = False) -> dict[str, Any]:
    """Measure three pages both ways, then weigh the table."""
    unit = new_unit()
    fill(unit, 20_000 if quick else 100_000)
    homes, persons = _homes(unit)
    client = Client()
    client.force_login(_clerk(unit), backend=settings.AUTHENTICATION_BACKENDS[0])
    pages: dict[str, Callable[[], object]] = {
        "household": _each(client, [f"/haushalte/{pk}/" for pk in homes]),
        "person": _each(client, [f"/personen/{pk}/" for pk in persons]),
        "list of 50": lambda: _page(client, "/personen/"),
    }
    figures: dict[str, Any] = {}
    for name, page in pages.items():
        figures[name] = _both(page, rounds=5 if quick else 9)
    return figures | _weight(unit)


def _both(page: Callable[[], object], *, rounds: int) -> dict[str, Any]:
    """Median CPU with and without, in turns, and the statements of each."""
    times: dict[str, list[float]] = {"with": [], "without": []}
    for _round in range(rounds):
        times["with"].append(cpu_of(page, 15))
        with _unlogged():
            times["without"].append(cpu_of(page, 15))
    middle = {way: statistics.median(values) for way, values in times.items()}
    asked = statements(page)
    with _unlogged():
        less = statements(page)
    more = middle["with"] - middle["without"]
    return {
        "CPU ms with": round(middle["with"], 1), "CPU ms without": round(middle["without"], 1),
        "more": f"{more:.2f} ms, {100 * more / middle['without']:.1f} %", "queries": f"{asked} / {less}",
    }  # fmt: skip


@contextmanager
def _unlogged() -> Iterator[None]:
    """Pages without the log: nothing is kept, nobody is asked why."""
    kept: Any = readings.keep

    def nothing(_actor: Any, _notes: Any) -> UUID | None:
        return None

    readings.keep = nothing
    try:
        yield
    finally:
        readings.keep = kept


def _each(client: Client, addresses: list[str]) -> Callable[[], object]:
    """Ask for the next of these pages, round and round: two thousand records take longer than a minute."""
    turn = itertools.cycle(addresses)
    return lambda: _page(client, next(turn))


def _page(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, (address, response)
    return response


def _homes(unit: UUID) -> tuple[list[UUID], list[UUID]]:
    """Households with one member each and something that happened, so that nobody is asked why."""
    day, at = now().date(), now()
    persons = list(Person.objects.using("owner").filter(unit=unit).values_list("pk", flat=True)[:HOMES])
    homes = [
        Household(unit_id=unit, label=f"Haushalt {number}", source_date=day) for number in range(len(persons))
    ]
    Household.objects.using("owner").bulk_create(homes)
    members = [
        HouseholdMember(unit_id=unit, household=home, person_id=person, from_on=day)
        for home, person in zip(homes, persons, strict=True)
    ]
    HouseholdMember.objects.using("owner").bulk_create(members)
    for home in homes:
        Event(
            kind="household.created", at=at, actor_id=unit, actor_label="Bench", unit_id=unit,
            subject_type="people.Household", subject_id=home.pk, about_id=home.pk,
        ).save(using="owner", force_insert=True)  # fmt: skip
    return [home.pk for home in homes], persons


def _clerk(unit: UUID) -> User:
    user = User(email=f"bench-{new_id().hex[-8:]}@stafette.example", label="Bench")
    user.save(using="owner")
    Membership(user=user, unit_id=unit, role=Role.CLERK, starts_on="2026-01-01").save(using="owner")
    return user


def _weight(unit: UUID) -> dict[str, Any]:
    """Bytes of a reading, the table and its indexes, over 100,000 of them."""
    at, account = now(), new_id()
    rows = [
        Reading(
            at=at, account_id=account, unit_id=unit, record_type="people.Household", record_id=new_id(),
            about_id=new_id(), page="people:household",
        )
        for _number in range(100_000)
    ]  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_relation_size('audit_reading'), pg_indexes_size('audit_reading')")
        before = cursor.fetchone()
        Reading.objects.using("owner").bulk_create(rows, batch_size=5_000)
        cursor.execute("select pg_relation_size('audit_reading'), pg_indexes_size('audit_reading')")
        after = cursor.fetchone()
    row, index = ((later - earlier) / len(rows) for later, earlier in zip(after, before, strict=True))
    return {"bytes per reading": f"{row:.0f} + {index:.0f} in indexes"}
