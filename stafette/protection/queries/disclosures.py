"""What was passed on, to whom, on which ground."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from stafette.kernel.actor import Actor
from stafette.protection.access import disclosures_visible_to
from stafette.protection.models import Disclosure


def disclosures(*, actor: Actor) -> QuerySet[Disclosure]:
    """What the actor's units passed on, newest first."""
    return disclosures_visible_to(actor).select_related("unit", "receiver").order_by("-at", "-id")


def filtered_disclosures(rows: QuerySet[Disclosure], values: dict[str, Any]) -> QuerySet[Disclosure]:
    """Narrow the log by way, ground, rule, receiver, number and period."""
    for name in ("kind", "mode", "rule"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    if wanted := (values.get("receiver") or "").strip():
        named = Q(receiver__name__icontains=wanted) | Q(receiver__short_name__icontains=wanted)
        rows = rows.filter(named | Q(outsider_name__icontains=wanted))
    if values.get("reference"):
        rows = rows.filter(reference__iexact=values["reference"].strip())
    if values.get("since"):
        rows = rows.filter(at__date__gte=values["since"])
    if values.get("until"):
        rows = rows.filter(at__date__lte=values["until"])
    return rows
