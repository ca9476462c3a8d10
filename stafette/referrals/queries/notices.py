"""Who was told that a thing is due or late: step, unit and day, never the name of whoever was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from stafette.kernel.actor import Actor
from stafette.referrals.access import notices_visible_to


@dataclass(frozen=True)
class ToldOnce:
    """One step of one date: what was done, which unit was told, on which day."""

    step: str
    unit: str
    told_on: date
    due_on: date


def notices_of(*, actor: Actor, thing_id: UUID) -> list[ToldOnce]:
    """What the actor's unit was told, or what was told about it, the latest first."""
    found = notices_visible_to(actor).filter(thing_id=thing_id).select_related("told_unit")
    return [
        ToldOnce(
            step=str(notice.get_step_display()),
            unit=notice.told_unit.name,
            told_on=timezone.localtime(notice.created_at).date(),
            due_on=notice.due_on,
        )
        for notice in found.order_by("-created_at", "-step")
    ]
