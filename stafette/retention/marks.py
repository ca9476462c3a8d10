"""Tombstones: that something was deleted, by a digest that names nobody; in the database and in a file outside it.

    digest = SHA-256(secret, kind, id)

The secret lies beside the file (STAFETTE_TOMBSTONES, ending in .secret) or in STAFETTE_TOMBSTONE_SECRET, never in the
database: without it the digests of a dump could be tried against the ids of an older one. The file holds one JSON line
per deletion; it is what a restored backup is compared with, so it belongs into no backup of the database.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TextIO
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from stafette.kernel.actor import Actor
from stafette.kernel.scope import acting


@dataclass(frozen=True)
class Mark:
    """One deletion as it stands in the file."""

    digest: str
    kind: str
    rule: str
    at: str


def path() -> Path:
    """Where the file lies."""
    return Path(settings.STAFETTE_TOMBSTONES)


def secret() -> bytes:
    """Return the secret of the digests, made once for this installation."""
    if key := settings.STAFETTE_TOMBSTONE_SECRET:
        return str(key).encode()
    return _kept_secret(path().with_suffix(".secret"))


@cache
def _kept_secret(place: Path) -> bytes:
    if not place.exists():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = place.with_suffix(f".{os.getpid()}.draft")
        with _private(draft, os.O_CREAT | os.O_EXCL) as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):  # another process was faster: its secret counts
            os.link(draft, place)
        draft.unlink()
    return place.read_bytes()


@contextlib.contextmanager
def _private(place: Path, flags: int) -> Iterator[TextIO]:
    handle = os.open(place, os.O_WRONLY | flags, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def digest(kind: str, pk: UUID) -> str:
    """Return the mark of one record."""
    return hmac.new(secret(), f"{kind}:{pk}".encode(), hashlib.sha256).hexdigest()


def marks(kind: str, ids: Collection[UUID], *, rule: str, at: datetime) -> list[dict[str, str]]:
    """Return the tombstones of some records, as the door of the database takes them."""
    return [asdict(Mark(digest(kind, pk), kind, rule, at.isoformat())) for pk in sorted(ids)]


def together(kind: str, ids: Collection[UUID], *, rule: str, at: datetime) -> list[dict[str, str]]:
    """Return one tombstone for many records that no restored backup could bring back for longer than a night."""
    text = ",".join(str(pk) for pk in sorted(ids))
    whole = hmac.new(secret(), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()
    return [asdict(Mark(whole, kind, rule, at.isoformat()))]


def read() -> list[Mark]:
    """Read the file; a line that a crash cut off at its end is left out, it comes again with the next sync."""
    if not path().exists():
        return []
    found = []
    for line in path().read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(ValueError, TypeError):
            found.append(Mark(**json.loads(line)))
    return found


def sync(since: datetime | None = None) -> int:
    """Write into the file what stands in the database and not yet there; needs an actor who may delete.

    A deletion counts from its commit, the line comes after it: what a crash in between left out, the next run adds.
    With `since` the file also loses what is older: its time is over.
    """
    known = read()
    there = {mark.digest for mark in known}
    with connection.cursor() as cursor:
        cursor.execute("select digest, kind, rule, at from retention_tombstones(0)")
        rows = cursor.fetchall()
    missing = [Mark(row[0], row[1], row[2], row[3].isoformat()) for row in rows if row[0] not in there]
    if since is not None and any(datetime.fromisoformat(mark.at) < since for mark in known):
        kept = [mark for mark in known if datetime.fromisoformat(mark.at) >= since]
        draft = path().with_suffix(f".{os.getpid()}.draft")
        _append(draft, [*kept, *missing])
        draft.replace(path())
    elif missing:
        _append(path(), missing)
    return len(missing)


def _append(place: Path, lines: Collection[Mark]) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "".join(json.dumps(asdict(mark)) + "\n" for mark in lines)
    if place.exists() and place.read_bytes()[-1:] not in {b"", b"\n"}:
        text = "\n" + text  # behind a line that a crash cut off
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def write_after(actor: Actor) -> None:
    """Bring the file up to date as soon as the running step is kept; `actor` is the deletion."""

    def write() -> None:
        with acting(actor):
            sync()

    transaction.on_commit(write)
