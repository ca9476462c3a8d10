"""What a unit received about a household: asked of the rooms above, so that this floor knows none of them.

register_received(received_about)     # only in config/wiring.py
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from stafette.kernel.actor import Actor


@dataclass(frozen=True)
class Received:
    """One thing that came from another unit, as the sender's rule let it through; never its content."""

    at: datetime
    number: str
    sender_id: UUID
    sender: str
    purpose: str
    mode: str
    norm: str
    categories: Sequence[str]
    person_ids: frozenset[UUID]


class ReceivedSource(Protocol):
    """What a room registers; `person_ids` is empty where nobody can tell whom of the household it is about."""

    def __call__(self, *, actor: Actor, household_id: UUID) -> list[Received]:
        """Look with the actor's eyes."""


_sources: list[ReceivedSource] = []


def register_received(source: ReceivedSource) -> None:
    """Let a room tell what came; naming it twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def received_about(*, actor: Actor, household_id: UUID) -> list[Received]:
    """All that came from other units for this household, the newest first."""
    found = [one for source in _sources for one in source(actor=actor, household_id=household_id)]
    return sorted(found, key=lambda one: one.at, reverse=True)
