"""What partners do when other rooms report something."""

from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.outbox.access import visible_to as messages_visible_to
from stafette.partners import mails
from stafette.partners.commands import end_for_consent, note_bounce
from stafette.protection.commands.opened import log_opened
from stafette.protection.kinds import Kind
from stafette.protection.queries import consent_by_id


def consent_withdrawn(actor: Actor, event: Event) -> None:
    """Follow a withdrawn consent at once, in the same transaction, with the rights that this takes."""
    consent = consent_by_id(actor=actor, consent_id=event.subject_id)
    if consent.outsider_id is None or consent.kind != Kind.DATA:
        return  # given for a unit: stafette.referrals answers that; or nothing travelled on it
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


def link_was_opened(actor: Actor, event: Event) -> None:
    """The partner has read the question: the crossing stands in the unit's log, whoever came with the link."""
    if event.unit_id is None or event.details.get("waits_for_code"):
        return  # behind a code nothing was shown yet
    unit = event.unit_id
    clerk = actor.with_grants(
        *((one, unit) for one in (Permission.REFERRAL_VIEW, Permission.REFERRAL_SEND)),
        *((one, unit) for one in (Permission.CONSENT_VIEW, Permission.PERSON_VIEW)),
    )
    log_opened(actor=clerk, unit_id=unit, reference=event.details["number"])
