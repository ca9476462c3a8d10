"""Delete by hand what the worker deletes by night: `stafette retention run --dry-run`."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.errors import StafetteError
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.retention import commands, queries
from stafette.retention.acting import purge_actor
from stafette.retention.restore import delete_again
from stafette.retention.run import Run, run_retention
from stafette.retention.words import REASONS, kind_word

WORDS = {
    "announced": "neu angekündigt",
    "due": "fällig",
    "would_go": "würden gelöscht",
    "deleted": "gelöscht",
    "held": "aufgehalten",
    "overdue": "überfällig",
}
ACTIONS = ("run", "due", "report", "hold", "after-restore")


class Command(BaseCommand):
    """Run, preview, report, hold up, and delete again after a restore."""

    help = (
        "Löschen nach Fristen: run [--dry-run], due (Vorschau), report, hold --object … --until … --reason …, "
        "after-restore (nach dem Einspielen einer Sicherung)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done, the day, and for a hold the record, the end and the reason."""
        parser.add_argument("action", choices=ACTIONS)
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="JJJJ-MM-TT")
        parser.add_argument("--dry-run", action="store_true", help="nur sagen, was geschähe")
        parser.add_argument(
            "--kind", default="people.Household", help="people.Household oder properties.Hint"
        )
        parser.add_argument("--object", type=UUID, default=None, metavar="NUMMER")
        parser.add_argument("--until", type=date.fromisoformat, default=None, metavar="JJJJ-MM-TT")
        parser.add_argument("--reason", choices=[code for code, _word in REASONS], default="procedure")
        parser.add_argument("--reference", default="", help="Aktenzeichen, keine Namen")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of them; counts and numbers only, never a name."""
        action = options["action"]
        if action == "hold":
            self._hold(options)
        elif action == "after-restore":
            self._after_restore()
        elif action == "report":
            self._report()
        else:
            dry = options["dry_run"] or action == "due"
            if not dry and options["on"] and options["on"] > today():
                raise CommandError("Gelöscht wird nur, was heute fällig ist. Für später: --dry-run.")
            self._tell(run_retention(options["on"], dry=dry))

    def _tell(self, run: Run) -> None:
        shown = {key: counts for key, counts in sorted(run.figures.items(), key=str) if counts.total()}
        if not shown:
            self.stdout.write("Es ist nichts zu löschen und nichts anzukündigen.")
        for (unit, kind, rule), counts in shown.items():
            said = ", ".join(f"{counts[name]} {word}" for name, word in WORDS.items() if counts[name])
            if said:
                self.stdout.write(f"{rule:4} {kind_word(kind)} ({unit}): {said}")
        if not run.is_dry and run.totals().get("overdue"):
            raise CommandError(f"{run.totals()['overdue']} Einträge müssten gelöscht sein und sind noch da.")

    def _report(self) -> None:
        watcher = _watcher()
        with acting(watcher):
            report = queries.report(actor=watcher)
        if report.run_on is None:
            self.stdout.write("Es gab noch keinen Löschlauf.")
            return
        self.stdout.write(f"Letzter Lauf: {report.run_on:%d.%m.%Y}")
        for line in report.lines:
            self.stdout.write(
                f"{line.rule:4} {line.kind}: {line.due} fällig, {line.deleted} gelöscht, {line.held} aufgehalten, "
                f"{line.overdue} überfällig"
            )
        if report.overdue:
            raise CommandError(f"{report.overdue} Einträge sind überfällig.")

    def _hold(self, options: dict[str, Any]) -> None:
        if options["object"] is None or options["until"] is None:
            raise CommandError("Bitte --object und --until angeben.")
        try:
            hold = commands.hold_up(
                actor=_watcher(), kind=options["kind"], object_id=options["object"], reason=options["reason"],
                until_on=options["until"], reference=options["reference"],
            )  # fmt: skip
        except StafetteError as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"Aufgehalten bis {hold.until_on:%d.%m.%Y}.")

    def _after_restore(self) -> None:
        counts = delete_again()
        for kind, count in sorted(counts.items()):
            self.stdout.write(f"{count:>8}  {kind_word(kind)} wieder gelöscht")
        if not counts:
            self.stdout.write("Die Sicherung hat nichts zurückgebracht, was gelöscht war.")


def _watcher() -> Actor:
    """The deletion, with the right to hold up: for the command line of the machine only."""
    actor = purge_actor()
    units = actor.units(Permission.PURGE)
    grants = [
        (permission, unit)
        for unit in units
        for permission in (Permission.RETENTION_EDIT, Permission.RETENTION_VIEW)
    ]
    return actor.with_grants(*grants)
