"""The secret of a link: drawn for the mail, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Draw 256 random bits as they stand in the address of a link."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token, and what a look-up compares."""
    return hashlib.sha256(token.encode()).hexdigest()
