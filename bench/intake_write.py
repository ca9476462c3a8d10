"""Intake in one durable transaction, at four desks at once, against pgbench on the same server.

One intake writes what the clearing desk writes for a person who arrives: person with search keys, household,
talk with answers, what follows from it, the referral that is laid out for the clerk, and every event of the log.
All of it through the commands that the pages use, as the restricted role, in one transaction that is on disk
before the next one begins. Four processes do it for some seconds, then pgbench (TPC-B, scale 10) with four
clients, in turns.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import time
import tomllib
from collections import Counter
from io import StringIO
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bench.crowd import Crowd, Newcomer
from bench.measure import Sample, sampled
from stafette.accounts.models import Route, Unit, User
from stafette.accounts.queries import actor_for
from stafette.config import postgres
from stafette.demo.accounts import make_accounts
from stafette.intake.commands import finish_interview, publish_form, save_answers, start_interview
from stafette.intake.data import Said
from stafette.intake.models import Answer
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.birthdates import BirthDate
from stafette.people.commands import create_household
from stafette.people.data import AddressData, PersonData
from stafette.people.queries import members_of
from stafette.referrals.commands import prepare_referral
from stafette.referrals.models import Finding

CLIENTS = 4
SCALE = 10
FINDING = "landlord_certificate_missing"
BLUEPRINT = Path(__file__).parent.parent / "blueprints" / "weissenfels.toml"
FORM = BLUEPRINT.parent / "forms" / "ankunftsgespraech.toml"
LANGUAGES = {"bg": "bg", "ro": "ro", "pl": "pl", "de": "de"}
NATIONALITY = {"bg": "125", "ro": "154", "pl": "152", "de": "000"}


def run(quick: bool = False) -> dict[str, Any]:
    """Make a town, take rounds in turns, return transactions per second of both and their ratio."""
    _make_town()
    pgbench = _Pgbench()
    seconds, rounds = (3, 3) if quick else (8, 5)
    cost = _cost_of_one(60 if quick else 200)
    ours, theirs, ratios = [], [], []
    pgbench.rate(1)
    for _round in range(rounds):
        theirs.append(pgbench.rate(seconds))
        ours.append(_rate(seconds))
        ratios.append(ours[-1] / theirs[-1])
    pgbench.remove()
    return {
        "clients": CLIENTS,
        "intakes_per_s": round(statistics.median(ours), 1),
        "pgbench_tps": round(statistics.median(theirs), 1),
        "ratio": round(statistics.median(ratios), 4),
        "aim": 0.25,
        **cost,
    }


def _make_town() -> None:
    """The blueprint of the sample town and its accounts, so that forms, routes, rights and clerks are real."""
    if Unit.objects.filter(code="clearing").exists():
        return
    call_command("blueprint", "apply", str(BLUEPRINT), "--yes", verbosity=0, stdout=StringIO())
    make_accounts()
    unit = Unit.objects.get(code="clearing").pk
    operations = Actor(new_id(), "bench", frozenset({(Permission.BLUEPRINT_EDIT, unit)}))
    publish_form(actor=operations, unit_id=unit, content=tomllib.loads(FORM.read_text("utf-8")))


class Desk:
    """One clerk at work: everything that a browser's session would know is looked up before."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.crowd = Crowd(seed)
        user = User.objects.get(email="clearing@stafette.example")
        self.actor: Actor = actor_for(user)
        with acting(self.actor):
            self.unit: UUID = Unit.objects.get(code="clearing").pk
            self.route: UUID = Route.objects.get(sender=self.unit, finding__code=FINDING, valid_to=None).pk

    def take_in(self) -> None:
        """One person, from the door to the laid-out referral."""
        newcomer = self.crowd.newcomer(self.rng.choice(list(LANGUAGES)))
        take_in(actor=self.actor, unit=self.unit, route=self.route, newcomer=newcomer, rng=self.rng)


@command
def take_in(*, actor: Actor, unit: UUID, route: UUID, newcomer: Newcomer, rng: Random) -> None:
    """Write a whole intake or nothing of it, by the commands that the pages use one after the other."""
    language = LANGUAGES[newcomer.language]
    household = create_household(
        actor=actor,
        unit=unit,
        members=[_person(newcomer, language, rng)],
        address=_address(rng),
        source="walk_in",
        source_date=today(),
    )
    (member,) = members_of(actor=actor, household_id=household.pk)
    interview = start_interview(
        actor=actor,
        household_id=household.pk,
        person_ids=[member.person_id],
        language=language,
        interpreting="device",
        agreed=True,
        document_check="ok",
    )
    (participant,) = interview.participants.values_list("pk", flat=True)
    save_answers(actor=actor, interview_id=interview.pk, answers=_answers(participant, rng))
    finish_interview(actor=actor, interview_id=interview.pk)
    finding = Finding.objects.get(unit=unit, household=household.pk, code=FINDING)
    prepare_referral(actor=actor, finding_id=finding.pk, route_id=route)


def _person(newcomer: Newcomer, language: str, rng: Random) -> PersonData:
    return PersonData(
        given_names=newcomer.given,
        family_name=newcomer.family,
        original_script=newcomer.original,
        birth=BirthDate(rng.randint(1960, 2004), rng.randint(1, 12), rng.randint(1, 28)),
        sex=newcomer.sex,
        nationalities=(NATIONALITY[language],),
        languages=((language, "mother"), ("de", "A1")),
        contact_channel="phone",
        contact_value=f"+49 1512 {rng.randint(100_0000, 999_9999)}",
        contact_language=language,
        relation="adult",
    )


def _address(rng: Random) -> AddressData:
    number = str(rng.randint(1, 180))
    return AddressData(street="Musterstraße", house_number=number, postal_code="06667", town="Weißenfels")


def _answers(participant: UUID, rng: Random) -> list[Said]:
    household = {
        "came_with": "alone",
        "landlord_kind": "private",
        "area_m2": rng.randint(20, 60),
        "rooms": 2,
        "people_in_dwelling": 1,
        "landlord_certificate": "no",
    }
    person = {"work_status": "employed", "work_sector": "food", "german_level": "A1", "insured": "yes"}
    return [
        *(Said(code, None, Answer.Status.ANSWERED, value) for code, value in household.items()),
        *(Said(code, participant, Answer.Status.ANSWERED, value) for code, value in person.items()),
    ]


def _cost_of_one(times: int) -> dict[str, Any]:
    """Queries of one intake, rows per table, and CPU of program and database, alone on the machine's terms."""
    desk = Desk(1)
    desk.take_in()
    with CaptureQueriesContext(connection) as captured:
        desk.take_in()
    words = Counter(query["sql"].split()[0].lower() for query in captured.captured_queries)
    samples = []
    for _ in range(5):
        sample = Sample()
        with sampled(sample, times=times // 5):
            for _ in range(times // 5):
                desk.take_in()
        samples.append(sample)
    if path := os.environ.get("BENCH_INTAKE_SQL"):
        Path(path).write_text("\n".join(query["sql"] for query in captured.captured_queries))
    return {
        "queries": len(captured),
        "of_these": dict(sorted(words.items())),
        "python_ms": round(1000 * statistics.median(one.python for one in samples), 2),
        "database_ms": round(1000 * statistics.median(one.database for one in samples), 2),
    }


def _rate(seconds: int) -> float:
    """Intakes per second of CLIENTS processes, counted over the same stretch of time."""
    connections.close_all()
    context = get_context("fork")
    barrier = context.Barrier(CLIENTS)
    with context.Pool(CLIENTS, _begin, (barrier,)) as pool:
        seeds = [time.time_ns() % 1_000_000 + number for number in range(CLIENTS)]
        return sum(pool.map(_work, [(seed, seconds) for seed in seeds], chunksize=1))


_barrier: Barrier | None = None


def _begin(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def _work(job: tuple[int, int]) -> float:
    seed, seconds = job
    desk = Desk(seed)
    for _ in range(3):
        desk.take_in()
    assert _barrier is not None
    _barrier.wait()
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        desk.take_in()
        done += 1
    rate = done / (time.perf_counter() - began)
    connections.close_all()
    return rate


class _Pgbench:
    """The tool that comes with PostgreSQL, on a database of its own in the same server."""

    def __init__(self) -> None:
        server = settings.DATABASES["owner"]
        self.name = f"{server['NAME']}_tpcb"
        self.server = [f"--host={server['HOST']}", f"--port={server['PORT']}", f"--username={server['USER']}"]
        self.admin = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"]}
        own = postgres.Server("bench").bin / "pgbench"
        self.program = str(own) if own.exists() else "pgbench"
        self._administer(
            f'drop database if exists "{self.name}" with (force)', f'create database "{self.name}"'
        )
        self._run("--initialize", f"--scale={SCALE}", "--quiet")

    def rate(self, seconds: int) -> float:
        """Transactions per second, without the time for connecting."""
        output = self._run(f"--client={CLIENTS}", "--jobs=2", f"--time={seconds}")
        found = re.search(r"tps = ([0-9.]+)", output)
        assert found is not None, output
        return float(found[1])

    def remove(self) -> None:
        """Drop its database."""
        self._administer(f'drop database if exists "{self.name}" with (force)')

    def _run(self, *options: str) -> str:
        command = [self.program, *self.server, *options, self.name]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def _administer(self, *statements: str) -> None:
        with psycopg.connect(**self.admin, dbname="postgres", autocommit=True) as session:
            for statement in statements:
                session.execute(statement)
