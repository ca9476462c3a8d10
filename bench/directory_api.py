"""The interface with 10,000 services: CPU of a list page cold, kept and as 304, and the number of queries.

„300 places“ are three pages of 100 services at their places with everything, to be set beside the locations of a guide
such as integreat-cms. A whole list as lines (NDJSON) is never kept: its figure is what a nightly copy costs.

Cold means that nothing is kept. Counted is CPU of this process and of its database backend; the test client's own work
(some 0.3 ms a call) and the brake against too many calls are in it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.measure import compare
from bench.portal_pages import SERVICES, _fill
from stafette.directory.models import Service
from stafette.portal.api import doors
from stafette.portal.queries import stamp

ROOT = "/schnittstelle/hsds"


def run(quick: bool = False) -> dict[str, Any]:
    """Fill the directory, then measure in interleaved rounds."""
    count = SERVICES // 10 if quick else SERVICES
    _fill(count)
    doors.PER_MINUTE = 10**9
    client = Client()
    figures: dict[str, Any] = {"services": count}
    one = Service.objects.get(code="bench-7").pk
    pages = {
        "list of 50": f"{ROOT}/services",
        "list of 50, full": f"{ROOT}/services?full=true",
        "one service": f"{ROOT}/services/{one}",
    }
    rounds = 3 if quick else 10
    for name, address in pages.items():
        figures[name] = _pages(client, [address], rounds)
    places = [f"{ROOT}/service_at_locations?full=true&per_page=100&page={page}" for page in (1, 2, 3)]
    figures["300 places"] = _pages(client, places, rounds)
    figures["all as lines, full"] = _lines(client, f"{ROOT}/services?full=true&format=ndjson", rounds)
    return figures


def _pages(client: Client, addresses: list[str], rounds: int) -> dict[str, Any]:
    first = [client.get(address) for address in addresses]

    def cold() -> None:
        doors.forget()
        stamp.ask_again()
        kept()

    def kept() -> None:
        for address in addresses:
            client.get(address)

    def known() -> None:
        for address, answer in zip(addresses, first, strict=True):
            client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"])

    doors.forget()
    stamp.ask_again()
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses[0])
    read = [one for one in queries if "directory_" in one["sql"]]
    found = compare({"cold": cold, "kept": kept, "304": known}, rounds=rounds, times=2)
    spent = {f"{name}_cpu_ms": round(one.median(), 2) for name, one in found.items()}
    return {"bytes": sum(len(one.content) for one in first), "queries_cold": len(read)} | spent


def _lines(client: Client, address: str, rounds: int) -> dict[str, Any]:
    first: Any = client.get(address)
    size = sum(len(some) for some in first.streaming_content)

    def whole() -> None:
        answer: Any = client.get(address)
        for _some in answer.streaming_content:
            pass

    def known() -> None:
        client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])

    found = compare({"whole": whole, "304": known}, rounds=max(2, rounds // 3))
    return {"bytes": size} | {f"{name}_cpu_ms": round(one.median(), 2) for name, one in found.items()}
