"""The upkeep of the directory on the command line: what the worker does by the clock, now."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from stafette.upkeep.checking import run_checks
from stafette.upkeep.watching import plan_rounds, run_rounds


class Command(BaseCommand):
    """`stafette upkeep due` asks providers, `stafette upkeep check` looks at numbers and web addresses."""

    help = "due: ask providers whose confirmation runs out, remind them, list whom to call. check: numbers and links."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what is to be done."""
        parser.add_argument("what", choices=["due", "check"])
        parser.add_argument("--dry-run", action="store_true", help="only tell what a run would do (due)")

    def handle(self, *args: Any, what: str, dry_run: bool, **options: Any) -> None:
        """Do it, and say in numbers what happened."""
        runs = {("due", False): run_rounds, ("due", True): plan_rounds, ("check", False): run_checks}
        counts = runs[what, dry_run]() if (what, dry_run) in runs else {}
        said = ", ".join(f"{word}: {number}" for word, number in counts.items())
        self.stdout.write(said or "nothing to do")
