"""stafette directory reindex | export FORM FILE | import FILE [--dry-run]."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from stafette.accounts.queries import home_unit
from stafette.directory.commands.exchange import take_plan
from stafette.directory.exchange import moving
from stafette.directory.exchange.loading import kind_of
from stafette.directory.exchange.plan import Plan
from stafette.directory.indexing import reindex_all
from stafette.kernel.actor import Actor
from stafette.kernel.errors import StafetteError
from stafette.kernel.permissions import Permission

FORMS = {"hsds": moving.as_json, "zip": moving.as_zip, "xzufi": moving.as_xzufi}
SHOWN = 50


class Command(BaseCommand):
    """Look after the directory without a browser."""

    help = "Verzeichnis der Angebote: stafette directory reindex | export | import"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the steps and their switches."""
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("reindex", help="Den Suchindex aller Angebote neu schreiben")
        step = steps.add_parser("export", help="Alle Einträge in eine Datei schreiben")
        step.add_argument("form", choices=FORMS, help="hsds (JSON), zip (HSDS als Tabellen) oder xzufi (XML)")
        step.add_argument("file", type=Path)
        step = steps.add_parser("import", help="Einträge aus HSDS (JSON, ZIP) oder XZuFi übernehmen")
        step.add_argument("file", type=Path)
        step.add_argument("--origin", default="", help="von wem die Datei ist")
        step.add_argument("--provider", default="", help="Code des Trägers für Angebote ohne Träger")
        step.add_argument("--dry-run", action="store_true", help="nur vergleichen, nichts schreiben")
        step.add_argument("--json", action="store_true", help="Ergebnis als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the step and say what came of it; a file that cannot be read ends with status 1 and the reason."""
        try:
            getattr(self, f"_{options['step']}")(options)
        except OSError as error:
            raise CommandError(f"Die Datei lässt sich nicht öffnen: {error.strerror}") from error
        except StafetteError as error:
            raise CommandError(error.message) from error

    def _reindex(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"Suchindex von {reindex_all()} Angeboten neu geschrieben.")

    def _export(self, options: dict[str, Any]) -> None:
        content = FORMS[options["form"]]()
        options["file"].write_bytes(content)
        self.stdout.write(f"{len(content):,} Byte nach {options['file']} geschrieben.".replace(",", "."))

    def _import(self, options: dict[str, Any]) -> None:
        content = options["file"].read_bytes()
        plan = moving.plan_of(content, provider=options["provider"])
        if not options["dry_run"]:
            form = "xzufi" if kind_of(content) == "xml" else "hsds"
            unit = home_unit()
            grants = frozenset({(Permission.DIRECTORY_EDIT, unit)})
            actor = Actor(id=UUID(int=1), label="Befehlszeile", grants=grants)
            take_plan(actor=actor, unit_id=unit, plan=plan, form=form, origin=options["origin"])
        report = {**plan.counts, "dry_run": options["dry_run"]}
        self.stdout.write(json.dumps(report) if options["json"] else _in_words(plan))


def _in_words(plan: Plan) -> str:
    lines = [f"{word}: {number}" for _state, word, number in plan.counted]
    told = [
        f"  {line.kind} „{line.entry.name}“: {problem}" for line in plan.lines for problem in line.problems
    ]
    rest = [f"  … und {len(told) - SHOWN} weitere Anmerkungen"] if len(told) > SHOWN else []
    return "\n".join([*lines, *told[:SHOWN], *rest])
