"""A file between preview and taking over: kept for an hour for whoever brought it, on the server, packed."""

from __future__ import annotations

import secrets
import zlib
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput

SECONDS = 3600


@dataclass(frozen=True)
class Waiting:
    """A file that was looked at, with what was said about it."""

    content: bytes
    origin: str
    provider: str


def leave(owner: UUID, waiting: Waiting) -> str:
    """Keep a file; return the ticket for it."""
    ticket = secrets.token_urlsafe(24)
    packed = zlib.compress(waiting.content, 6)
    cache.set(_key(owner, ticket), (packed, waiting.origin, waiting.provider), timeout=SECONDS)
    return ticket


def fetch(owner: UUID, ticket: str) -> Waiting:
    """The file to a ticket of the same person; BadInput where it is no longer there."""
    found = cache.get(_key(owner, ticket))
    if found is None:
        raise BadInput(
            _("Die Vorschau ist älter als eine Stunde. Bitte laden Sie die Datei noch einmal hoch.")
        )
    packed, origin, provider = found
    return Waiting(zlib.decompress(packed), origin, provider)


def drop(owner: UUID, ticket: str) -> None:
    """Throw the file away."""
    cache.delete(_key(owner, ticket))


def _key(owner: UUID, ticket: str) -> str:
    return f"exchange:{owner}:{ticket}"
