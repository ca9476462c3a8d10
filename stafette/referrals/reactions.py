"""What referrals do when other rooms report something."""

from uuid import UUID

from django.urls import reverse

from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.protection.queries import consent_by_id
from stafette.referrals.commands import end_for_consent


def consent_withdrawn(actor: Actor, event: Event) -> None:
    """Follow a withdrawn consent at once, in the same transaction, with the rights that this takes."""
    consent = consent_by_id(actor=actor, consent_id=event.subject_id)
    if consent.receiver_id is None:
        return  # given for a partner outside: stafette.partners answers that
    unit = consent.unit_id
    clerk = actor.with_grants(
        (Permission.REFERRAL_VIEW, unit),
        (Permission.REFERRAL_SEND, unit),
        (Permission.PERSON_VIEW, unit),
        (Permission.CONSENT_VIEW, unit),
        (Permission.FINDING_VIEW, unit),
        (Permission.FINDING_EDIT, unit),
    )
    end_for_consent(
        actor=clerk,
        unit_id=unit,
        household_id=consent.household_id,
        receiver_id=consent.receiver_id,
        person_ids=[row.person_id for row in consent.people.all()],
        categories=consent.categories,
    )


def work_handed_over(actor: Actor, event: Event) -> None:
    """Tell each new holder once, however many things came: the number stands on „Mein Tag“, not in the mail."""
    assert event.unit_id is not None
    notify(
        actor,
        [
            NoteData(
                user_id=UUID(user),
                unit_id=event.unit_id,
                kind="handed_over",
                reference="",
                path=reverse("referrals:my_day"),
                key=f"handed_over:{event.details['hand_over']}:{user}",
            )
            for user in event.details["got"]
        ],
    )
