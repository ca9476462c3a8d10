"""Partners as the blueprint has them: found again by their code, with the same entries in the log as by hand."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners.models import Partner
from stafette.partners.queries import objection_to


@command
def plan_partner(
    *,
    actor: Actor,
    code: str,
    keeper_id: UUID,
    name: str,
    kind: str,
    email: str,
    phone: str = "",
    language: str = "de",
    second_channel: bool = False,
    is_public: bool = False,
    bound_on: date | None = None,
    unit_id: UUID | None = None,
) -> Partner:
    """Make the partner of this code what the blueprint says, by the units that keep it before and after.

    One that was entered by hand under the same name and address is taken over, one that had ended is asked again.
    Its kind stays: the questions that were put to it belong to its kind.
    """
    found = _known(code, name, email)
    for unit in {keeper_id, found.keeper_id if found else keeper_id}:
        actor.require(Permission.PARTNER_EDIT, unit=unit)
    if why := objection_to(code=code, name=name, kind=kind, email=email):
        raise RuleBroken(why)
    partner = found or Partner(kind=kind)
    new_address = found is not None and partner.email != email
    partner.code, partner.keeper_id, partner.unit_id = code, keeper_id, unit_id
    partner.name, partner.email, partner.phone, partner.language = name, email, phone, language
    partner.second_channel, partner.is_public, partner.bound_on = second_channel, is_public, bound_on
    partner.ended_on = None
    partner.save(force_insert=found is None)
    addressed = {"new_address": new_address} if found else {"partner_kind": kind}
    record(
        actor, "partner.changed" if found else "partner.added", partner, unit=keeper_id, code=code,
        second_channel=second_channel, bound_on=bound_on, **addressed,
    )  # fmt: skip
    return partner


def _known(code: str, name: str, email: str) -> Partner | None:
    """The partner of this code; else the one that somebody entered by hand."""
    locked = Partner.objects.select_for_update(of=("self",))
    by_hand = {"code": None, "name": name, "email": email, "ended_on": None}
    return locked.filter(code=code).first() or locked.filter(**by_hand).first()


@command
def end_planned(*, actor: Actor, code: str) -> Partner:
    """Ask the partner no longer whose entry was taken out of the blueprint; what was asked goes on."""
    partner = Partner.objects.select_for_update(of=("self",)).get(code=code)
    actor.require(Permission.PARTNER_EDIT, unit=partner.keeper_id)
    partner.ended_on = partner.ended_on or today()
    partner.save(update_fields=["ended_on"])
    record(actor, "partner.ended", partner, unit=partner.keeper_id, code=code)
    return partner
