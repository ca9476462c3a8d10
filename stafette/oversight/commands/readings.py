"""Say why one opens a file in which nothing is going on."""

from __future__ import annotations

from uuid import UUID

from stafette.audit.models import Reading
from stafette.audit.reading import explain
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to


@command
def give_reason(*, actor: Actor, household_id: UUID, reason: str, text: str = "") -> Reading:
    """Keep the reason with the reading; it opens this file for the rest of the day and is shown to the officer."""
    household = households_visible_to(actor).only("pk", "unit_id").get(pk=household_id)
    actor.require(Permission.PERSON_VIEW, unit=household.unit_id)
    reading = explain(
        actor, household_id=household_id, unit_id=household.unit_id, page="oversight:why", reason=reason,
        text=text,
    )  # fmt: skip
    record(actor, "reading.explained", household, unit=household.unit_id, about=household_id, reason=reason)
    return reading
