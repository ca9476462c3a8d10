"""stafette directory reindex."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from stafette.directory.indexing import reindex
from stafette.directory.models import Service


class Command(BaseCommand):
    """Look after the directory without a browser."""

    help = "Verzeichnis der Angebote: stafette directory reindex"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the steps and their switches."""
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("reindex", help="Den Suchindex aller Angebote neu schreiben")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the step and say what came of it."""
        getattr(self, f"_{options['step']}")(options)

    def _reindex(self, options: dict[str, Any]) -> None:
        ids = list(Service.objects.values_list("pk", flat=True))
        reindex(ids)
        self.stdout.write(f"Suchindex von {len(ids)} Angeboten neu geschrieben.")
