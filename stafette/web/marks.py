"""A word that a room adds to rows of another room's list; filled in config/wiring.py, like panels.

    marks.register("account", bounce_marks)       # only in config/wiring.py

    def bounce_marks(ids: Collection[UUID]) -> Mapping[UUID, Any]: ...

A maker is asked once for all rows of a list, never row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

MarkMaker = Callable[[Collection[UUID]], Mapping[UUID, Any]]

_makers: dict[str, list[MarkMaker]] = {}


def register(place: str, maker: MarkMaker) -> None:
    """Let a room mark rows of a list ("account"); naming it twice changes nothing."""
    makers = _makers.setdefault(place, [])
    if maker not in makers:
        makers.append(maker)


def marks_for(place: str, ids: Collection[UUID]) -> dict[UUID, list[Any]]:
    """Return the words for these rows, only for those that have any."""
    found: dict[UUID, list[Any]] = {}
    for maker in _makers.get(place, []):
        for one, word in maker(ids).items():
            found.setdefault(one, []).append(word)
    return found
