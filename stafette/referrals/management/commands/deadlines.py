"""Run the deadlines by hand: `stafette deadlines run [--on 2026-06-15] [--dry-run]`."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stafette.referrals.duty import plan_deadlines, run_deadlines

WORDS = {
    "reassigned": "neu zugeteilt, weil niemand mehr zuständig war",
    "remind": "Erinnerungen an Zuständige",
    "head": "Meldungen an Leitungen",
    "steering": "Meldungen an die Koordinationsstelle",
    "untold": "ohne jemanden, dem man es melden könnte",
}


class Command(BaseCommand):
    """Remind, tell head and coordination, find holders for what nobody holds."""

    help = "Fristenlauf: erinnert, meldet Leitung und Koordinationsstelle, verteilt Verwaistes. Sagt nichts zweimal."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day, and whether it is only to be told what would happen."""
        parser.add_argument("action", choices=["run"])
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="JJJJ-MM-TT")
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, was geschähe")

    def handle(self, *args: Any, **options: Any) -> None:
        """Report what was told; the same again tells nothing."""
        work = plan_deadlines if options["dry_run"] else run_deadlines
        counts = work(options["on"])
        for name, word in WORDS.items():
            if counts.get(name):
                self.stdout.write(f"{counts[name]:>8}  {word}")
        if not counts:
            self.stdout.write("Es ist nichts zu melden.")
