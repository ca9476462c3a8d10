"""`stafette worker`: the background work, as many of these beside each other as wanted."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from procrastinate.contrib.django import app

from stafette.web import jobs

PATIENCE = 10.0  # seconds that a running job gets at the end; what takes longer runs again, elsewhere


class Command(BaseCommand):
    """Run jobs until told to stop (Ctrl-C, SIGTERM); what is running then is finished first."""

    help = "Run background jobs: mails, deadlines, imports. Start as many as you like; stop with Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how much at once, and from which queues."""
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (2)")
        parser.add_argument("--queues", default="", help="only these queues, with comma; all when left out")
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")

    def handle(self, *args: Any, concurrency: int, queues: str, once: bool, **options: Any) -> None:
        """Revive what died, make up for what was missed, then work."""
        jobs.revive()
        jobs.defer_first()
        connections.close_all()
        asyncio.run(_work(concurrency, queues.split(",") if queues else None, wait=not once))


async def _work(concurrency: int, queues: list[str] | None, *, wait: bool) -> None:
    connector: Any = app.connector
    only: Any = {"queues": queues} if queues else {}
    with app.replace_connector(connector.get_worker_connector()) as worker:
        async with worker.open_async():
            await worker.run_worker_async(
                **only,
                wait=wait,
                concurrency=concurrency,
                delete_jobs="successful",
                shutdown_graceful_timeout=PATIENCE,
                stalled_worker_timeout=jobs.DEAD_AFTER,
            )
