"""Units with their telephone and their posts: from a figure one calls a unit, never a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from stafette.accounts.models import Post, Unit


@dataclass(frozen=True)
class UnitName:
    """What a figure says about a unit: how it is called, where it is reached, how many full-time posts it has."""

    pk: UUID
    code: str
    name: str
    short: str
    phone: str = ""
    contact: str = ""
    fte: Decimal | None = None


def unit_names() -> dict[UUID, UnitName]:
    """All units with the contact post's telephone and the sum of full-time posts, in one query."""
    facts = ("pk", "code", "name", "short_name", "phone")
    posts = ("posts__duty", "posts__title", "posts__phone", "posts__fte")
    found: dict[UUID, UnitName] = {}
    for *unit, duty, title, phone, fte in Unit.objects.order_by("posts__code").values_list(*facts, *posts):
        known = found.get(unit[0]) or UnitName(*unit)
        if duty == Post.Duty.CONTACT and not known.contact:
            known = replace(known, contact=title, phone=phone or known.phone)
        found[unit[0]] = replace(known, fte=(known.fte or Decimal(0)) + fte) if fte else known
    return found
