"""The evaluation of the counter over 30,000 contacts: its pages, and what finding the lists of topics first saves.

Topics are tied across changes of the list before anything is added up, so that one must know first which lists a
period was counted with. "counted first" is how that was found before: by a first pass of all counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.test import Client

from bench.measure import Result, compare
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.evaluation import periods
from stafette.evaluation.queries import pictures
from stafette.evaluation.tests.scenes import random_contacts, topic_list
from stafette.kernel.clock import today

CONTACTS, DAYS = 30_000, 545
TOPICS = tuple(f"topic_{n}" for n in range(20))
PERIODS = {"quarter": 91, "year": 364}  # days before today


def run(quick: bool = False) -> dict[str, Any]:
    """Fill eighteen months of one counter, then take each page both ways, in turns."""
    count = CONTACTS // 10 if quick else CONTACTS
    unit = UnitFactory()
    since = today() - timedelta(days=DAYS - 1)
    random_contacts(
        unit, topic_list(topics=TOPICS, code="bench"), seed=1, since=since, days=DAYS, number=count
    )
    client = Client()
    head = MembershipFactory(role=Role.HEAD, unit=unit).user
    client.force_login(head, backend=settings.AUTHENTICATION_BACKENDS[0])
    figures: dict[str, Any] = {"contacts": count}
    for path in ("", "vergleich/"):
        for name, days in PERIODS.items():
            query = f"?zeitraum=frei&von={today() - timedelta(days=days)}&bis={today()}"
            figures[f"{path or 'index'} {name}"] = _both(
                client, f"/auswertung/{path}{query}", 3 if quick else 7
            )
    for name, address in _published().items():
        found = compare({"": partial(_get, client, f"/auswertung/{address}")}, rounds=3 if quick else 7)
        figures[name] = _shown(found)[""]
    return figures


def _published() -> dict[str, str]:
    """What leaves the house: tables of the last quarter and of the last year, the report of eighteen months."""
    ended = {
        kind: periods.starting(kind, today()).before() for kind in (periods.QUARTER, periods.AUTUMN_YEAR)
    }
    tables = {
        f"published {kind}": f"veroeffentlichung/?{urlencode({'zeitraum': one.code})}"
        for kind, one in ended.items()
    }
    return tables | {f"report {form}": f"bericht{form}" for form in ("/", ".pdf", ".docx")}


def _get(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def _shown(found: dict[str, Result]) -> dict[str, str]:
    return {
        name: f"{one.median():.0f} CPU ms, of them database {1000 * one.median('database'):.0f}"
        for name, one in found.items()
    }


def _both(client: Client, address: str, rounds: int) -> dict[str, Any]:
    page = partial(_get, client, address)

    def counted_first() -> None:
        with _counting():
            page()

    ways: dict[str, Callable[[], None]] = {"lists asked": page, "counted first": counted_first}
    return _shown(compare(ways, rounds=rounds))


@contextmanager
def _counting() -> Iterator[None]:
    kept = pictures._used

    def used(actor: Any, units: Any, period: Any) -> set[UUID]:
        return {UUID(code) for code in pictures._read(actor, units, period).get("list", {})}

    pictures._used = used
    try:
        yield
    finally:
        pictures._used = kept
