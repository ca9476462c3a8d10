"""New links, asked for by providers; they go to the address in the entry and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from stafette.audit.record import record
from stafette.directory.books import books_of
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.upkeep import mails
from stafette.upkeep.models import EntryLink
from stafette.upkeep.queries.due import address_of
from stafette.upkeep.steps import locked_organization, new_link

A_DAY, PER_DAY = timedelta(days=1), 3


@command
def renew_link(*, actor: Actor, organization_id: UUID) -> bool:
    """Send a new link to the known address, thrice a day at most; those before it still open.

    Anybody who knows the address can make this wish, so it takes nothing away from the provider. Run by the worker,
    so that whoever asks learns nothing from how long it took.
    """
    organization = locked_organization(organization_id)
    unit = books_of(organization)
    actor.require(Permission.DUTY_WATCH, unit=unit)
    links = EntryLink.objects.filter(organization=organization)
    lately = links.filter(asked_again=True, created_at__gt=now() - A_DAY).count()
    address = address_of(organization)
    if not address or not organization.is_active or lately >= PER_DAY:
        return False
    made, token = new_link(organization, asked_again=True)
    mails.send_link(actor, organization, made, token, address)
    record(actor, "entry_link.asked_again", organization, unit=unit, code=organization.code)
    return True


@command
def end_older_links(*, actor: Actor, link_id: UUID) -> int:
    """End the links that a wished-for one replaces, at the first button pressed on it; returns how many.

    Only who reads the provider's mail can press it, so a stranger's wish makes no link invalid.
    """
    link = EntryLink.objects.select_for_update(of=("self",)).select_related("organization").get(pk=link_id)
    organization = link.organization
    actor.require(Permission.ENTRY_OWN, unit=organization.pk)
    older = EntryLink.objects.filter(organization=organization, created_at__lt=link.created_at)
    ended = older.filter(revoked_at=None, expires_at__gt=now()).update(revoked_at=now())
    if ended:
        unit = books_of(organization)
        record(actor, "entry_link.replaced", organization, unit=unit, code=organization.code, links=ended)
    return ended
