"""What lies open on someone's desk, asked of every room without knowing any of them.

A room that has open things of a user registers them in config/wiring.py:

    handover.register(OpenThings("referrals", _("Übergaben"), needs=(P.REFERRAL_VIEW,), count=…, move=…))

`needs` are the permissions that counting and moving ask for in the unit; whoever administers the unit gets them for
this one step only, and sees a number, never a record.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting


@dataclass(frozen=True)
class OpenThings:
    """A kind of open things. `move` gives those of one user in one unit to a colleague and returns how many."""

    code: str
    label: Any
    needs: tuple[Permission, ...]
    count: Callable[[UUID, UUID], int]  # (user, unit)
    move: Callable[[Actor, UUID, UUID, UUID], int]  # (actor, from user, to user, unit)


@dataclass(frozen=True)
class Pile:
    """How many open things of one kind someone has in one unit."""

    things: OpenThings
    count: int


_registered: dict[str, OpenThings] = {}


def register(things: OpenThings) -> None:
    """Enter a kind of open things; the same code again replaces it."""
    _registered[things.code] = things


def piles(*, actor: Actor, user_id: UUID, unit_id: UUID) -> list[Pile]:
    """Count what lies open, kind by kind; kinds of which there is nothing are left out."""
    found = []
    for things in _registered.values():
        with acting(_granted(actor, things, unit_id)):
            found.append(Pile(things, things.count(user_id, unit_id)))
    return [pile for pile in found if pile.count]


def move_all(*, actor: Actor, from_id: UUID, to_id: UUID, unit_id: UUID) -> dict[str, int]:
    """Give everything to the colleague; returns how many per kind. For commands only."""
    moved = {}
    for things in _registered.values():
        granted = _granted(actor, things, unit_id)
        with acting(granted):
            moved[things.code] = things.move(granted, from_id, to_id, unit_id)
    return {code: count for code, count in moved.items() if count}


def _granted(actor: Actor, things: OpenThings, unit_id: UUID) -> Actor:
    return actor.with_grants(*((permission, unit_id) for permission in things.needs))
