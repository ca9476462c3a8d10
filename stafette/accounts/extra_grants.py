"""Grants for a limited time beyond one's memberships, as break-glass gives them.

This room knows nothing of them: a room above registers its source in config/wiring.py. Only an account that is marked
(`User.extra_until`, read with the account itself) is asked about: everybody else's requests cost no query more. What
they give is never more than reading (READ).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stafette.accounts.models import User
from stafette.kernel.clock import now
from stafette.kernel.permissions import Permission

READ = frozenset(
    {
        *(Permission.PERSON_VIEW, Permission.INTERVIEW_VIEW, Permission.FINDING_VIEW),
        *(Permission.CONSENT_VIEW, Permission.REFERRAL_VIEW),
    }
)


@dataclass(frozen=True)
class ExtraGrant:
    """What was opened: which unit's files, until when; `id` names the opening."""

    id: UUID
    unit_id: UUID
    unit_name: str
    ends_at: datetime

    @property
    def pairs(self) -> frozenset[tuple[Permission, UUID]]:
        """The grants: reading, in this one unit."""
        return frozenset((permission, self.unit_id) for permission in READ)


Source = Callable[[UUID], Sequence[ExtraGrant]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a room say what it opened to an account; naming it twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def extras_of(user: User) -> tuple[ExtraGrant, ...]:
    """What is open to this account now; no query unless the account is marked."""
    if user.extra_until is None or user.extra_until <= now():
        return ()
    return tuple(grant for source in _sources for grant in source(user.pk))


def mark(user_id: UUID, until: datetime | None) -> None:
    """Mark the account until when to ask; part of the command that opens or ends something."""
    User.objects.filter(pk=user_id).update(extra_until=until)
