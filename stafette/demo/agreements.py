"""The demo's cooperation agreements: who sits at which desk of the welcome centre when, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from stafette.accounts.models import Unit
from stafette.directory.models import Organization
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.partners.commands import add_desk_time, add_partner, enter_agreement, start_agreement
from stafette.partners.models import Partner, Weekday


@dataclass(frozen=True)
class Agreed:
    """One agreement with a provider of the directory: its desk, its hours, and how long it holds (in days)."""

    organization: str
    service: str
    contact: str
    weekday: int
    opens: int
    closes: int
    desk: int
    languages: tuple[str, ...]
    signed_ago: int
    ends_in: int | None = None
    answer_days: int | None = None
    clause: str = "none"


AGREED = (
    Agreed(
        "mbe-nord", "mbe-nord", "Leitung der Migrationsberatung", Weekday.MONDAY, 10, 12, 2, ("de", "ar", "ru"),
        signed_ago=400, answer_days=5, clause="own",
    ),
    Agreed(
        "jmd", "jmd", "Leitung des Jugendmigrationsdienstes", Weekday.TUESDAY, 14, 17, 3, ("de", "en", "ar", "ro"),
        signed_ago=260, answer_days=5, clause="own",
    ),
    Agreed(
        "gewerkschaft", "faire-arbeit", "Koordination der Beratung", Weekday.THURSDAY, 9, 12, 2, ("bg", "ro", "pl"),
        signed_ago=200, ends_in=530,
    ),
    Agreed(
        "mieterverein", "mieterberatung", "Leitung der Mieterberatung", Weekday.THURSDAY, 14, 17, 3, ("de", "en"),
        signed_ago=305, ends_in=60,
    ),
)  # fmt: skip


def agree_with_partners(head: Actor) -> None:
    """Enter partners and agreements as the head of the welcome centre does; one of them ends in two months."""
    unit = Unit.objects.get(code="wzl").pk
    with acting(head):
        for number, agreed in enumerate(AGREED, start=1):
            _agree(head, unit, agreed, number)


def _agree(head: Actor, unit: UUID, agreed: Agreed, number: int) -> None:
    signed_on = today() - timedelta(days=agreed.signed_ago)
    partner = _partner(head, unit, agreed.organization, bound_on=signed_on)
    agreement = enter_agreement(
        actor=head,
        unit_id=unit,
        partner_id=partner.pk,
        file_number=f"WZL-{signed_on:%Y}-{number:02}",
        signed_on=signed_on,
        starts_on=signed_on + timedelta(days=14),
        ends_on=None if agreed.ends_in is None else today() + timedelta(days=agreed.ends_in),
        notice_weeks=6 if agreed.ends_in is None else None,
        services=[agreed.service],
        contacts=[agreed.contact],
        answer_days=agreed.answer_days,
        clause=agreed.clause,
        clause_on=None if agreed.clause == "none" else signed_on,
    )
    add_desk_time(
        actor=head,
        agreement_id=agreement.pk,
        weekday=agreed.weekday,
        opens_at=time(agreed.opens),
        closes_at=time(agreed.closes),
        desk=agreed.desk,
        languages=agreed.languages,
    )
    start_agreement(actor=head, agreement_id=agreement.pk)


def _partner(head: Actor, unit: UUID, code: str, *, bound_on: date) -> Partner:
    """A provider as the directory knows it; the unit that works under its name here is the same house."""
    found = Organization.objects.get(code=code)
    return add_partner(
        actor=head,
        keeper_id=unit,
        name=found.name,
        kind="charity",
        email=f"kontakt@{code}.example",
        bound_on=bound_on,
        unit_id=found.unit_id,
        organization_id=found.pk,
    )
