"""What `make demo` does once everything is installed: bring the database up to date, fill it, serve it."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import http.client
import importlib
import importlib.util
import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands
from django.db import connections

HOST = "127.0.0.1"
TOWN = "weissenfels"
SOURCES = ("stafette", "blueprints", "rules", "assets/vendor", "requirements.txt")
STAMP = "prepared"
PATIENCE = 15  # seconds that gunicorn and the worker get to finish what they are doing
PR_SET_PDEATHSIG = 1
Say = Callable[[str], None]


def prepare(say: Say, *, home: Path | None, fill: bool) -> None:
    """Migrate and apply the blueprint; for the demo fill an empty database.

    `home` is the private cluster's folder, where stamps tell what is up to date. On a server named in
    DATABASE_URL there is none, and everything is done again: each step may be repeated without harm.
    """
    state = _fingerprint()
    if not _is_current(home, state):
        say("Datenbank auf den Stand des Programms bringen …")
        call_command("migrate", verbosity=0, interactive=False)
        if "blueprint" in get_commands():
            say(f"{blueprint().relative_to(settings.BASE_DIR)} anwenden …")
            call_command("blueprint", "apply", "--yes", str(blueprint()), stdout=io.StringIO())
        if home:
            (home / STAMP).write_text(state)
    if fill:
        _fill_if_empty(say, home)
    connections.close_all()


def blueprint() -> Path:
    """The way of the town that is shown: `make demo TOWN=leipzig`; CommandError where there is none of that name."""
    path: Path = settings.BASE_DIR / "blueprints" / f"{os.environ.get('TOWN') or TOWN}.toml"
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml")))
        raise CommandError(f"Für „{path.stem}“ gibt es keine Blaupause. Möglich sind: {known}.")
    return path


def is_prepared(home: Path) -> bool:
    """Whether that cluster was ever brought up to date; a new one has no tables yet."""
    return (home / STAMP).exists()


def _is_current(folder: Path | None, state: str) -> bool:
    stamp = folder / STAMP if folder else None
    return stamp is not None and stamp.exists() and stamp.read_text() == state


def _collect_static(state: str) -> None:
    folder = Path(settings.STATIC_ROOT)
    if not _is_current(folder, state):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        (folder / STAMP).write_text(state)


def _fill_if_empty(say: Say, home: Path | None) -> None:
    """Put the synthetic town in. A filling that was cut off is told by its marker."""
    marker = home / "filling" if home else None
    if marker and marker.exists():
        say("Das Füllen wurde beim letzten Mal abgebrochen; von vorn: make demo-reset")
        return
    if importlib.util.find_spec("stafette.demo.fill") is None:
        return
    if apps.get_model("accounts", "User").objects.using("owner").exists():
        return  # people would not do: a welcome centre has none
    say("Mit erfundenen Daten füllen (einige Minuten beim ersten Mal) …")
    if marker:
        marker.touch()
    importlib.import_module("stafette.demo.fill").fill()
    if marker:
        marker.unlink()


def _fingerprint() -> str:
    """Changes when any file changes that the database or the static files are made from."""
    digest = hashlib.sha256()
    for name in SOURCES:
        top = settings.BASE_DIR / name
        for path in sorted([top, *top.rglob("*")]):
            if path.is_file() and "tests" not in path.parts and path.suffix != ".pyc":
                status = path.stat()
                digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def port_is_free(port: int) -> bool:
    """Whether gunicorn could listen there; asked before the long work."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def serve(port: int, ready: Callable[[], None]) -> int:
    """Run web server and worker until one of them ends or a signal comes; leave no process behind."""
    _collect_static(_fingerprint())
    os.environ.setdefault("STAFETTE_URL", f"http://{HOST}:{port}")  # both children put it into links
    web, worker = _commands(port)
    children = [_child(web)]
    try:
        if _answers(port, children[0]):
            ready()
            children.append(_child(worker))  # after the web server, which somebody waits for
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)  # a signal's exception gets us out of here
        return 1
    finally:
        _stop(children)


def _child(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True, preexec_fn=_end_with_parent)


def _commands(port: int) -> list[list[str]]:
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "stafette.config.wsgi:application",
        "--bind",
        f"{HOST}:{port}",
    ]
    shape = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"]
    manners = ["--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"]
    worker = [sys.executable, "-m", "django", "worker"]
    return [gunicorn + shape + manners, worker]


def _end_with_parent() -> None:
    """Linux: even when this program is killed with -9, its children are told to end."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    while server.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except OSError:
            time.sleep(0.2)
        else:
            return True
        finally:
            connection.close()
    return False


def finish_undisturbed() -> None:
    """Make repeats signals to its children: a second one must not cut the tidying up short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask, wait, then make sure: each child leads a process group of its own."""
    finish_undisturbed()
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(PATIENCE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
