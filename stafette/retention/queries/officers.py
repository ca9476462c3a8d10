"""Who is told when something is not deleted in time."""

from __future__ import annotations

from uuid import UUID

from stafette.accounts.models import Membership
from stafette.accounts.queries.staff import running_on
from stafette.accounts.roles import Role
from stafette.kernel.clock import today


def officers_of(unit_id: UUID) -> set[UUID]:
    """Accounts of the data protection officers of the authority to which a unit belongs."""
    running = Membership.objects.filter(
        running_on(today()),
        role=Role.DATA_PROTECTION,
        unit__authority__units=unit_id,
        user__is_active=True,
    )
    return set(running.values_list("user", flat=True))
