"""Sections that a room adds to another room's page; filled in config/wiring.py, so that rooms stay blind to each other.

    panels.register("household", referrals_panel, order=20)       # only in config/wiring.py

    def referrals_panel(*, actor: Actor, subject_id: UUID) -> Panel | None: ...

A panel is a template with its context. None means that the actor has nothing to see there: no empty heading either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from stafette.kernel.actor import Actor


@dataclass(frozen=True)
class Panel:
    """A section of a page: `template` is printed with `context` under an h2 with this title."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


class PanelMaker(Protocol):
    """What a room registers: it looks with the actor's eyes and answers for one record."""

    def __call__(self, *, actor: Actor, subject_id: UUID) -> Panel | None:
        """Return the section, or None where there is nothing to show."""


_makers: dict[str, list[tuple[int, PanelMaker]]] = {}


def register(place: str, maker: PanelMaker, *, order: int) -> None:
    """Let a room add a section to a place ("household", "person"); naming it twice changes nothing."""
    makers = _makers.setdefault(place, [])
    if maker not in [known for _order, known in makers]:
        makers.append((order, maker))
        makers.sort(key=lambda pair: pair[0])


def panels_for(place: str, *, actor: Actor, subject_id: UUID) -> list[Panel]:
    """Return the sections for one record, in their order."""
    made = [maker(actor=actor, subject_id=subject_id) for _order, maker in _makers.get(place, [])]
    return [panel for panel in made if panel is not None]
