"""The interface with 10,000 services: CPU of a list page cold, kept and as 304, and the number of queries.

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
    client, figures = Client(), {"services": count}
    one = Service.objects.get(code="bench-7").pk
    pages = {
        "list of 50": f"{ROOT}/services",
        "list of 50, full": f"{ROOT}/services?full=true",
        "one service": f"{ROOT}/services/{one}",
    }
    for name, address in pages.items():
        figures[name] = _page(client, address, 3 if quick else 10)
    return figures


def _page(client: Client, address: str, rounds: int) -> dict[str, Any]:
    first = client.get(address)

    def cold() -> None:
        doors.forget()
        stamp.ask_again()
        client.get(address)

    def kept() -> None:
        client.get(address)

    def known() -> None:
        client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])

    doors.forget()
    stamp.ask_again()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    read = [one for one in queries if "directory_" in one["sql"]]
    found = compare({"cold": cold, "kept": kept, "304": known}, rounds=rounds, times=2)
    spent = {f"{name}_cpu_ms": round(one.median(), 2) for name, one in found.items()}
    return {"bytes": len(first.content), "queries_cold": len(read)} | spent
