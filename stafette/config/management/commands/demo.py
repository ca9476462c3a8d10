"""`stafette demo`: the sample town on this machine, for evaluation."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stafette.config import serve
from stafette.config.postgres import Server


class Command(BaseCommand):
    """Bring everything up to date, fill an empty database, and serve it until Ctrl-C."""

    help = "Startet die Vorführung mit erfundenen Daten auf http://127.0.0.1:8000 (Strg+C beendet sie)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The port may also come from the environment, as `PORT=8001 make demo`."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument(
            "--prepare-only", action="store_true", help="einrichten und füllen, nicht starten"
        )
        parser.add_argument("--empty", action="store_true", help="ohne erfundene Daten")
        parser.add_argument("--reset", action="store_true", help="alle Daten der Vorführung zuvor löschen")

    def handle(self, *args: Any, port: int, prepare_only: bool, empty: bool, **options: Any) -> None:
        """Look at the port first: filling takes a while."""
        if not prepare_only and not serve.port_is_free(port):
            raise CommandError(
                f"Port {port} ist belegt. Läuft die Vorführung schon? Anderer Port: PORT=8001 make demo\n"
                f"Port {port} is in use. Another one: PORT=8001 make demo"
            )
        home = None if os.environ.get("DATABASE_URL") else Server("demo").home
        serve.prepare(self._say, home=home, fill=not empty)
        if prepare_only:
            return
        code = serve.serve(port, lambda: self._say(f"Stafette: http://127.0.0.1:{port}  (Strg+C beendet)"))
        raise SystemExit(code)

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
