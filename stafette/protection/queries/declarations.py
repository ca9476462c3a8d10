"""Which bodies outside the public service committed themselves to equal protection, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.models import Unit
from stafette.protection.models import Declaration


@dataclass(frozen=True)
class Commitment:
    """What is on record of a unit, newest first; `running` is the one that counts on the day asked for."""

    unit: Unit
    declarations: tuple[Declaration, ...]
    running: Declaration | None


def is_bound(unit_id: UUID, *, on: date) -> bool:
    """Tell whether a declaration counts on that day."""
    return _counting(unit_id, on).exists()


def commitment_of(unit_id: UUID, *, on: date) -> Commitment | None:
    """What the body behind a unit guaranteed; None for a public unit, which the law binds without a paper."""
    unit = Unit.objects.select_related("authority").get(pk=unit_id)
    if unit.authority.is_public:
        return None
    every = tuple(Declaration.objects.filter(unit=unit_id).order_by("-given_on"))
    running = _counting(unit_id, on).order_by("-given_on").first()
    return Commitment(unit, every, running)


def _counting(unit_id: UUID, on: date) -> QuerySet[Declaration]:
    return Declaration.objects.filter(
        Q(expires_on=None) | Q(expires_on__gt=on), unit=unit_id, given_on__lte=on
    )
