"""The public pages with 10,000 services: CPU cold and kept, bytes over the line, and a 304.

Cold means that nothing is kept: the page is asked for and written anew. Kept means that this process has it, with or
without asking the database whether the directory still stands as it did. Counted is CPU of this process and of its
database backend; the test client's own work (some 0.3 ms a call) is in it.
"""

from __future__ import annotations

import random
from datetime import date, time
from typing import Any

from django.test import Client
from django.urls import reverse

from bench.measure import compare
from stafette.accounts.models import Topic, Town
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.models import Location, Organization, Schedule, Service, ServiceAtLocation
from stafette.kernel.testing import as_owner
from stafette.portal import public
from stafette.portal.queries import stamp

TOPICS = ("kindergarten", "school", "work", "housing", "health", "language", "debts", "family")
LANGUAGES = ("de", "bg", "ar", "uk", "tr", "en")
SERVICES = 10_000


def run(quick: bool = False) -> dict[str, Any]:
    """Fill the directory, then measure each page in interleaved rounds."""
    count = SERVICES // 10 if quick else SERVICES
    _fill(count)
    client = Client()
    pages = {
        "home": reverse("portal:home", args=["bg"]),
        "topic": reverse("portal:topic", args=["bg", "debts"]),
        "service": reverse("portal:service", args=["bg", "bench-7"]),
        "emergency": reverse("portal:emergency", args=["ar"]),
    }
    figures: dict[str, Any] = {"services": count}
    rounds = 5 if quick else 15
    for name, address in pages.items():
        figures[name] = _page(client, address, rounds)
    return figures


def _page(client: Client, address: str, rounds: int) -> dict[str, Any]:
    sizes = {
        form: len(client.get(address, HTTP_ACCEPT_ENCODING=form).content)
        for form in ("identity", "gzip", "br")
    }
    etag = client.get(address)["ETag"]

    def cold() -> None:
        public.forget()
        stamp.ask_again()
        client.get(address, HTTP_ACCEPT_ENCODING="br")

    def warm() -> None:
        assert client.get(address, HTTP_ACCEPT_ENCODING="br").status_code == 200

    def known() -> None:
        assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 304

    def asked() -> None:
        stamp.ask_again()
        client.get(address, HTTP_ACCEPT_ENCODING="br")

    ways = {"cold": cold, "kept, asked for its stamp": asked, "kept": warm, "304": known}
    found = compare(ways, rounds=rounds, times=2)
    spent = {f"{name}_cpu_ms": round(one.median(), 2) for name, one in found.items()}
    return {"bytes": sizes} | spent


def _fill(count: int) -> None:
    """A town with that many public services of a tenth as many providers, each with a place and hours."""
    rng = random.Random(7)
    with as_owner():
        unit = UnitFactory()
        Town.objects.get_or_create(
            code="bench", defaults={"name": "Bench", "way": "Weg", "coordination": unit}
        )
        for position, code in enumerate(TOPICS):
            Topic.objects.get_or_create(code=code, defaults={"label": code, "position": position})
        providers = [Organization(code=f"bench-{n}", name=f"Träger {n}") for n in range(count // 10)]
        Organization.objects.bulk_create(providers, ignore_conflicts=True)
        providers = list(Organization.objects.filter(code__startswith="bench-"))
        if Service.objects.filter(code="bench-7").exists():
            return
        services = [
            Service(
                code=f"bench-{n}", name=f"Beratung {n}", summary="Hilft bei Fragen des Alltags.",
                organization=rng.choice(providers), languages=rng.sample(LANGUAGES, 3),
                # debts is a topic of thirty services, as a topic of a real town is
                topics=["debts"] if n < 30 else rng.sample([one for one in TOPICS if one != "debts"], 2),
                assured_at=date(2026, 11, 1),
            )
            for n in range(count)
        ]  # fmt: skip
        Service.objects.bulk_create(services, batch_size=1000)
        places = [
            Location(
                code=f"bench-{n}", name=f"Haus {n}", address_1=f"Weg {n}", postal_code="04109", city="Ort"
            )
            for n in range(count)
        ]
        Location.objects.bulk_create(places, batch_size=1000)
        pairs = zip(services, places, strict=True)
        ServiceAtLocation.objects.bulk_create(
            [ServiceAtLocation(service=one, location=place) for one, place in pairs], batch_size=1000
        )
        Schedule.objects.bulk_create(
            [
                Schedule(service=one, byday="MO,TU,TH", opens_at=time(9), closes_at=time(12))
                for one in services
            ],
            batch_size=1000,
        )
