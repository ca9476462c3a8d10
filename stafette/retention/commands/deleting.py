"""Delete what is due, and what a person rightly asked to have deleted. All through the door of the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import home_unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import visible
from stafette.partners.models import PartnerRequest
from stafette.people.models import Household, Person
from stafette.referrals.models import Referral
from stafette.retention import door, marks
from stafette.retention.asked import Found, beside, homes_of, named
from stafette.retention.due import Due, held
from stafette.retention.kinds import Kind, kind_of

ON_REQUEST = "Art. 17"


@command
def delete_records(*, actor: Actor, kind: Kind, records: Sequence[Due], rule: str = "") -> int:
    """Delete records of one kind whose time is over, in one transaction; returns how many rows went.

    What is due was asked right before; the database lets nobody else change it meanwhile who does not hold PURGE.
    The log tells per unit how many went under which rule, never which.
    """
    if not records:
        return 0
    for owner in {one.unit_id for one in records if one.unit_id}:
        actor.require(Permission.PURGE, unit=owner)
    gone = door.delete(kind, records, lambda model: visible(model, actor), rule=rule)
    if kind.is_announced:
        for unit, count in Counter(one.unit_id for one in records).items():
            if unit is not None:
                subject = Unit.objects.get(pk=unit)
                record(
                    actor, "retention.deleted", subject, unit=unit, what=kind.label, rule=rule or kind.rule, count=count
                )  # fmt: skip
    return gone


@command
def erase_file(*, actor: Actor, household_id: UUID, rule: str = ON_REQUEST) -> int:
    """Delete a household's whole file at once: its persons, what hangs on them, and what was handed over from it.

    Art. 17 GDPR: the period no longer counts, a hold still does. Refused while something is open with others, who
    would be left with a baton in the air. What other units made their own stays theirs: they decide themselves.
    Raises RuleBroken with what is to be done.
    """
    # no lock: nobody but the door may change a row of a file here, and a row that is gone is gone
    household = visible(Household, actor).filter(pk=household_id).first()
    if household is None:
        return 0
    actor.require(Permission.PURGE, unit=household.unit_id)
    _refuse_held(kind_of("people.Household"), household_id)
    _refuse_open(household=household_id, received_household=household_id)
    found = beside(actor=actor, household=household)
    gone = _delete_found(actor, found, unit=household.unit_id, rule=rule)
    whole = [Due(household_id, household.unit_id, today(), today())]
    return gone + delete_records(actor=actor, kind=kind_of("people.Household"), records=whole, rule=rule)


@command
def erase_person(*, actor: Actor, person_id: UUID, rule: str = ON_REQUEST) -> int:
    """Delete one person with everything that hangs on them; the last one of a household takes the file along.

    What was handed over about this person goes whole, and so does every envelope that names them.
    """
    person = visible(Person, actor).filter(pk=person_id).first()
    if person is None:
        return 0
    actor.require(Permission.PURGE, unit=person.unit_id)
    _refuse_held(kind_of("people.Person"), person_id)
    alone, kept = homes_of(person)
    gone = sum(erase_file(actor=actor, household_id=home, rule=rule) for home in sorted(alone))
    if kept:
        about = named(actor=actor, person=person, homes=kept)
        gone += _delete_found(actor, about, unit=person.unit_id, rule=rule)
    whole = [Due(person_id, person.unit_id, today(), today())]
    if Person.objects.filter(pk=person_id).exists():
        gone += delete_records(actor=actor, kind=kind_of("people.Person"), records=whole, rule=rule)
    return gone


def _refuse_held(kind: Kind, pk: UUID) -> None:
    if held(kind, [pk], day=today(), asked=False):
        raise RuleBroken(
            _(
                "Diese Akte darf zurzeit nicht gelöscht werden: Das Löschen ist aufgehalten. Heben Sie das zuerst auf."
            )
        )


def _refuse_open(**about: UUID) -> None:
    """Refuse while another unit or a partner still works on what was sent, or we on what was sent to us."""
    sent = Q(*(Q(**{column: pk}) for column, pk in about.items()), _connector=Q.OR)
    asked = Q(*(Q(**{name: pk}) for name, pk in about.items() if name == "household"), _connector=Q.OR)
    numbers = [
        *Referral.objects.filter(sent, is_open=True, sent_at__isnull=False).values_list("number", flat=True),
        *PartnerRequest.objects.filter(asked, is_open=True, sent_at__isnull=False).values_list(
            "number", flat=True
        ),
    ]
    if numbers:
        raise RuleBroken(
            _(
                "Noch nicht möglich: {numbers} ist noch offen. Bitte schließen Sie es ab oder ziehen Sie es zurück."
            ).format(numbers=", ".join(numbers))
        )


def _delete_found(actor: Actor, found: Iterable[Found], *, unit: UUID, rule: str) -> int:
    gone = 0
    for kind, ids in found:
        records = [Due(pk, unit, today(), today()) for pk in ids]
        gone += delete_records(actor=actor, kind=kind, records=records, rule=rule)
    return gone


@command
def cut_log(*, actor: Actor, before: datetime) -> int:
    """Delete the beginning of the log whose period is over; the rest of the chain can still be proved."""
    home = home_unit()
    actor.require(Permission.PURGE, unit=home)
    gone = door.cut_log(before)
    if gone:
        subject = Unit.objects.get(pk=home)
        record(actor, "log.cut", subject, unit=home, before=before.date(), count=gone)
    return gone


@command
def forget_marks(*, actor: Actor, before: datetime) -> int:
    """Delete tombstones whose own time is over, in the database and in the file, and bring the file up to date."""
    home = home_unit()
    actor.require(Permission.PURGE, unit=home)
    gone = door.forget(before)
    marks.sync(before)
    if gone:
        record(actor, "retention.marks_forgotten", Unit.objects.get(pk=home), unit=home, count=gone)
    return gone
