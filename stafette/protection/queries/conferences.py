"""Who agreed to a case conference with whom, and who can sit at the table."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.protection.access import consents_visible_to
from stafette.protection.kinds import Kind
from stafette.protection.models import Consent


def conference_consents(
    *, actor: Actor, household_id: UUID, receiver_id: UUID, on: date | None = None
) -> list[Consent]:
    """Consents to a conference with one unit that hold on that day, with the people they are about."""
    day = on or today()
    found = consents_visible_to(actor).filter(
        household=household_id,
        receiver=receiver_id,
        kind=Kind.CONFERENCE,
        withdrawn_at=None,
        given_on__lte=day,
        expires_on__gt=day,
    )
    return list(found.prefetch_related("people").order_by("given_on", "id"))


def table_choices(*, unit_id: UUID) -> list[tuple[str, str]]:
    """The other units that can take part."""
    return [(str(one.pk), one.name) for one in Unit.objects.exclude(pk=unit_id).order_by("name")]


def agreed_tables(*, actor: Actor, household_id: UUID) -> list[Consent]:
    """Which conferences somebody of the household agreed to, to choose from."""
    found = consents_visible_to(actor).filter(
        household=household_id, kind=Kind.CONFERENCE, withdrawn_at=None, expires_on__gt=today()
    )
    return list(found.select_related("receiver").order_by("topic", "receiver__name"))
