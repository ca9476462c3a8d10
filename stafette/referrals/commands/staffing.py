"""Who in a unit holds the baton."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.referrals.models import Referral
from stafette.referrals.steps import locked


@command
def take_over(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Become the responsible person of one's own unit for an open referral; dates stay as they are."""
    referral = locked(referral_id, version)
    at_sender = referral.responsible_unit_id == referral.from_unit_id
    permission = Permission.REFERRAL_SEND if at_sender else Permission.REFERRAL_ANSWER
    actor.require(permission, unit=referral.responsible_unit_id)
    if not referral.is_open:
        raise RuleBroken(_("Diese Übergabe ist beendet; es gibt nichts mehr zu übernehmen."))
    before = referral.responsible_user_id
    referral.responsible_user_id = actor.id
    side = "sender_user_id" if at_sender else "receiver_user_id"
    setattr(referral, side, actor.id)
    referral.version += 1
    referral.save(update_fields=["responsible_user", side, "version"])
    about = referral.household_id if at_sender else referral.received_household_id
    record(
        actor, "referral.taken_over", referral, unit=referral.responsible_unit_id, about=about,
        number=referral.number, before=before,
    )  # fmt: skip
    return referral


@command
def hand_over_open(*, actor: Actor, from_user_id: UUID, to_user_id: UUID, unit_id: UUID) -> int:
    """Give all open referrals of somebody who leaves a unit to a colleague, in one go; it moves nothing twice."""
    actor.require(Permission.UNIT_ADMIN, unit=unit_id)
    clerk = actor.with_grants(
        (Permission.REFERRAL_VIEW, unit_id),
        (Permission.REFERRAL_SEND, unit_id),
        (Permission.REFERRAL_ANSWER, unit_id),
    )
    with acting(clerk):
        mine = Referral.objects.filter(is_open=True)
        sent = mine.filter(from_unit=unit_id, sender_user=from_user_id)
        sent.update(sender_user=to_user_id, version=F("version") + 1)
        got = mine.filter(to_unit=unit_id, receiver_user=from_user_id, sent_at__isnull=False)
        got.update(receiver_user=to_user_id, version=F("version") + 1)
        held = mine.filter(responsible_unit=unit_id, responsible_user=from_user_id)
        count = held.update(responsible_user=to_user_id)
    unit = Unit.objects.get(pk=unit_id)
    record(
        actor, "referral.handed_over", unit, unit=unit_id, before=from_user_id, now=to_user_id, count=count
    )
    return count
