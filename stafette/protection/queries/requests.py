"""Requests of other authorities and what the rule says about each."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from stafette.accounts.models import Unit
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.people.queries import households
from stafette.protection.data import Decision, Occasion, Party
from stafette.protection.flow import Request, flow_rules
from stafette.protection.models import DisclosureRequest
from stafette.protection.queries.deciding import decide_outside


def asked_of(*, actor: Actor) -> QuerySet[DisclosureRequest]:
    """Requests that the actor's units took in."""
    return rows.visible(DisclosureRequest, actor).select_related("unit__authority", "decided_by", "taken_by")


def would_tell(request: DisclosureRequest) -> Decision:
    """What the head could tell today, and why or why not."""
    return decide_outside(
        sender=request.unit,
        receiver=Party(request.body_kind),
        finding_code="",
        categories=request.categories,
        occasion=Occasion.REQUEST,
        request=Request(request.dated_on, has_reason=bool(request.justification), by_head=True),
    )


def bodies() -> list[str]:
    """Who may ask at all: the receivers of the rules that answer requests, and the authority that gets nothing."""
    found = [kind for rule in flow_rules() if rule.mode == "request" for kind in sorted(rule.receivers)]
    return list(dict.fromkeys([*found, "BEH"]))


def household_choices(*, actor: Actor, unit_id: UUID) -> list[tuple[str, str]]:
    """Households of the unit, where the actor sees any."""
    found = households(actor=actor).filter(unit=unit_id).order_by("label")
    return [(str(one.pk), one.label) for one in found[:500]]


def units_taking(*, actor: Actor, permissions: tuple[Permission, ...]) -> list[Unit]:
    """Units in which the actor may take a request in."""
    ids = {unit for one in permissions for unit in actor.units(one)}
    return list(Unit.objects.filter(pk__in=ids).order_by("name"))
