"""The units' keys: one file each in a folder outside the database (STAFETTE_KEYS), for the program's account only.

    <unit>_<key>.key     JSON with unit, number and key; mode 0600

A file is there, whole and on the disk, before the database hears of the key: a crash may leave a file that nobody
knows, never a note whose key was not kept.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.kernel.errors import RuleBroken
from stafette.kernel.sealing import KeyMissing, UnitSecret

_FORMAT = "stafette unit key 1"


class KeyNotKept(RuleBroken):
    """The key cannot be written where keys belong."""


@dataclass(frozen=True)
class KeyFolder:
    """Where the keys lie."""

    path: Path

    def file_of(self, unit_id: UUID, key_id: UUID) -> Path:
        """Return the place of one key, whether it is there or not."""
        return self.path / f"{unit_id}_{key_id}.key"

    def has(self, unit_id: UUID, key_id: UUID) -> bool:
        """Tell whether the file of a key is there."""
        return self.file_of(unit_id, key_id).is_file()

    @sensitive_variables()
    def read(self, unit_id: UUID, key_id: UUID) -> UnitSecret:
        """Return a key; a file that is missing, cut off or another key's is a missing key."""
        try:
            found = json.loads(self.file_of(unit_id, key_id).read_bytes())
            if (found["format"], found["unit"], found["key"]) != (_FORMAT, str(unit_id), str(key_id)):
                raise ValueError
            return UnitSecret(key_id, unit_id, base64.b64decode(found["secret"], validate=True))
        except (OSError, ValueError, KeyError, TypeError):
            raise KeyMissing(missing_words()) from None

    @sensitive_variables()
    def write(self, secret: UnitSecret) -> None:
        """Keep a key: written aside, brought to the disk, then given its name; never over another one."""
        content = json.dumps(
            {
                "format": _FORMAT,
                "unit": str(secret.unit_id),
                "key": str(secret.key_id),
                "secret": base64.b64encode(secret.material).decode(),
            }
        )
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self.path / f".{secrets.token_hex(8)}.draft"
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            try:
                with os.fdopen(handle, "w") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                os.link(draft, self.file_of(secret.unit_id, secret.key_id))
            finally:
                draft.unlink()
            self._settle()
        except OSError as error:
            raise KeyNotKept(
                _(
                    "Der Schlüssel lässt sich im Schlüsselordner nicht ablegen ({reason}). Es wurde nichts geändert. "
                    "Prüfen Sie STAFETTE_KEYS, freien Platz und Schreibrecht."
                ).format(reason=os.strerror(error.errno or 0))
            ) from None

    def remove(self, unit_id: UUID, key_id: UUID) -> bool:
        """Destroy a key; what was wrapped with it, in old backups too, never opens again."""
        file = self.file_of(unit_id, key_id)
        if not file.is_file():
            return False
        with file.open("r+b") as open_file:
            open_file.write(secrets.token_bytes(file.stat().st_size))
            open_file.flush()
            os.fsync(open_file.fileno())
        file.unlink()
        self._settle()
        return True

    def known(self) -> Iterator[tuple[UUID, UUID]]:
        """Yield unit and number of every key that lies here."""
        for file in sorted(self.path.glob("*_*.key")):
            unit, _underscore, key = file.stem.partition("_")
            try:
                yield UUID(unit), UUID(key)
            except ValueError:
                continue

    def _settle(self) -> None:
        """Bring the folder's own entries to the disk."""
        handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def missing_words() -> str:
    """What people read when a key is not there."""
    return _(
        "Der Schlüssel der Stelle ist nicht da. Anvertraute Vermerke lassen sich deshalb zurzeit weder lesen noch "
        "schreiben; verloren ist dadurch noch nichts. Bitte melden Sie das der technischen Administration: "
        "Sie kann den Schlüssel aus der Sicherung zurückholen."
    )
