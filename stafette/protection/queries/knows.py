"""Who knows what about one person, as far as this unit passed it on or received it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.people.access import households_visible_to
from stafette.people.access import visible_to as persons_visible_to
from stafette.people.models import Household, Person
from stafette.people.queries import current_members
from stafette.protection import ages
from stafette.protection.access import consents_visible_to, disclosures_visible_to
from stafette.protection.data import INTERNAL, Channel
from stafette.protection.knowing import received_about
from stafette.protection.models import Consent, ConsentPerson, Disclosure


@dataclass(frozen=True)
class Step:
    """One line of the sheet: when, which way, from whom to whom, what, what for, on which ground."""

    at: datetime
    kind: str
    sender: str
    receiver: str
    purpose: str
    mode: str
    norm: str
    categories: tuple[str, ...]
    opened_at: datetime | None = None


@dataclass(frozen=True)
class Known:
    """All that a sheet tells one person; `unclear` where something came that may be about somebody else."""

    person: Person
    unit: Unit
    passed: list[Step] = field(default_factory=list)
    received: list[Step] = field(default_factory=list)
    unclear: bool = False
    printed: list[Step] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)


def is_minor(person: Person) -> bool:
    """Tell whether somebody is a child today."""
    return ages.is_minor(person.birth, today())


def people_in(*, actor: Actor, household_id: UUID) -> list[Person]:
    """Who lives there now, adults first."""
    found = [member.person for member in current_members(actor=actor).filter(household=household_id)]
    return sorted(found, key=is_minor)


def household_for(*, actor: Actor, household_id: UUID) -> Household | None:
    """The household with its unit, where the actor may see it."""
    rows = households_visible_to(actor).select_related("unit__authority")
    return rows.filter(pk=household_id).first()


def known_about(*, actor: Actor, household: Household, person: Person) -> Known:
    """Put the log, what came, and the consents together for one person alone.

    What is told about the others in the household stays out, also what only the others agreed to: whoever lives under
    pressure must be able to ask without the others learning of it, and the other way round (domain.md 13.2).
    """
    people = persons_visible_to(actor).filter(Q(pk=person.pk) | Q(merged_into=person.pk))
    ids = set(people.values_list("pk", flat=True))
    log = _log(actor, household, ids)
    passed, printed = _steps(log)
    received, unclear, senders = _received(actor, household, person, ids)
    subject = ConsentPerson.objects.filter(person__in=ids).values("consent")
    consents = consents_visible_to(actor).filter(pk__in=subject).select_related("receiver")
    return Known(
        person=person,
        unit=household.unit,
        passed=passed,
        received=received,
        unclear=unclear,
        printed=printed,
        consents=list(consents.order_by("-given_on", "-id")),
        others=_others(log, senders, household.unit_id),
    )


def _log(actor: Actor, household: Household, ids: set[UUID]) -> list[Disclosure]:
    """The entries that name the person; old ones name nobody: they count where the consent does not name others."""
    named = Q(people__person__in=ids)
    nobody = Q(people=None, household=household.pk, person_count__gt=0)
    agreed = Q(consent=None) | Q(consent__people__person__in=ids)
    rows = disclosures_visible_to(actor).filter(unit=household.unit_id).filter(named | (nobody & agreed))
    found = rows.select_related("unit", "receiver").prefetch_related(Prefetch("people"))
    return list(found.distinct().order_by("-at", "-id"))


def _steps(log: list[Disclosure]) -> tuple[list[Step], list[Step]]:
    opened: dict[str, datetime] = {}
    for row in reversed(log):
        if row.kind == Channel.LINK:
            opened.setdefault(row.reference, row.at)
    passed = [
        _step(row, opened.get(row.reference) if row.kind == Channel.QUESTION else None)
        for row in log
        if row.kind not in INTERNAL and row.kind != Channel.LINK
    ]
    return passed, [_step(row) for row in log if row.kind in (Channel.LETTER, Channel.PRINT)]


def _step(row: Disclosure, opened_at: datetime | None = None) -> Step:
    receiver = "" if row.is_internal else row.receiver.name if row.receiver else row.outsider_name
    return Step(
        *(row.at, row.kind, row.unit.name, receiver, row.purpose, row.mode, row.norm),
        tuple(row.categories),
        opened_at,
    )


def _received(
    actor: Actor, household: Household, person: Person, ids: set[UUID]
) -> tuple[list[Step], bool, list[UUID]]:
    """What came and is surely about this person; what cannot be told apart is only said to exist."""
    adults = [one for one in people_in(actor=actor, household_id=household.pk) if not is_minor(one)]
    alone = [one.pk for one in adults] == [person.pk]
    steps, unclear, senders = [], False, []
    for one in received_about(actor=actor, household_id=household.pk):
        if one.person_ids & ids or (not one.person_ids and alone):
            senders.append(one.sender_id)
            steps.append(
                Step(
                    *(one.at, Channel.REFERRAL, one.sender, household.unit.name),
                    *(one.purpose, one.mode, one.norm, tuple(one.categories)),
                )
            )
        elif not one.person_ids:
            unclear = True
    return steps, unclear, senders


def _others(log: list[Disclosure], senders: list[UUID], own: UUID) -> list[tuple[str, str]]:
    """Which other bodies have a file of their own, and how to reach them."""
    outside = [row for row in log if row.kind not in INTERNAL]
    wanted = {row.receiver_id for row in outside if row.receiver_id} | set(senders)
    units = Unit.objects.filter(pk__in=wanted - {own}).order_by("name")
    found = [(one.name, ", ".join(part for part in (one.phone, one.email) if part)) for one in units]
    return found + [(name, "") for name in dict.fromkeys(row.outsider_name for row in outside) if name]
