"""stafette arrivals import FILE [--sender NAME] [--unit CODE] [--dry-run] [--json]."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from stafette.accounts.models import Unit, UnitKind
from stafette.arrivals import work
from stafette.arrivals.commands import stage_import, take_import, upload_list
from stafette.arrivals.queries import import_report
from stafette.kernel.actor import Actor
from stafette.kernel.errors import StafetteError
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting

GRANTS = (
    Permission.ARRIVAL_VIEW,
    Permission.ARRIVAL_EDIT,
    Permission.PERSON_VIEW,
    Permission.PERSON_EDIT,
    Permission.UNIT_VIEW,
)


class Command(BaseCommand):
    """Take a list of arrivals in without a browser."""

    help = "Zuzüge einlesen: stafette arrivals import DATEI"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the one step and its switches."""
        steps = parser.add_subparsers(dest="step", required=True)
        step = steps.add_parser("import", help="Eine Liste von Zuzügen einlesen (CSV, XLSX, ODS)")
        step.add_argument("file", type=Path, help="Datei mit der Liste")
        step.add_argument("--sender", default="", help="von wem die Liste kommt; ihre Spalten werden gemerkt")
        step.add_argument("--unit", default="", help="Kürzel der Stelle; sonst die einzige Clearingstelle")
        step.add_argument("--dry-run", action="store_true", help="nur prüfen, nichts schreiben")
        step.add_argument("--json", action="store_true", help="Ergebnis als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and say what came of it; a file that cannot be read ends with status 1 and the reason."""
        unit = _unit(options["unit"])
        actor = Actor(id=UUID(int=1), label="Befehlszeile", grants=frozenset((g, unit.pk) for g in GRANTS))
        try:
            content = options["file"].read_bytes()
            report = _run(actor, unit, content, options)
        except OSError as error:
            raise CommandError(f"Die Datei lässt sich nicht lesen: {error.strerror}") from error
        except StafetteError as error:
            raise CommandError(error.message) from error
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _in_words(report))


def _run(actor: Actor, unit: Unit, content: bytes, options: dict[str, Any]) -> dict[str, Any]:
    name = options["file"].name
    with transaction.atomic():
        upload = upload_list(
            actor=actor, unit=unit.pk, file_name=name, content=content, sender=options["sender"]
        )
        stage_import(actor=actor, import_id=upload.pk)
        if not options["dry_run"]:
            take_import(actor=actor, import_id=upload.pk)
        with acting(actor):
            report = import_report(actor=actor, import_id=upload.pk)
        if options["dry_run"]:
            transaction.set_rollback(True)
    if not options["dry_run"]:
        work.take_over(actor, upload.pk)
    return {**report, "dry_run": options["dry_run"]}


def _unit(code: str) -> Unit:
    """The unit named, or the only clearing desk of the installation."""
    units = Unit.objects.filter(code=code) if code else Unit.objects.filter(kind=UnitKind.CLEARING_DESK)
    found = list(units[:2])
    if len(found) == 1:
        return found[0]
    codes = ", ".join(Unit.objects.order_by("code").values_list("code", flat=True))
    if not codes:
        raise CommandError("Es gibt noch keine Stellen. Bitte zuerst eine Blaupause anwenden: "
                           "stafette blueprint apply blueprints/weissenfels.toml")  # fmt: skip
    raise CommandError(f"Bitte die Stelle nennen, zum Beispiel --unit CODE. Es gibt: {codes}")


def _in_words(report: dict[str, Any]) -> str:
    lines = [
        "Nur geprüft, nichts geschrieben." if report["dry_run"] else "Übernommen.",
        f"Zeilen: {report['rows']}, Haushalte: {report['households']}",
        f"neu {report['new']}, bekannt {report['known']}, möglicherweise doppelt {report['possible_duplicate']}, "
        f"geändert {report['changed']}, abgelehnt {len(report['rejected'])}",
    ]
    lines += [f"  Zeile {refused['row']}: {refused['reason']}" for refused in report["rejected"]]
    return "\n".join(lines)
