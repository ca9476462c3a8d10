"""What partners do when other rooms report something."""

from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.outbox.access import visible_to as messages_visible_to
from stafette.partners import mails
from stafette.partners.commands import end_for_consent, note_bounce
from stafette.protection.queries import consent_by_id


def consent_withdrawn(actor: Actor, event: Event) -> None:
    """Follow a withdrawn consent at once, in the same transaction, with the rights that this takes."""
    consent = consent_by_id(actor=actor, consent_id=event.subject_id)
    if consent.outsider_id is None:
        return  # given for a unit: stafette.referrals answers that
    unit = consent.unit_id
    clerk = actor.with_grants(
        (Permission.REFERRAL_VIEW, unit),
        (Permission.REFERRAL_SEND, unit),
        (Permission.PERSON_VIEW, unit),
        (Permission.CONSENT_VIEW, unit),
    )
    end_for_consent(
        actor=clerk,
        unit_id=unit,
        household_id=consent.household_id,
        partner_id=consent.outsider_id,
        categories=consent.categories,
    )


def mail_bounced(actor: Actor, event: Event) -> None:
    """A mail with a link came back: the question is the unit's turn again."""
    if event.details.get("mail") != mails.KIND or event.unit_id is None:
        return
    watcher = actor.with_grants((Permission.DUTY_WATCH, event.unit_id))
    message = messages_visible_to(watcher).get(pk=event.subject_id)
    note_bounce(actor=watcher, number=message.reference)
