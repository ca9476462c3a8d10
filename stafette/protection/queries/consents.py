"""Who agreed to what towards whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.protection.access import consents_visible_to
from stafette.protection.kinds import Kind
from stafette.protection.models import Consent, ConsentPerson


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

    They were given to one receiver: a unit, or a partner outside. Only consent to pass data on counts: a release
    from professional secrecy, or an agreement to anything else, is none.
    """
    day = on or today()
    found = consents_visible_to(actor).filter(
        unit=unit_id,
        household=household_id,
        receiver=receiver_id,
        outsider_id=outsider_id,
        kind=Kind.DATA,
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


def releases(
    *,
    actor: Actor,
    household_id: UUID,
    receiver_id: UUID | None = None,
    outsider_id: UUID | None = None,
    on: date | None = None,
) -> QuerySet[Consent]:
    """Releases from professional secrecy towards one body that hold on that day (§ 203 StGB); they move no data."""
    day = on or today()
    return consents_visible_to(actor).filter(
        household=household_id,
        receiver=receiver_id,
        outsider_id=outsider_id,
        kind=Kind.SECRECY,
        withdrawn_at=None,
        given_on__lte=day,
        expires_on__gt=day,
    )


def consent_by_id(*, actor: Actor, consent_id: UUID) -> Consent:
    """One consent with its people; raises Consent.DoesNotExist where the actor may see none such."""
    return consents_visible_to(actor).prefetch_related("people").get(pk=consent_id)


def people_of(consent: Consent) -> list[ConsentPerson]:
    """Whom a consent is about and who gave it, as they stand in it."""
    return list(consent.people.select_related("person").order_by("-part", "person__birth_year"))
