"""Secrets of a link: the token in the mail, and the proof that the code of the second channel was given."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.core import signing

TOKEN_BYTES = 32
PROOF_SECONDS = 1800
_SALT = "stafette.partners.code"


def new_token() -> str:
    """Draw 256 random bits as they stand in the address of a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    """What is kept of a token, and what a look-up compares."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Draw six digits for the telephone or a letter."""
    return f"{secrets.randbelow(1_000_000):06d}"


def proof_of(request_id: UUID, code_hash: str) -> str:
    """Sign that the code was right, for half an hour; a new code makes it worthless."""
    return signing.dumps([str(request_id), digest_of(code_hash)], salt=_SALT)


def proves(proof: str, request_id: UUID, code_hash: str) -> bool:
    """Tell whether a proof is ours, fresh, and for the code that holds now."""
    if not code_hash:
        return False
    try:
        found = signing.loads(proof, salt=_SALT, max_age=PROOF_SECONDS)
    except signing.BadSignature:
        return False
    return bool(found == [str(request_id), digest_of(code_hash)])
