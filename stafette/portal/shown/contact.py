"""Whom to ask: the unit of the town that keeps these pages, as it stands in the blueprint."""

from __future__ import annotations

from dataclasses import dataclass

from stafette.portal import queries
from stafette.portal.shown.services import dial


@dataclass(frozen=True)
class Contact:
    """A unit with its way to reach it."""

    authority: str
    land: str
    name: str
    place: str
    phone: str
    dial: str
    email: str


def contact() -> Contact | None:
    """The unit that coordinates; None before a blueprint was applied."""
    town = queries.here()
    if town is None:
        return None
    unit = town.coordination
    return Contact(
        unit.authority.name,
        unit.authority.land,
        unit.name,
        unit.place,
        unit.phone,
        dial(unit.phone),
        unit.email,
    )
