"""Who oversees which units."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from stafette.accounts.models import Membership, Unit
from stafette.accounts.queries import running_on
from stafette.accounts.roles import Role
from stafette.kernel.clock import today


def officers_of(unit_ids: Iterable[UUID]) -> list[UUID]:
    """Data protection officers of the authorities to which these units belong; all there are where one has none.

    Something that nobody is told of would be worse than somebody who passes it on.
    """
    officers = Membership.objects.filter(
        running_on(today()), role=Role.DATA_PROTECTION, user__is_active=True
    ).values_list("user_id", "unit__authority_id")
    authorities = set(Unit.objects.filter(pk__in=list(unit_ids)).values_list("authority_id", flat=True))
    own = {user for user, authority in officers if authority in authorities}
    return sorted(own or {user for user, _authority in officers})


def heads_of(unit_ids: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """Heads of these units as pairs of account and unit."""
    running = Membership.objects.filter(running_on(today()), role=Role.HEAD, user__is_active=True)
    return list(running.filter(unit__in=list(unit_ids)).values_list("user_id", "unit_id").order_by("user_id"))
