"""Files with people in them: whoever keeps the proof of disclosures is told before a list leaves as XLSX.

    exports.register(list_was_exported)     # only in config/wiring.py, so that this floor knows no room above

A listener that raises stops the file: what cannot be proven does not leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.rows import owners_of


class Listener(Protocol):
    """What a room registers: `counted` says how many rows of which unit are in the file."""

    def __call__(self, *, actor: Actor, name: str, title: str, counted: Mapping[UUID, int]) -> None:
        """Keep the proof, or raise."""


_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Let a room know of every list that leaves; naming it twice changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(actor: Actor, *, name: str, title: str, rows: Iterable[Any]) -> None:
    """Say that these rows leave as a file: counted per unit through which the actor sees them."""
    counted: Counter[UUID] = Counter()
    for row in rows:
        if (unit := unit_of(actor, row)) is not None:
            counted[unit] += 1
    for listener in _listeners:
        listener(actor=actor, name=name, title=title, counted=counted)


def unit_of(actor: Actor, row: Any) -> UUID | None:
    """The unit of the actor in whose books the row stands, or None for rows that belong to nobody."""
    for owner in owners_of(type(row)):
        unit: UUID | None = getattr(row, row._meta.get_field(owner.column).attname)
        views = owner.view if isinstance(owner.view, tuple) else (owner.view,)
        if unit is not None and any(actor.may(view, unit=unit) for view in views):
            return unit
    return None
