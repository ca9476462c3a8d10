"""What of this room lies open on the desk of someone who leaves a unit."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stafette.accounts.handover import OpenThings
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.referrals.commands import hand_over_open
from stafette.referrals.models import Referral


def _count(user_id: UUID, unit_id: UUID) -> int:
    """Open referrals for which the user answers here, as sender or as receiver."""
    held = Q(responsible_unit=unit_id, responsible_user=user_id)
    sent, got = Q(from_unit=unit_id, sender_user=user_id), Q(to_unit=unit_id, receiver_user=user_id)
    return Referral.objects.filter(held | sent | got, is_open=True).count()


def _move(actor: Actor, from_id: UUID, to_id: UUID, unit_id: UUID) -> int:
    moved = _count(from_id, unit_id)
    if moved:
        hand_over_open(actor=actor, from_user_id=from_id, to_user_id=to_id, unit_id=unit_id)
    return moved


OPEN_REFERRALS = OpenThings(
    "referrals",
    _("Offene Übergaben"),
    needs=(Permission.UNIT_ADMIN, Permission.REFERRAL_VIEW),
    count=_count,
    move=_move,
)
