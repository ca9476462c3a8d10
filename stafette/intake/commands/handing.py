"""Who leads a talk that is not finished yet."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.intake.models import Interview
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission


@command
def hand_over_talks(*, actor: Actor, unit_id: UUID, new_holders: Mapping[UUID, UUID]) -> int:
    """Give talks that are not finished to whoever leads them from now on; a finished one keeps its name."""
    actor.require(Permission.UNIT_ADMIN, unit=unit_id)
    drafts = Interview.objects.filter(unit=unit_id, state=Interview.State.DRAFT)
    count = 0
    for holder in set(new_holders.values()):
        talks = [talk for talk, new in new_holders.items() if new == holder]
        count += drafts.filter(pk__in=talks).update(led_by_id=holder)
    if count:
        record(actor, "interview.handed_over", Unit.objects.get(pk=unit_id), unit=unit_id, count=count)
    return count
