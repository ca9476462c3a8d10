"""Keep the organisations that are asked, and the one address that is known of each."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.guards import refuse_enforcement_name
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners.models import Partner


@command
def add_partner(
    *,
    actor: Actor,
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
    organization_id: UUID | None = None,
) -> Partner:
    """Enter an organisation with its function address: links go there and nowhere else."""
    actor.require(Permission.PARTNER_EDIT, unit=keeper_id)
    refuse_enforcement_name(name)
    if Partner.objects.filter(name=name, email=email, ended_on=None).exists():
        raise BadInput(_("Diesen Partner gibt es schon."))
    partner = Partner(
        keeper_id=keeper_id,
        name=name,
        kind=kind,
        email=email,
        phone=phone,
        language=language,
        second_channel=second_channel,
        is_public=is_public,
        bound_on=bound_on,
        unit_id=unit_id,
        organization_id=organization_id,
    )
    partner.save(force_insert=True)
    record(
        actor, "partner.added", partner, unit=keeper_id,
        partner_kind=kind, second_channel=second_channel, bound_on=bound_on,
    )  # fmt: skip
    return partner


@command
def change_partner(
    *,
    actor: Actor,
    partner_id: UUID,
    name: str,
    email: str,
    phone: str = "",
    language: str = "de",
    second_channel: bool = False,
    is_public: bool = False,
    bound_on: date | None = None,
    unit_id: UUID | None = None,
    organization_id: UUID | None = None,
) -> Partner:
    """Correct an organisation; a changed address stands in the log, because it decides who gets links."""
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner_id)
    actor.require(Permission.PARTNER_EDIT, unit=partner.keeper_id)
    refuse_enforcement_name(name)
    new_address = email != partner.email
    partner.name, partner.email, partner.phone, partner.language = name, email, phone, language
    partner.second_channel, partner.is_public, partner.bound_on = second_channel, is_public, bound_on
    partner.unit_id, partner.organization_id = unit_id, organization_id
    partner.save()
    record(
        actor, "partner.changed", partner, unit=partner.keeper_id,
        new_address=new_address, second_channel=second_channel, bound_on=bound_on,
    )  # fmt: skip
    return partner


@command
def end_partner(*, actor: Actor, partner_id: UUID) -> Partner:
    """Ask an organisation no longer; what other units asked goes on, and nobody here knows of it."""
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner_id)
    actor.require(Permission.PARTNER_EDIT, unit=partner.keeper_id)
    if partner.ended_on is not None:
        raise RuleBroken(_("Dieser Partner wird schon nicht mehr gefragt."))
    partner.ended_on = today()
    partner.save(update_fields=["ended_on"])
    record(actor, "partner.ended", partner, unit=partner.keeper_id)
    return partner
