"""What may travel from whom to whom, asked of the flow rules of a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from stafette.kernel.clock import today
from stafette.protection import flow
from stafette.protection.data import Decision, Occasion, Party
from stafette.protection.flow import FlowRule
from stafette.protection.queries.declarations import is_bound


class AuthorityLike(Protocol):
    """The legal body behind a unit."""

    @property
    def is_public(self) -> bool:
        """Tell whether it belongs to the public service."""
        ...


class UnitLike(Protocol):
    """What a decision needs to know about a unit."""

    @property
    def pk(self) -> UUID:
        """Name the unit."""
        ...

    @property
    def kind(self) -> str:
        """Name its kind as the matrix does."""
        ...

    @property
    def authority(self) -> AuthorityLike:
        """Give the legal body behind it."""
        ...


def party_of(unit: UnitLike, *, on: date) -> Party:
    """How the flow rules see a unit on that day; only bodies outside the public service cost a query."""
    if unit.authority.is_public:
        return Party(unit.kind)
    return Party(unit.kind, is_public=False, is_bound=is_bound(unit.pk, on=on))


def decide(
    *,
    sender: UnitLike,
    receiver: UnitLike,
    finding_code: str,
    categories: Collection[str],
    on: date | None = None,
    occasion: Occasion = Occasion.INITIATIVE,
    given: Collection[str] = (),
) -> Decision:
    """Say what of these categories may go from one unit to another on that day, and why.

    `given` names the conditions that are fulfilled (reasons noted, second person), where the rule asks for them.
    """
    day = on or today()
    return flow.decide(
        party_of(sender, on=day),
        party_of(receiver, on=day),
        finding_code=finding_code,
        categories=categories,
        on=day,
        occasion=occasion,
        given=given,
    )


def decide_outside(
    *,
    sender: UnitLike,
    receiver: Party,
    finding_code: str,
    categories: Collection[str],
    on: date | None = None,
    occasion: Occasion = Occasion.INITIATIVE,
    given: Collection[str] = (),
    request: flow.Request | None = None,
) -> Decision:
    """Say the same for a receiver that is no unit: a partner or an authority as the flow rules see it."""
    day = on or today()
    return flow.decide(
        party_of(sender, on=day),
        receiver,
        finding_code=finding_code,
        categories=categories,
        on=day,
        occasion=occasion,
        given=given,
        request=request,
    )


def running_rules(*, on: date | None = None) -> list[FlowRule]:
    """The rules that hold on that day, in the order of the matrix."""
    day = on or today()
    return [rule for rule in flow.flow_rules() if rule.head.holds_on(day)]
