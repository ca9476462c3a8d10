"""Questions about hints."""

from typing import Any

from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.properties.access import visible_to
from stafette.properties.models import Hint


def hints(*, actor: Actor) -> QuerySet[Hint]:
    """Hints of the actor's units, the most urgent first."""
    return visible_to(actor).select_related("responsible").order_by("due_on", "id")


def filtered(rows: QuerySet[Hint], values: dict[str, Any]) -> QuerySet[Hint]:
    """Narrow the list; without a state only what is not closed."""
    state = values.get("state", "")
    if state == "":
        rows = rows.exclude(state=Hint.State.CLOSED)
    elif state != "all":
        rows = rows.filter(state=state)
    if values.get("indication"):
        rows = rows.filter(indication=values["indication"])
    if values.get("street"):
        rows = rows.filter(street__istartswith=values["street"].strip())
    return rows


def hints_at_address(*, actor: Actor, hint: Hint) -> QuerySet[Hint]:
    """Other hints about the same house, the newest first."""
    same = hints(actor=actor).filter(street=hint.street, house_number=hint.house_number, town=hint.town)
    return same.exclude(pk=hint.pk).order_by("-received_on", "-id")[:20]
