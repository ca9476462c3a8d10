"""Who in a unit holds the baton."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.referrals import batons
from stafette.referrals.batons import BatonKind
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
def hand_over_batons(*, actor: Actor, kind_code: str, unit_id: UUID, new_holders: Mapping[UUID, UUID]) -> int:
    """Give open things of one kind to their new holders in this unit, in one statement; dates stay as they are.

    The version counts up, so that a form that somebody opened before is refused instead of acting for another. What
    was closed meanwhile stays where it is. Where the baton is at the other unit, only whoever waits for it changes.
    """
    actor.require(Permission.UNIT_ADMIN, unit=unit_id)
    kind = batons.kind_of(kind_code)
    with connection.cursor() as cursor:
        cursor.execute(
            _moving(kind),
            {"unit": unit_id, "things": list(new_holders), "holders": list(new_holders.values())},
        )
        count: int = cursor.rowcount
    unit = Unit.objects.get(pk=unit_id)
    record(actor, "referral.handed_over", unit, unit=unit_id, thing=kind_code, count=count)
    return count


def _moving(kind: BatonKind) -> str:
    """Build the statement for a kind: table and columns come from its model, never from a request."""
    here = "t.responsible_unit_id = %(unit)s"
    columns = [("responsible_user_id", here)]
    columns += [(f"{person}_id", f"t.{unit}_id = %(unit)s") for unit, person in kind.sides]
    changes = ", ".join(
        f'"{column}" = case when {mine} then new.holder else t."{column}" end' for column, mine in columns
    )
    any_of = " or ".join(mine for _column, mine in columns)
    return (
        f'update "{kind.model._meta.db_table}" t set version = t.version + 1, {changes} '
        "from unnest(%(things)s::uuid[], %(holders)s::uuid[]) as new(thing, holder) "
        f"where t.id = new.thing and t.is_open and ({any_of})"
    )
