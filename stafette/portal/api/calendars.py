"""The hours of a public service as a calendar."""

from __future__ import annotations

from uuid import UUID

from stafette.directory.exchange.calendar import calendar
from stafette.directory.queries.published import public_service_ids
from stafette.directory.queries.whole import whole_entries, whole_locations, whole_organizations
from stafette.kernel.clock import today


def calendar_of(pk: UUID) -> bytes | None:
    """The calendar of one service, or None where everybody may not see it."""
    found = whole_entries(public_service_ids(pk))
    if not found:
        return None
    service = found[0].data
    places = whole_locations(codes=[place.location for place in service.places])
    (provider,) = whole_organizations(codes=[service.organization], lists=False)
    return calendar(
        service,
        {one.data.code: one.data for one in places},
        provider=provider.data.name,
        changed_at=found[0].changed_at,
        begins=today().replace(month=1, day=1),
    )
