"""What all parts of one run share: who watches, which day, who works where, what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import connection

from stafette.accounts.models import Authority
from stafette.accounts.queries import Crews, office_calendars
from stafette.kernel.actor import Actor
from stafette.referrals.duty.pages import escalated_page

PIECE = 5_000
_LOCK = 20220702  # one piece at a time, however many runs there are


@dataclass
class Watched:
    """One run on one day."""

    watch: Actor
    day: date
    piece: int = PIECE
    crews: Crews = field(init=False)
    units: list[UUID] = field(init=False)
    counts: Counter[str] = field(default_factory=Counter)
    _heads: dict[UUID, Collection[UUID]] = field(default_factory=dict)
    _coordination: dict[UUID, Collection[UUID]] = field(default_factory=dict)

    @cached_property
    def escalated(self) -> str:
        """The coordination office's list of what nobody dealt with."""
        return escalated_page()

    def heads(self, unit_id: UUID) -> Collection[UUID]:
        """Return who is told what is late in the unit, worked out once per unit."""
        if unit_id not in self._heads:
            self._heads[unit_id] = tuple(self.crews.heads(unit_id))
        return self._heads[unit_id]

    def coordination(self, unit_id: UUID) -> Collection[UUID]:
        """Return who is told when nobody acts, worked out once per unit."""
        if unit_id not in self._coordination:
            self._coordination[unit_id] = tuple(self.crews.coordination(unit_id))
        return self._coordination[unit_id]

    def is_empty(self, unit_id: UUID) -> bool:
        """Tell whether nobody at all can hold a case of this unit."""
        return not self.crews.able(unit_id)


def wait_for_others() -> None:
    """Let one piece at a time look and write, so that it sees all that another run has said; ends with the piece."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def working_units(crews: Crews, day: date) -> list[UUID]:
    """Units that work on that day: what falls due over a weekend or while an office is closed, is told afterwards."""
    offices = office_calendars(Authority.objects.all(), from_on=day)
    working = {authority for authority, office in offices.items() if office.is_working_day(day)}
    return [unit for unit in crews.authority_of if crews.authority_of[crews.heir(unit)] in working]
