"""Keys on paper or in a file, under a passphrase: a text that can be printed, kept in a safe, and typed in again.

A unit's keys are sealed with AES-256-GCM under a key that scrypt makes from the passphrase. The text is base32 in
lines of their own with a check sign each, so that a slip in typing is found in its line. The same text is the file
and the paper.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.kernel.errors import BadInput
from stafette.kernel.sealing import KEY_BYTES, NONCE_BYTES, UnitSecret

SHORTEST_PASSPHRASE = 16
_MAGIC = b"STAFETTE-KEYS-1\x00"
_SALT = 16
_COST = 2**17  # 128 MB and about half a second per guess (RFC 7914; OWASP names 2^17, 8, 1)
_LINE = 35  # bytes per line: 56 signs of base32
_ROW = re.compile(r"^\s*(\d{2,3})[:\s]+([A-Z2-7\s-]+?)\s+#([0-9A-F]{4})\s*$")


@sensitive_variables()
def written_out(found: Sequence[UnitSecret], passphrase: str) -> str:
    """Return the keys of one unit as lines that only the passphrase opens again."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadInput(
            _(
                "Die Passphrase ist zu kurz. Nehmen Sie mindestens {count} Zeichen, am besten fünf zufällige Wörter."
            ).format(count=SHORTEST_PASSPHRASE)
        )
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(NONCE_BYTES)
    content = b"".join(one.unit_id.bytes + one.key_id.bytes + one.material for one in found)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, content, _MAGIC)
    return "\n".join(_rows(salt + nonce + sealed)) + "\n"


@sensitive_variables()
def read_back(text: str, passphrase: str) -> list[UnitSecret]:
    """Return the keys from the lines; other lines, such as a heading, are passed over."""
    envelope = _bytes_of(text)
    salt, rest = envelope[:_SALT], envelope[_SALT:]
    nonce, sealed = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        content = AESGCM(_stretched(passphrase, salt)).decrypt(nonce, sealed, _MAGIC)
    except (InvalidTag, ValueError):
        raise BadInput(
            _("Die Sicherung öffnet sich nicht: Die Passphrase ist eine andere, oder es fehlen Zeilen.")
        ) from None
    size = 32 + KEY_BYTES
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    return [UnitSecret(UUID(bytes=one[16:32]), UUID(bytes=one[:16]), one[32:]) for one in parts]


@sensitive_variables()
def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=_COST, r=8, p=1).derive(passphrase.strip().encode())


def _rows(envelope: bytes) -> list[str]:
    rows = []
    for number, at in enumerate(range(0, len(envelope), _LINE), start=1):
        part = envelope[at : at + _LINE]
        signs = base64.b32encode(part).decode().rstrip("=")
        groups = " ".join(signs[start : start + 4] for start in range(0, len(signs), 4))
        rows.append(f"{number:02}: {groups} #{_check(number, part)}")
    return rows


def _bytes_of(text: str) -> bytes:
    found: dict[int, bytes] = {}
    for line in text.upper().splitlines():
        match = _ROW.match(line)
        if match is None:
            continue
        number, signs = int(match[1]), re.sub(r"[\s-]", "", match[2])
        try:
            part = base64.b32decode(signs + "=" * (-len(signs) % 8))
        except binascii.Error:
            part = b""
        if not part or _check(number, part) != match[3]:
            raise BadInput(
                _("Zeile {number} der Sicherung stimmt nicht. Bitte vergleichen Sie sie.").format(
                    number=number
                )
            )
        found[number] = part
    if not found or sorted(found) != list(range(1, len(found) + 1)):
        raise BadInput(_("Der Sicherung fehlen Zeilen. Jede Zeile beginnt mit ihrer Nummer."))
    return b"".join(found[number] for number in sorted(found))


def _check(number: int, part: bytes) -> str:
    return f"{binascii.crc_hqx(part, number):04X}"
