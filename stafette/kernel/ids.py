"""Identifiers that sort by time, so that indices stay small and a page can start after a row."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a random identifier of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | (7 << 76) | (secrets.randbits(12) << 64) | (2 << 62) | secrets.randbits(62)
    return UUID(int=value)
