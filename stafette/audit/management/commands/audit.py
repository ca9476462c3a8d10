"""Check that nobody changed the log: `stafette audit verify`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stafette.audit.queries import verify_chain


class Command(BaseCommand):
    """Recompute the hash chain of the event log."""

    help = "Prüft die Unversehrtheit des Protokolls: stafette audit verify"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one thing that it can do."""
        parser.add_argument("action", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Report, and fail when a link is broken."""
        report = verify_chain()
        for fault in report.faults:
            self.stderr.write(fault)
        if report.faults:
            raise CommandError(f"{len(report.faults)} Fehler in {report.checked} Einträgen.")
        self.stdout.write(f"Das Protokoll ist unversehrt: {report.checked} Einträge geprüft.")
