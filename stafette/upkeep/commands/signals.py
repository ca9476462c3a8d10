"""What the work of the units tells about services, kept without any case; and putting hints away."""

from __future__ import annotations

from uuid import UUID

from stafette.audit.record import record
from stafette.directory.books import books_of
from stafette.directory.models import LISTED, Organization, Service, Signal, SignalKind
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission

MOST_DAYS = 999


@command
def note_signals(*, actor: Actor, organization_id: UUID, kind: str, days: int | None = None) -> int:
    """Keep for each listed service of an organisation that it was full, not responsible, or took somebody in.

    A day and a code, never a case, never who asked. `days` is how long the answer took. Returns how many were noted.
    """
    organization = Organization.objects.get(pk=organization_id)
    actor.require(Permission.DUTY_WATCH, unit=books_of(organization))
    if kind not in (SignalKind.AT_CAPACITY, SignalKind.NOT_RESPONSIBLE, SignalKind.ACCEPTED):
        raise BadInput(f"no signal of the units' work: {kind}")
    services = organization.services.filter(status__in=LISTED)
    kept = None if days is None else max(0, min(days, MOST_DAYS))
    made = [Signal(service=one, kind=kind, noted_on=today(), days=kept) for one in services]
    Signal.objects.bulk_create(made)
    if made:
        record(
            actor, "signal.noted", organization, unit=books_of(organization), code=organization.code,
            signal=str(kind), count=len(made),
        )  # fmt: skip
    return len(made)


@command
def settle_signals(*, actor: Actor, service_id: UUID, kind: str) -> int:
    """Put away all open hints of one kind about a service: an editor has looked into it."""
    service = (
        Service.objects.select_for_update(of=("self",)).select_related("organization").get(pk=service_id)
    )
    unit = books_of(service.organization)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit)
    rows = Signal.objects.filter(service=service, kind=kind, settled_on=None)
    count = rows.update(settled_on=today())
    if count:
        record(actor, "signal.settled", service, unit=unit, code=service.code, signal=kind, count=count)
    return count
