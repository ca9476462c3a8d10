"""Questions about what may travel, who agreed, and what travelled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.protection import flow
from stafette.protection.access import consents_visible_to, disclosures_visible_to
from stafette.protection.data import Decision, Occasion, Party
from stafette.protection.flow import FlowRule
from stafette.protection.models import Consent, ConsentPerson, Declaration, Disclosure


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
    running = Q(expires_on=None) | Q(expires_on__gt=on)
    bound = Declaration.objects.filter(running, unit=unit.pk, given_on__lte=on).exists()
    return Party(unit.kind, is_public=False, is_bound=bound)


def decide(
    *,
    sender: UnitLike,
    receiver: UnitLike,
    finding_code: str,
    categories: Collection[str],
    on: date | None = None,
    occasion: Occasion = Occasion.INITIATIVE,
) -> Decision:
    """Say what of these categories may go from one unit to another on that day, and why."""
    day = on or today()
    return flow.decide(
        party_of(sender, on=day),
        party_of(receiver, on=day),
        finding_code=finding_code,
        categories=categories,
        on=day,
        occasion=occasion,
    )


def decide_outside(
    *,
    sender: UnitLike,
    receiver: Party,
    finding_code: str,
    categories: Collection[str],
    on: date | None = None,
) -> Decision:
    """Say the same for a receiver that is no unit: a partner as the flow rules see it."""
    day = on or today()
    return flow.decide(
        party_of(sender, on=day), receiver, finding_code=finding_code, categories=categories, on=day
    )


def running_rules(*, on: date | None = None) -> list[FlowRule]:
    """The rules that hold on that day, in the order of the matrix."""
    day = on or today()
    return [rule for rule in flow.flow_rules() if rule.head.holds_on(day)]


def consents_of(*, actor: Actor, household_id: UUID) -> QuerySet[Consent]:
    """All consents of a household, also ended ones, the newest first, with the people they are about."""
    people = Prefetch("people", queryset=ConsentPerson.objects.select_related("person"))
    found = consents_visible_to(actor).filter(household=household_id).select_related("receiver", "household")
    return found.prefetch_related(people)


@dataclass(frozen=True)
class Coverage:
    """Who agreed to what towards one receiver: per person the categories, and the consents that say so."""

    by_person: dict[UUID, frozenset[str]]
    consents: tuple[Consent, ...]

    def categories(self, persons: Collection[UUID]) -> frozenset[str]:
        """What at least one of these persons agreed to."""
        return frozenset().union(*(self.by_person.get(person, frozenset()) for person in persons))


def coverage(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID,
    receiver_id: UUID | None = None,
    outsider_id: UUID | None = None,
    on: date | None = None,
) -> Coverage:
    """Put the consents together that hold on that day: withdrawn and lapsed ones count for nothing.

    They were given to one receiver: a unit, or a partner outside.
    """
    day = on or today()
    found = consents_visible_to(actor).filter(
        unit=unit_id,
        household=household_id,
        receiver=receiver_id,
        outsider_id=outsider_id,
        withdrawn_at=None,
        given_on__lte=day,
        expires_on__gt=day,
    )
    consents = tuple(found.prefetch_related("people"))
    covered: dict[UUID, frozenset[str]] = {}
    for consent in consents:
        for row in consent.people.all():
            if row.part == ConsentPerson.Part.SUBJECT:
                before = covered.get(row.person_id, frozenset())
                covered[row.person_id] = before | frozenset(consent.categories)
    return Coverage(covered, consents)


def disclosures(*, actor: Actor) -> QuerySet[Disclosure]:
    """What the actor's units passed on, newest first."""
    return disclosures_visible_to(actor).select_related("unit", "receiver").order_by("-at", "-id")


def consent_by_id(*, actor: Actor, consent_id: UUID) -> Consent:
    """One consent with its people; raises Consent.DoesNotExist where the actor may see none such."""
    return consents_visible_to(actor).prefetch_related("people").get(pk=consent_id)


def people_of(consent: Consent) -> list[ConsentPerson]:
    """Whom a consent is about and who gave it, as they stand in it."""
    return list(consent.people.select_related("person").order_by("-part", "person__birth_year"))


def filtered_disclosures(rows: QuerySet[Disclosure], values: dict[str, Any]) -> QuerySet[Disclosure]:
    """Narrow the log by ground, number and day."""
    if values.get("mode"):
        rows = rows.filter(mode=values["mode"])
    if values.get("reference"):
        rows = rows.filter(reference__iexact=values["reference"].strip())
    if values.get("since"):
        rows = rows.filter(at__date__gte=values["since"])
    return rows
