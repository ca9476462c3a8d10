"""Make the search of the directory anew: `stafette directory reindex`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stafette.directory.indexing import reindex_all

ACTIONS = ("reindex",)


class Command(BaseCommand):
    """Reindex: after an update that changed the dictionary of the search, or when it finds what is not there."""

    help = "Verzeichnis der Angebote: reindex (Suche neu aufbauen)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        parser.add_argument("action", choices=ACTIONS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how much it was."""
        count = reindex_all()
        self.stdout.write(f"{count} Angebote stehen in der Suche.")
