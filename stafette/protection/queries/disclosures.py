"""What was passed on, to whom, on which ground."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.protection.access import disclosures_visible_to
from stafette.protection.models import Disclosure


def disclosures(*, actor: Actor) -> QuerySet[Disclosure]:
    """What the actor's units passed on, newest first."""
    return disclosures_visible_to(actor).select_related("unit", "receiver").order_by("-at", "-id")


def filtered_disclosures(rows: QuerySet[Disclosure], values: dict[str, Any]) -> QuerySet[Disclosure]:
    """Narrow the log by ground, number and day."""
    if values.get("mode"):
        rows = rows.filter(mode=values["mode"])
    if values.get("reference"):
        rows = rows.filter(reference__iexact=values["reference"].strip())
    if values.get("since"):
        rows = rows.filter(at__date__gte=values["since"])
    return rows
