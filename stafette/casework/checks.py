"""Do the keys lie where they may lie? Asked by `stafette check` and `stafette keys check`."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning

HINT = "STAFETTE_KEYS auf einen eigenen Ordner außerhalb der Datenbank und ihrer Sicherung setzen (docs/schluessel.md)."


def check_keys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Judge the folder of this installation."""
    return faults_of_folder(Path(settings.STAFETTE_KEYS))


def faults_of_folder(folder: Path) -> list[CheckMessage]:
    """Name what makes the keys readable for others, or takes them along with the database."""
    return [*_place(folder), *_rights(folder)]


def _place(folder: Path) -> Iterator[CheckMessage]:
    """Inside PostgreSQL's own folder every backup of the database has the keys in it."""
    place = folder.resolve()
    if any((above / "PG_VERSION").exists() for above in (place, *place.parents)):
        yield Warning(
            f"Der Schlüsselordner {folder} liegt im Datenordner der Datenbank.", hint=HINT, id="stafette.W011"
        )
    elif folder.exists() and not settings.DEMO and _database_beside(place.parent):
        yield Warning(
            f"Der Schlüsselordner {folder} liegt im selben Ordner wie die Datenbank: Eine Sicherung nimmt beides mit.",
            hint=HINT,
            id="stafette.W012",
        )


def _database_beside(parent: Path) -> bool:
    try:
        return any(True for depth in ("*", "*/*") for _found in parent.glob(f"{depth}/PG_VERSION"))
    except OSError:
        return False


def _rights(folder: Path) -> Iterator[CheckMessage]:
    if not folder.exists():
        return
    for path in (folder, *sorted(folder.glob("*.key"))):
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Warning(
                f"Andere Konten dieses Rechners dürfen {path.name} lesen.",
                hint=f"chmod {'700' if path == folder else '600'} {path}",
                id="stafette.W013",
            )
