"""The program on the command line: Django's commands, on the town's server or on the private PostgreSQL."""

import os
import shutil
import signal
import sys
from types import FrameType

import django
from django.core.management import execute_from_command_line

from stafette.config import serve
from stafette.config.postgres import Server
from stafette.config.postgres_places import PostgresError, data_folder

WITHOUT_DATABASE = {
    *{"help", "version", "check", "collectstatic", "findstatic", "diffsettings"},
    *{"compilemessages", "makemessages"},
}
BEFORE_SETUP = {"demo", "migrate", "makemigrations", "showmigrations", "sqlmigrate", "dbshell", "shell"}


def main() -> None:
    """Run one command; a private PostgreSQL that only this command needed ends with it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stafette.config.settings")
    arguments = sys.argv[1:]
    town = os.environ.get("TOWN", "")
    if town not in ("", serve.TOWN):  # another town has its own data: neither mixes nor deletes the other's
        os.environ["STAFETTE_DATA"] = str(data_folder() / town)
    if arguments[:1] == ["demo"]:
        os.environ.setdefault("STAFETTE_DEMO", "1")
        os.environ.setdefault("STAFETTE_STATIC_ROOT", str(data_folder() / "static"))
    _end_in_order()
    server = None
    try:
        server = _private_server(arguments)
        if server and arguments[0] not in BEFORE_SETUP:
            _set_up_if_new(server)
        execute_from_command_line(sys.argv)
    except PostgresError as error:
        sys.exit(f"stafette: {error}")
    finally:
        if server:
            serve.finish_undisturbed()
            server.stop()


def _private_server(arguments: list[str]) -> Server | None:
    """Start it for a command that needs one; none where the town's own server is named."""
    command = arguments[0] if arguments else "help"
    reset = command == "demo" and "--reset" in arguments
    if os.environ.get("DATABASE_URL"):
        if reset:
            sys.exit("stafette: DATABASE_URL is set. Empty that database with your own tools.")
        return None
    asks_for_help = command.startswith("-") or {"-h", "--help"} & set(arguments)
    if command in WITHOUT_DATABASE or asks_for_help:
        return None
    server = Server("demo")
    if reset:
        server.remove()
        if "STAFETTE_KEYS" not in os.environ:  # the demo's own keys: nothing is left that they open
            shutil.rmtree(data_folder() / "keys", ignore_errors=True)
    return server.start()


def _set_up_if_new(server: Server) -> None:
    """A first command on a fresh checkout finds tables and the sample town's units, but no sample data."""
    if not serve.is_prepared(server.home):
        django.setup()
        serve.prepare(lambda message: print(message, file=sys.stderr), home=server.home, fill=False)  # noqa: T201


def _end_in_order() -> None:
    """Any signal to end runs the `finally` above; a shell's background job ignores Ctrl-C until told so."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        signal.signal(signal.SIGHUP, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    """Leave by an exception, so that every `finally` runs, and hear no further signal."""
    serve.finish_undisturbed()
    raise SystemExit(128 + number)
