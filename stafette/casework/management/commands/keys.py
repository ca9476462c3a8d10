"""The units' keys on the command line: `stafette keys create|list|rotate|retire|backup|check|restore|destroy`."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from stafette.accounts.guards import COMMAND_LINE
from stafette.accounts.models import Unit
from stafette.casework import commands, queries
from stafette.casework.checks import faults_of_folder
from stafette.casework.models import UnitKey
from stafette.casework.rotation import finish_rotation
from stafette.kernel.actor import Actor
from stafette.kernel.errors import StafetteError
from stafette.kernel.key_backup import read_back, written_out
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting

HEADING = """Stafette – Sicherung der Schlüssel einer Stelle
Stelle: {unit}
Schlüssel: {count}, erstellt am {day}
Zurückholen: stafette keys restore --unit {code} DATEI
Diese Zeilen öffnen sich nur mit der Passphrase. Passphrase und Blatt getrennt aufbewahren.

"""


class Command(BaseCommand):
    """One action per step in the life of a key; what each means: docs/schluessel.md."""

    help = (
        "Schlüssel der Stellen: anlegen, zeigen, wechseln, außer Dienst nehmen, sichern, prüfen, zurückholen."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the action and the unit by its code."""
        actions = parser.add_subparsers(dest="action", required=True)
        one = {
            name: actions.add_parser(name)
            for name in ("create", "rotate", "retire", "backup", "restore", "destroy")
        }
        for action in one.values():
            action.add_argument("--unit", required=True, help="Kürzel der Stelle, etwa clearing")
        for action in (actions.add_parser("list"), actions.add_parser("check")):
            action.add_argument("--unit", help="Kürzel der Stelle; ohne: alle")
        one["destroy"].add_argument("--key", required=True, type=UUID, help="Nummer des Schlüssels")
        one["backup"].add_argument("--to", type=Path, help="Datei; ohne: auf den Bildschirm, zum Drucken")
        one["restore"].add_argument("file", type=Path)
        for name in ("backup", "restore"):
            one[name].add_argument("--passphrase-file", type=Path, help="erste Zeile ist die Passphrase")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        """Run one action and say in German what it did."""
        try:
            getattr(self, f"_{action}")(**options)
        except StafetteError as error:
            raise CommandError(error.message) from None

    def _create(self, unit: str, **options: Any) -> None:
        with _for(unit) as (actor, found):
            key = commands.create_key(actor=actor, unit_id=found.pk)
        self.stdout.write(
            _("Schlüssel angelegt: {key}, Fingerabdruck {sign}").format(key=key.pk, sign=key.fingerprint)
        )
        self.stdout.write(_("Sichern Sie ihn jetzt: stafette keys backup --unit {unit}").format(unit=unit))

    def _list(self, unit: str | None, **options: Any) -> None:
        for found in self._looked(unit):
            self.stdout.write(f"{found.unit.code}  {found.unit.name}")
            for row in found.rows:
                word, _colour = row.state
                self.stdout.write(
                    f"  {row.key.pk}  {row.key.created_at:%d.%m.%Y}  {row.key.fingerprint}  {row.notes:>6}  {word}"
                )
            if found.problem:
                self.stdout.write(f"  ! {found.problem}")

    def _check(self, unit: str | None, **options: Any) -> None:
        """Read each key that is needed, and look at the folder; ends with 1 where something is wrong."""
        faults = [fault.msg for fault in faults_of_folder(queries.key_folder().path)]
        for found in self._looked(unit):
            faults += [f"{found.unit.code}: {found.problem}"] if found.problem else []
            faults += [
                f"{found.unit.code}: {row.key.pk} passt nicht zum Fingerabdruck"
                for row in found.rows
                if _is_other(row)
            ]
        lost = queries.unknown_files()
        if lost:
            self.stdout.write(_("{count} Dateien ohne Eintrag in der Datenbank").format(count=len(lost)))
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(_("Alle Schlüssel sind da, lesbar und gesichert."))

    def _rotate(self, unit: str, **options: Any) -> None:
        with _for(unit) as (actor, found):
            pending = UnitKey.objects.filter(unit=found, replaced_at__isnull=False, retired_at=None).exists()
            if not pending:
                key = commands.rotate_key(actor=actor, unit_id=found.pk)
                self.stdout.write(
                    _("Neuer Schlüssel: {key}, {sign}").format(key=key.pk, sign=key.fingerprint)
                )
        done = finish_rotation(actor, found.pk, say=lambda count: self.stdout.write(f"  {count} …"))
        self.stdout.write(
            _("{count} Vermerke umgeschlüsselt, der alte Schlüssel ist außer Dienst.").format(count=done)
        )
        self.stdout.write(
            _("Sichern Sie den neuen Schlüssel: stafette keys backup --unit {unit}").format(unit=unit)
        )

    def _retire(self, unit: str, **options: Any) -> None:
        with _for(unit) as (actor, found):
            keys = list(UnitKey.objects.filter(unit=found, replaced_at__isnull=False, retired_at=None))
            for key in keys:
                commands.retire_key(actor=actor, key_id=key.pk)
        self.stdout.write(_("{count} Schlüssel außer Dienst genommen.").format(count=len(keys)))

    def _destroy(self, unit: str, key: UUID, **options: Any) -> None:
        with _for(unit) as (actor, found):
            if not UnitKey.objects.filter(unit=found, pk=key).exists():
                raise CommandError(_("Diesen Schlüssel gibt es in der Stelle nicht."))
            commands.destroy_key(actor=actor, key_id=key)
        self.stdout.write(
            _("Schlüssel vernichtet. Was in alten Sicherungen unter ihm liegt, öffnet sich nie mehr.")
        )

    def _backup(self, unit: str, to: Path | None, passphrase_file: Path | None, **options: Any) -> None:
        with _for(unit) as (actor, found):
            keys = list(queries.keys_to_back_up(actor=actor, unit_id=found.pk))
            if not keys:
                raise CommandError(_("Diese Stelle hat noch keinen Schlüssel."))
            text = written_out(
                [queries.secret_of(key) for key in keys], _passphrase(passphrase_file, twice=True)
            )
            heading = HEADING.format(
                unit=found.name, code=found.code, count=len(keys), day=f"{keys[-1].created_at:%d.%m.%Y}"
            )
            if to is None:
                self.stdout.write(heading + text)
            else:
                _keep(to, heading + text)
            commands.note_backup(actor=actor, unit_id=found.pk, key_ids=[key.pk for key in keys])
        if to is not None:
            self.stdout.write(
                _("Gesichert in {file}. Verwahren Sie die Datei nicht auf diesem Rechner.").format(file=to)
            )

    def _restore(self, unit: str, file: Path, passphrase_file: Path | None, **options: Any) -> None:
        """Put back what is missing; a key that is there stays as it is."""
        found_keys = read_back(file.read_text(encoding="utf-8"), _passphrase(passphrase_file, twice=False))
        folder = queries.key_folder()
        with _for(unit) as (actor, found):
            prints = dict(
                UnitKey.objects.filter(unit=found, destroyed_at=None).values_list("pk", "fingerprint")
            )
            missing = [
                one for one in found_keys if not folder.has(one.unit_id, one.key_id) and one.key_id in prints
            ]
            if any(
                one.unit_id != found.pk or prints.get(one.key_id) not in (None, one.fingerprint)
                for one in found_keys
            ):
                raise CommandError(_("Diese Sicherung gehört nicht zu dieser Stelle."))
            commands.note_restore(actor=actor, unit_id=found.pk, key_ids=[one.key_id for one in missing])
            for one in missing:
                folder.write(one)
        self.stdout.write(_("{count} Schlüssel zurückgeholt.").format(count=len(missing)))

    def _looked(self, unit: str | None) -> list[queries.UnitKeys]:
        with acting(_keeper()) as actor:
            wanted = None if unit is None else [_unit(unit).pk]
            return queries.keys_of_units(actor=actor, unit_ids=wanted)


def _is_other(row: queries.KeyRow) -> bool:
    if not row.is_there or row.key.destroyed_at:
        return False
    try:
        queries.secret_of(row.key)
    except StafetteError:
        return True
    return False


def _unit(code: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise CommandError(
            _("Eine Stelle „{code}“ gibt es nicht. stafette keys list zeigt alle.").format(code=code)
        )
    return found


def _keeper() -> Actor:
    units = Unit.objects.values_list("pk", flat=True)
    return Actor(COMMAND_LINE, "Kommandozeile", frozenset((Permission.KEY_ADMIN, unit) for unit in units))


@contextmanager
def _for(code: str) -> Iterator[tuple[Actor, Unit]]:
    with acting(_keeper()) as actor:
        yield actor, _unit(code)


def _passphrase(file: Path | None, *, twice: bool) -> str:
    if file is not None:
        return file.read_text(encoding="utf-8").splitlines()[0]
    if not sys.stdin.isatty():
        raise CommandError(_("Nennen Sie die Passphrase mit --passphrase-file oder am Bildschirm."))
    first = getpass.getpass(_("Passphrase: "))
    if twice and getpass.getpass(_("Noch einmal: ")) != first:
        raise CommandError(_("Die beiden Eingaben sind verschieden."))
    return first


def _keep(file: Path, text: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
