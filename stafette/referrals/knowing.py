"""What came by referral about a household: the person's sheet tells it without the content."""

from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.people.queries import current_members
from stafette.protection.knowing import Received
from stafette.referrals.queries import received_for


def received_about(*, actor: Actor, household_id: UUID) -> list[Received]:
    """The accepted referrals of a household; whom each is about says the source of the people it brought."""
    members = current_members(actor=actor).filter(household=household_id)
    sources = [(member.person_id, member.person.source.split(" ")[-1]) for member in members]
    return [
        Received(
            at=row.sent_at or row.created_at,
            number=row.number,
            sender_id=row.from_unit_id,
            sender=row.from_unit.name,
            purpose=row.purpose,
            mode=row.mode,
            norm=row.norm,
            categories=row.categories,
            person_ids=frozenset(person for person, number in sources if number == row.number),
        )
        for row in received_for(actor=actor, household_id=household_id)
    ]
