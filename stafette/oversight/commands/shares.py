"""Give each unit the list of its own people whom a breach concerns; note whom it told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.queries import caseworkers_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.oversight.models import Breach, BreachShare, Concerned
from stafette.oversight.queries.officers import heads_of

FIND = "select * from oversight_concern(%s, %s::uuid[], %s::uuid, %s::uuid, %s, %s, %s, %s::uuid[])"


@dataclass(frozen=True)
class Wanted:
    """The question by which people are found; names stand neither in it nor in what it answers the officer."""

    question: str
    units: Sequence[UUID]
    since: datetime
    until: datetime
    account_id: UUID | None = None
    receiver_id: UUID | None = None
    street: str = ""

    def counts(self, shares: Sequence[UUID] = ()) -> dict[UUID, tuple[int, int]]:
        """Per unit how many households and people; with shares, these are kept for the units to tell."""
        with connection.cursor() as cursor:
            cursor.execute(
                FIND,
                [
                    self.question, list(self.units), self.account_id, self.receiver_id, self.street,
                    self.since, self.until, list(shares),
                ],
            )  # fmt: skip
            return {unit: (households, people) for unit, households, people in cursor.fetchall()}

    @property
    def asked(self) -> dict[str, str]:
        """What is kept of the question: ids and days; the street is a place, not a person."""
        said = {
            "since": self.since,
            "until": self.until,
            "account": self.account_id,
            "receiver": self.receiver_id,
        }
        return {name: str(value) for name, value in said.items() if value} | (
            {"street": self.street} if self.street else {}
        )


@command
def share_breach(*, actor: Actor, breach_id: UUID, wanted: Wanted) -> list[BreachShare]:
    """Find whom the breach concerns and give each unit the list of its own people.

    The officer learns how many they are. Who they are stands only in the unit's books, seen by its caseworkers,
    who are told that there is a list.
    """
    breach = Breach.objects.select_for_update(of=("self",)).get(pk=breach_id)
    actor.require(Permission.BREACH_EDIT, unit=breach.unit_id)
    found = wanted.counts()
    if not found:
        raise BadInput(_("Zu dieser Frage gibt es niemanden. Ändern Sie Zeit, Stelle oder Merkmal."))
    shares = [
        BreachShare(
            breach=breach, unit_id=unit, question=wanted.question, asked=wanted.asked,
            letter=breach.letter_facts, households=households, people=people, made_by_id=actor.id,
        )
        for unit, (households, people) in sorted(found.items())
    ]  # fmt: skip
    BreachShare.objects.bulk_create(shares)
    wanted.counts([share.pk for share in shares])
    breach.units = sorted({*breach.units, *found})
    breach.save(update_fields=["units"])
    for share in shares:
        record(
            actor, "breach.shared", share, unit=share.unit_id,
            number=breach.number, households=share.households, people=share.people,
        )  # fmt: skip
    notify(actor, [note for share in shares for note in _notes(breach, share)])
    return shares


@command
def tell_household(*, actor: Actor, concerned_id: UUID) -> Concerned:
    """Note that a household was told of the breach (Art. 34 GDPR)."""
    concerned = Concerned.objects.select_for_update(of=("self",)).get(pk=concerned_id)
    actor.require(Permission.PERSON_EDIT, unit=concerned.unit_id)
    concerned.told_at, concerned.told_by_id = now(), actor.id
    concerned.save(update_fields=["told_at", "told_by"])
    record(actor, "breach.household_told", concerned, unit=concerned.unit_id, about=concerned.household_id)
    return concerned


def _notes(breach: Breach, share: BreachShare) -> list[NoteData]:
    told = list(caseworkers_of(share.unit_id).values_list("pk", flat=True))
    told += [user for user, _unit in heads_of([share.unit_id])]
    return [
        NoteData(
            user_id=user, unit_id=share.unit_id, kind="breach_list", reference=breach.number,
            path=reverse("oversight:share", args=[share.pk]), key=f"breach-share-{share.pk}-{user}",
        )
        for user in dict.fromkeys(told)
    ]  # fmt: skip
