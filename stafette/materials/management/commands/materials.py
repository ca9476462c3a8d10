"""`stafette materials load`: bring the starter set of information sheets in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import home_unit, town
from stafette.kernel.errors import StafetteError
from stafette.materials import starting
from stafette.materials.access import command_line
from stafette.materials.commands import load_starter


class Command(BaseCommand):
    """Load sheets from files; what the town wrote itself stays."""

    help = "Bringt die mitgelieferten Infoblätter ein: stafette materials load [Ordner] [--unit Kürzel]"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word for what to do, a folder, the unit that keeps the sheets."""
        parser.add_argument("action", choices=["load"])
        parser.add_argument("folder", type=Path, nargs="?", help=_("Ordner mit TOML-Dateien"))
        parser.add_argument("--unit", default="", help=_("Kürzel der Stelle, die die Blätter pflegt"))

    def handle(self, *args: Any, folder: Path | None, unit: str, **options: Any) -> None:
        """Read everything first: a broken file changes nothing."""
        folder = folder or starting.starter_folder()
        try:
            sheets, folders = starting.read_sheets(folder), starting.read_folders(folder)
            unit_id = self._unit(unit)
            new = load_starter(actor=command_line(unit_id), unit_id=unit_id, sheets=sheets, folders=folders)
        except StafetteError as error:
            raise CommandError(error.message) from error
        self.stdout.write(
            _("{sheets} Infoblätter gelesen, {new} Texte neu eingebracht.").format(
                sheets=len(sheets), new=new
            )
        )

    @staticmethod
    def _unit(code: str) -> UUID:
        if code:
            found = Unit.objects.filter(code=code).values_list("pk", flat=True).first()
            if found is None:
                raise CommandError(_("Die Stelle „{code}“ gibt es nicht.").format(code=code))
            return found
        here = town()
        return here.coordination_id if here and here.coordination_id else home_unit()
