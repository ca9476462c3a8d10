"""`stafette blueprint check|apply|export|docs`: the town's way as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.blueprints.access import command_line
from stafette.blueprints.changes import Change
from stafette.blueprints.commands import apply_blueprint
from stafette.blueprints.queries import changes_of, export
from stafette.blueprints.schema import Reading, check
from stafette.blueprints.schema.docs import documentation
from stafette.kernel.errors import StafetteError
from stafette.kernel.scope import acting


class Command(BaseCommand):
    """Check a blueprint, apply it, write back what runs, or write the documentation of its fields."""

    help = "Prüft eine Blaupause, wendet sie an oder schreibt, was gilt: stafette blueprint check|apply|export|docs"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word for what to do, then the file."""
        actions = parser.add_subparsers(dest="action", required=True)
        checking = actions.add_parser("check", help=_("jeden Fehler mit Zeile und Feld nennen"))
        checking.add_argument("file", type=Path)
        applying = actions.add_parser("apply", help=_("zeigen, was sich ändert, und anwenden"))
        applying.add_argument("file", type=Path)
        applying.add_argument("--yes", action="store_true", help=_("ohne Rückfrage anwenden"))
        applying.add_argument("--dry-run", action="store_true", help=_("nur zeigen, was sich ändern würde"))
        exporting = actions.add_parser("export", help=_("schreiben, was gerade gilt"))
        exporting.add_argument("file", type=Path, nargs="?")
        documenting = actions.add_parser("docs", help=_("die Felder beschreiben (docs/blaupause.md)"))
        documenting.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Do the one thing asked for."""
        file: Path | None = options.get("file")
        if action == "check" and file:
            self._checked(file)
            self.stdout.write(_("{file}: keine Fehler.").format(file=file))
        elif action == "docs":
            self._write(documentation(), file)
        else:
            with acting(command_line()):
                if action == "apply" and file:
                    self._apply(file, yes=options["yes"], dry_run=options["dry_run"])
                else:
                    self._write(export(), file)

    def _checked(self, file: Path) -> Reading:
        """Name every problem as file:line:column, so that editors jump there; fail when one is an error."""
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(
                _("{file} lässt sich nicht lesen: {error}").format(file=file, error=error)
            ) from error
        reading = check(text, folder=file.parent)
        for problem in reading.problems:
            notice = _("Hinweis: ") if problem.is_notice else ""
            self.stderr.write(
                f"{file}:{problem.line}:{problem.column}: {notice}{problem.field}: {problem.message}"
            )
        if reading.errors:
            count = len(reading.errors)
            raise CommandError(ngettext("{count} Fehler.", "{count} Fehler.", count).format(count=count))
        return reading

    def _apply(self, file: Path, *, yes: bool, dry_run: bool) -> None:
        reading = self._checked(file)
        assert reading.blueprint is not None
        changes = changes_of(reading.blueprint)
        self._show(changes)
        if all(change.action == "kept" for change in changes) or dry_run:
            return
        if not yes and input(_("Anwenden? [j/N] ")).strip().lower() not in {"j", "ja", "y", "yes"}:
            self.stdout.write(_("Nichts geändert."))
            return
        try:
            version = apply_blueprint(actor=command_line(), text=reading.text)
        except StafetteError as error:
            raise CommandError(error.message) from error
        if version is not None:
            self.stdout.write(_("Angewendet als Fassung {number}.").format(number=version.number))

    def _show(self, changes: list[Change]) -> None:
        kept = sum(change.action == "kept" for change in changes)
        for change in changes:
            if change.action != "kept":
                self.stdout.write(f"{change.word:>10}  {change.title}")
                for line in change.lines:
                    self.stdout.write(f"{'':>12}{line}")
                if change.blocked:
                    self.stdout.write(f"{'':>12}! {change.blocked}")
        self.stdout.write(_("{count} Einträge unverändert.").format(count=kept))

    def _write(self, text: str, file: Path | None) -> None:
        if file is None:
            self.stdout.write(text, ending="")
        else:
            file.write_text(text, encoding="utf-8")
