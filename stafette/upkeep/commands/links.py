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
    """Send a new link to the known address, thrice a day at most; those before it end.

    Run by the worker, so that whoever asks learns nothing from how long it took.
    """
    organization = locked_organization(organization_id)
    unit = books_of(organization)
    actor.require(Permission.DUTY_WATCH, unit=unit)
    links = EntryLink.objects.filter(organization=organization)
    lately = links.filter(asked_again=True, created_at__gt=now() - A_DAY).count()
    address = address_of(organization)
    if not address or not organization.is_active or lately >= PER_DAY:
        return False
    links.filter(revoked_at=None, expires_at__gt=now()).update(revoked_at=now())
    made, token = new_link(organization, asked_again=True)
    mails.send_link(actor, organization, made, token, address)
    record(actor, "entry_link.asked_again", organization, unit=unit, code=organization.code)
    return True
