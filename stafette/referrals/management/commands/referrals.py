"""Check that no baton has fallen: `stafette referrals audit`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from stafette.referrals.auditing import SHOWN, faults


class Command(BaseCommand):
    """Look at every open thing of a live database; read only."""

    help = (
        "Prüft, dass jeder offene Vorgang Stelle, Person, Termin und Eskalation hat: stafette referrals audit"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one thing that it can do."""
        parser.add_argument("action", choices=["audit"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Report with numbers only, and fail when anything is found."""
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("set transaction read only")
            found = faults(using="owner")
        for fault in found:
            more = f" … und {fault.count - SHOWN} weitere" if fault.count > SHOWN else ""
            self.stdout.write(f"{fault.kind}: {fault.count} × {fault.says}.")
            self.stdout.write(f"  {', '.join(fault.numbers)}{more}")
            self.stdout.write(f"  {fault.todo}")
        if found:
            raise CommandError(f"{sum(fault.count for fault in found)} Vorgänge brauchen Aufmerksamkeit.")
        self.stdout.write("Jeder offene Vorgang hat Stelle, Person, Termin und Eskalation.")
