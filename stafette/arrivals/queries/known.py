"""What an arrival tells before anybody speaks with the people, so that the talk need not ask again."""

from typing import Any
from uuid import UUID

from stafette.arrivals.access import visible_to
from stafette.kernel.actor import Actor


def known_facts(actor: Actor, household_id: UUID) -> dict[str, Any]:
    """Facts of the household's newest arrival, by the codes of the talk's questions; empty where nothing is known."""
    arrival = visible_to(actor).filter(household=household_id).order_by("-created_at", "-id").first()
    if arrival is None:
        return {}
    moved_in = arrival.moved_in_on.isoformat() if arrival.moved_in_on else ""
    return {"arrived_on": moved_in, "came_from": arrival.came_from, "language": arrival.language}
