"""Keeping the search index in line with the entries: called by the commands that change one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID


def reindex(service_ids: Iterable[UUID]) -> None:
    """Write the search rows of these services anew."""
