"""What every step of a round begins and ends with."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.directory.models import Organization
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.errors import RuleBroken
from stafette.upkeep import mails
from stafette.upkeep.models import ConfirmationRound, EntryLink
from stafette.upkeep.queries.due import address_of, services_of
from stafette.upkeep.rules import days_of
from stafette.upkeep.tokens import digest_of, new_token


def locked_organization(organization_id: UUID) -> Organization:
    """Lock an organisation, so that two runs at once ask it once."""
    return Organization.objects.select_for_update(of=("self",)).get(pk=organization_id)


def locked_round(round_id: UUID) -> ConfirmationRound:
    """Lock a round for its next step."""
    rows = ConfirmationRound.objects.select_for_update(of=("self",)).select_related("organization")
    found = rows.filter(pk=round_id).first()
    if found is None:
        raise RuleBroken(_("Diese Rückfrage gibt es nicht mehr. Bitte laden Sie die Seite neu."))
    return found


def new_link(organization: Organization, *, asked_again: bool = False) -> tuple[EntryLink, str]:
    """Make a link and return it with its token, which is kept nowhere."""
    at, token = now(), new_token()
    made = EntryLink(
        organization=organization,
        digest=digest_of(token),
        created_at=at,
        expires_at=at + days_of("link_days"),
        asked_again=asked_again,
    )
    made.save(force_insert=True)
    return made, token


def send_round_mail(actor: Actor, round_: ConfirmationRound, day: date | None = None) -> bool:
    """Send the mail of this step; False where the entry names no address or nothing is to be asked any more."""
    address = address_of(round_.organization)
    services = services_of(round_.organization, (day or today()) + days_of("bundle_ahead"))
    if not address or not services:
        return False
    made, token = new_link(round_.organization)
    round_.mails += 1
    mails.send_round(actor, round_, services, made, token, address)
    return True
