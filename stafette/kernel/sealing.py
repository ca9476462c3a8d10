"""Envelopes for what was entrusted (§ 65 SGB VIII, § 203 StGB): who reads the whole database learns nothing from them.

Each text gets a fresh data key and is sealed with it (AES-256-GCM); the data key is wrapped with the key of the unit
(AES-256-GCM as well), which lies outside the database (kernel/key_files.py). Both seals are bound to the place of the
row: note, unit and author, the wrapping to the unit's key too. What is moved to another row, unit or author, or comes
under another key, does not open. A unit gets a new key by wrapping the data keys anew; the texts stay as they are.

The text is padded, so that the length in the database tells no more than a coarse step. Only the library
`cryptography` computes here; nothing of this is our own invention.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from stafette.kernel.errors import RuleBroken

KEY_BYTES = 32
NONCE_BYTES = 12  # drawn at random: a data key seals one text, a unit's key far fewer than 2^32 of them
STEP = 1024  # the padded text is a multiple of this
_VERSION = b"\x01"


class Unopened(RuleBroken):
    """The seal does not open: the row was moved or changed, or the key is another one."""


class KeyMissing(RuleBroken):
    """The unit's key lies not where it should; nothing can be read or written until it is back."""


@dataclass(frozen=True)
class Place:
    """Where a sealed text belongs. It never changes: another note, unit or author is another text."""

    note_id: UUID
    unit_id: UUID
    author_id: UUID

    def bound(self, use: bytes, key_id: UUID | None = None) -> bytes:
        """Return the associated data of a seal; all parts have a fixed length, so that none runs into the next."""
        parts = (self.note_id, self.unit_id, self.author_id, *((key_id,) if key_id else ()))
        return b"stafette.sealed.v1." + use + b"\x00" + b"".join(part.bytes for part in parts)


@dataclass(frozen=True)
class UnitSecret:
    """A unit's key with its number; it never shows its bytes."""

    key_id: UUID
    unit_id: UUID
    material: bytes

    def __post_init__(self) -> None:
        if len(self.material) != KEY_BYTES:
            raise ValueError("a unit's key has 32 bytes")

    def __repr__(self) -> str:
        return f"<UnitSecret {self.key_id}>"

    @property
    def fingerprint(self) -> str:
        """Sixteen signs that tell two keys apart and give nothing of the key away."""
        digest = hmac.HMAC(self.material, hashes.SHA256())
        digest.update(b"stafette.unit-key.fingerprint.v1" + self.key_id.bytes + self.unit_id.bytes)
        text = digest.finalize()[:8].hex().upper()
        return " ".join(text[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True)
class Sealed:
    """What the database keeps of a text."""

    ciphertext: bytes
    wrapped: bytes


def new_secret(key_id: UUID, unit_id: UUID) -> UnitSecret:
    """Draw a key for a unit."""
    return UnitSecret(key_id, unit_id, secrets.token_bytes(KEY_BYTES))


@sensitive_variables()
def seal(text: str, place: Place, secret: UnitSecret) -> Sealed:
    """Put a text into an envelope that opens at this place only."""
    _fits(place, secret)
    data_key = secrets.token_bytes(KEY_BYTES)
    ciphertext = _lock(data_key, _padded(text.encode()), place.bound(b"text"))
    return Sealed(ciphertext, _lock(secret.material, data_key, place.bound(b"key", secret.key_id)))


@sensitive_variables()
def unseal(sealed: Sealed, place: Place, secret: UnitSecret) -> str:
    """Return the text, or raise Unopened without saying a word of it."""
    _fits(place, secret)
    data_key = _unlock(secret.material, sealed.wrapped, place.bound(b"key", secret.key_id))
    return _unpadded(_unlock(data_key, sealed.ciphertext, place.bound(b"text"))).decode()


@sensitive_variables()
def wrap_anew(wrapped: bytes, place: Place, *, old: UnitSecret, new: UnitSecret) -> bytes:
    """Wrap a data key with the unit's next key; the text itself is not opened for it."""
    _fits(place, old)
    _fits(place, new)
    data_key = _unlock(old.material, wrapped, place.bound(b"key", old.key_id))
    return _lock(new.material, data_key, place.bound(b"key", new.key_id))


def _fits(place: Place, secret: UnitSecret) -> None:
    if place.unit_id != secret.unit_id:
        raise Unopened(_unopened())


@sensitive_variables()
def _lock(key: bytes, content: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, content, bound)


@sensitive_variables()
def _unlock(key: bytes, envelope: bytes, bound: bytes) -> bytes:
    head = len(_VERSION)
    if envelope[:head] != _VERSION or len(envelope) < head + NONCE_BYTES + 16:
        raise Unopened(_unopened())
    try:
        return AESGCM(key).decrypt(envelope[head : head + NONCE_BYTES], envelope[head + NONCE_BYTES :], bound)
    except InvalidTag:
        raise Unopened(_unopened()) from None


@sensitive_variables()
def _padded(content: bytes) -> bytes:
    """Length first, then the text, then zeros up to the next step."""
    framed = len(content).to_bytes(4, "big") + content
    return framed + b"\x00" * (-len(framed) % STEP)


@sensitive_variables()
def _unpadded(framed: bytes) -> bytes:
    return framed[4 : 4 + int.from_bytes(framed[:4], "big")]


def _unopened() -> str:
    return _(
        "Dieser Vermerk lässt sich nicht öffnen: Er passt nicht zu seinem Schlüssel, oder er wurde außerhalb "
        "des Programms verändert. Bitte melden Sie das der technischen Administration und der "
        "Datenschutzbeauftragten."
    )
