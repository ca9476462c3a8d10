"""What row-level security costs: the same statements as the restricted role and as the owner of the tables.

Many units share one database; one user sees a few hundred persons, one a hundred thousand, one every unit. The
statements are those that the pages send, caught on their way. Measured is the CPU of the database's process, in
turns, with the same text on both connections: the owner is not held by the policies, all else is equal.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, connections, models, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.types.json import Jsonb

from bench.crowd import Crowd
from bench.measure import backend_cpu, backend_pid
from stafette.accounts.models import Authority, Mandate, Unit, User
from stafette.accounts.roles import ROLES, Role
from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.ids import new_id
from stafette.kernel.scope import acting, enter
from stafette.people.making import sort_name
from stafette.people.models import Household, HouseholdMember, Person
from stafette.people.queries import (
    household_of,
    members_of,
    persons,
    persons_by_id,
    persons_with_homes,
    timeline,
)
from stafette.referrals.models import Referral
from stafette.referrals.queries import my_day, referrals

UNITS, BIG, SMALL = 40, 0.42, 300
PER_HOUSEHOLD, EVENTS_PER_HOUSEHOLD = 2, 2
TABLES = (Person, Household, HouseholdMember, Referral, Event)
Row = dict[str, Any]


def run(quick: bool = False) -> dict[str, Any]:
    """Fill the database, catch the statements of each page, run them both ways, return the ratios."""
    town = _Town(40_000 if quick else 240_000)
    users = {
        "few": town.actor(town.units[1:2]),
        "many": town.actor(town.units[:1]),
        "every_unit": town.actor(town.units),
    }
    figures: dict[str, Any] = {"persons": town.count, "units": UNITS, "aim": 1.3}
    ratios: dict[str, float] = {}
    totals = [0.0, 0.0]
    for who, actor in users.items():
        for page, ask in _pages(actor, town).items():
            statements = _caught(actor, ask)
            held, free = _both(actor, statements, rounds=5 if quick else 9)
            totals[0] += held
            totals[1] += free
            ratios[f"{who}: {page}"] = round(held / free, 2)
            figures[f"{who}: {page}"] = f"{held:.3f} ms with, {free:.3f} ms without: {held / free:.2f}"
    figures["scope_ms"] = round(_scope(users["every_unit"]), 3)
    figures["worst"] = max(ratios.items(), key=lambda one: one[1])
    figures["median_ratio"] = round(statistics.median(ratios.values()), 3)
    figures["ratio"] = round(totals[0] / totals[1], 3)
    return figures


def _pages(actor: Actor, town: _Town) -> dict[str, Callable[[], object]]:
    """What a clerk looks at all day, as the pages ask for it."""
    unit = min(actor.units(next(iter(ROLES[Role.CLERK].permissions))), key=town.units.index)
    person, household = town.sample[unit]
    found = persons_with_homes(actor=actor).order_by("sort_name", "id")
    middle = town.middle[unit]
    work = referrals(actor=actor).filter(is_open=True).order_by("next_on", "id")
    return {
        "person list": lambda: list(found[:51]),
        "person list, far down": lambda: list(found.filter(sort_name__gt=middle)[:51]),
        "person": lambda: list(persons_by_id(actor=actor, ids=[person])),
        "household": lambda: (
            household_of(actor=actor, person_id=person),
            list(members_of(actor=actor, household_id=household)),
        ),
        "timeline": lambda: timeline(actor=actor, household_id=household),
        "worklist": lambda: list(work[:51]),
        "my day": lambda: my_day(actor=actor),
        "count of persons": lambda: persons(actor=actor).count(),
        "count of referrals": lambda: referrals(actor=actor).filter(is_open=True).count(),
    }


def _caught(actor: Actor, ask: Callable[[], object]) -> list[str]:
    with acting(actor), CaptureQueriesContext(connection) as captured:
        ask()
    return [query["sql"] for query in captured.captured_queries]


def _both(actor: Actor, statements: list[str], *, rounds: int) -> tuple[float, float]:
    """Median milliseconds of database CPU for all statements together: with the policies, and without."""
    samples: dict[str, list[float]] = {"default": [], "owner": []}
    with transaction.atomic(using="owner"), acting(actor):
        pids = {alias: backend_pid(alias) for alias in samples}
        for alias in samples:
            _ask(alias, statements, 2)
        began = time.perf_counter()
        _ask("owner", statements, 1)
        times = max(1, min(60, int(0.03 / (time.perf_counter() - began))))
        for number in range(rounds):
            for alias in sorted(samples, reverse=bool(number % 2)):
                before = backend_cpu(pids[alias])
                _ask(alias, statements, times)
                samples[alias].append(1000 * (backend_cpu(pids[alias]) - before) / times)
    return statistics.median(samples["default"]), statistics.median(samples["owner"])


def _ask(alias: str, statements: list[str], times: int) -> None:
    with connections[alias].cursor() as cursor:
        for _ in range(times):
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()


def _scope(actor: Actor) -> float:
    """Database CPU of opening the actor's units once per request, in milliseconds."""
    with transaction.atomic():
        pid, times = backend_pid(), 200
        before = backend_cpu(pid)
        for _ in range(times):
            enter(actor)
        return 1000 * (backend_cpu(pid) - before) / times


class _Town:
    """Units with persons, households, referrals and events, copied in; keys and names as far as lists need them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.rng = Random(11)
        self.units = _units()
        self.user = User(email=f"{new_id()}@stafette.example", label="bench")
        self.user.save(using="owner")
        self.sample: dict[UUID, tuple[UUID, UUID]] = {}
        self.middle: dict[UUID, str] = {}
        crowd = list(Crowd(3).people(5000))
        self.names = [(one.given, one.family, sort_name(one.family, one.given)) for one in crowd]
        big = int(count * BIG)
        sizes = [big, SMALL, *[(count - big - SMALL) // (UNITS - 2)] * (UNITS - 2)]
        for unit, size in zip(self.units, sizes, strict=True):
            self._fill(unit, size)
        with connections["owner"].cursor() as cursor:
            tables = ", ".join(model._meta.db_table for model in TABLES)
            cursor.execute(f"vacuum analyze {tables}")

    def actor(self, units: list[UUID]) -> Actor:
        """A clerk of these units."""
        grants = frozenset((one, unit) for one in ROLES[Role.CLERK].permissions for unit in units)
        return Actor(self.user.pk, "bench", grants)

    def _fill(self, unit: UUID, size: int) -> None:
        drawn = [(new_id(), *self.rng.choice(self.names)) for _ in range(size)]
        homes = [new_id() for _ in range(max(1, size // PER_HOUSEHOLD))]
        place = {"unit_id": unit, "source": "register", "source_date": today()}
        _copy(
            Person,
            (
                {**place, "id": pk, "given_names": given, "family_name": family, "sort_name": key, "sex": "w",
                 "birth_year": 1950 + number % 70, "birth_month": 1 + number % 12, "birth_day": 1 + number % 28}
                for number, (pk, given, family, key) in enumerate(drawn)
            ),
        )  # fmt: skip
        _copy(Household, ({**place, "id": pk, "street": "Ringweg", "town": "Musterstadt"} for pk in homes))
        _copy(
            HouseholdMember,
            (
                {
                    "unit_id": unit,
                    "household_id": homes[number % len(homes)],
                    "person_id": one[0],
                    "from_on": today(),
                }
                for number, one in enumerate(drawn)
            ),
        )
        _copy(Referral, (self._referral(unit, number, homes) for number in range(size // 4)))
        _copy_events(
            self._event(unit, homes[n % len(homes)]) for n in range(len(homes) * EVENTS_PER_HOUSEHOLD)
        )
        self.sample[unit] = drawn[0][0], homes[0]
        self.middle[unit] = sorted(one[3] for one in drawn)[size // 2]

    def _referral(self, unit: UUID, number: int, homes: list[UUID]) -> Row:
        partner = self.rng.choice([other for other in self.units[2:] if other != unit])
        user = self.user.pk
        is_open, due = number % 5 == 0, today() + timedelta(days=self.rng.randint(-20, 40))
        sent = now() - timedelta(days=number % 300)
        dates = {"next_on": due, "remind_on": due, "escalate_on": due, "answer_due_on": due, "sent_at": sent}
        people = {"responsible_user_id": user, "sender_user_id": user, "receiver_user_id": user}
        steps = ("received_at", "answered_at", "contacted_at", "closed_at", "ended_at")
        ended: Row = {} if is_open else {**dict.fromkeys(steps, sent), "feedback": "helped"}
        return {
            **dates, **people, **ended, "number": f"BEN-{unit.hex[-8:]}-{number}", "from_unit_id": unit,
            "to_unit_id": partner, "lead_unit_id": unit, "responsible_unit_id": partner, "escalation_unit_id": unit,
            "household_id": self.rng.choice(homes), "finding_code": "advice_wanted", "purpose": "Beratung",
            "state": Referral.State.SENT if is_open else Referral.State.DONE, "is_open": is_open,
            "categories": ["core"], "flow_rule": "F01", "mode": "consent",
        }  # fmt: skip

    def _event(self, unit: UUID, household: UUID) -> Row:
        return {
            "kind": "household.created", "actor_id": self.user.pk, "actor_label": "bench", "unit_id": unit,
            "subject_type": "people.Household", "subject_id": household, "about_id": household,
            "details": Jsonb({"source": "register"}),
        }  # fmt: skip


def _units() -> list[UUID]:
    authority = Authority(code=f"bench-{new_id().hex[-8:]}", name="Musterstadt", land="ST")
    authority.save(using="owner")
    made = []
    for number in range(UNITS):
        unit = Unit(
            code=f"{authority.code}-{number}", kind="CL", name=f"Stelle {number}", authority=authority
        )
        unit.mandate = Mandate.REGISTERING
        unit.save(using="owner")
        made.append(unit.pk)
    return made


def _copy(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Copy rows in; what a row does not name gets the default of its model."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connections["owner"].cursor() as cursor:
        with cursor.copy(f'copy "{model._meta.db_table}" ({columns}) from stdin') as copy:
            for row in rows:
                copy.write_row(
                    [row[f.column] if f.column in row else f.get_default() for f in fields]
                )  # fmt: skip


def _copy_events(rows: Iterable[Row]) -> None:
    """Copy events without computing their chain one by one, and let the lane end behind them."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("alter table audit_event disable trigger audit_chain")
        cursor.execute("select coalesce(max(seq), 0) from audit_event where lane = 0")
        first = cursor.fetchone()[0]
        _copy(Event, ({**row, "lane": 0, "seq": first + n} for n, row in enumerate(rows, start=1)))
        cursor.execute(
            "update audit_chainhead set seq = (select max(seq) from audit_event where lane = 0) where lane = 0"
        )
        cursor.execute("alter table audit_event enable trigger audit_chain")
