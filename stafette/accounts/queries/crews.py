"""Who has a duty in which unit on a day: put together once for a whole run, not asked per case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.models import Membership, Route, Unit
from stafette.accounts.queries.cooperation import holding_on
from stafette.accounts.queries.staff import left_alone, running_on, stand_ins
from stafette.accounts.queries.succession import heirs
from stafette.accounts.roles import CASEWORK, Role
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission

_DUTIES: dict[str, str] = {
    **dict.fromkeys(CASEWORK, "workers"),
    Role.HEAD: "heads",
    Role.UNIT_ADMIN: "admins",
    Role.COORDINATION: "coordination",
}


@dataclass
class Crew:
    """The active accounts of a unit, by what falls to them."""

    workers: set[UUID] = field(default_factory=set)
    heads: set[UUID] = field(default_factory=set)
    admins: set[UUID] = field(default_factory=set)
    coordination: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class Crews:
    """All units on one day: a unit that has ended answers with the crew of its successor."""

    by_unit: Mapping[UUID, Crew]
    heirs: Mapping[UUID, UUID]
    authority_of: Mapping[UUID, UUID]
    away: frozenset[UUID]
    alone: frozenset[UUID]

    def heir(self, unit_id: UUID) -> UUID:
        """Return the unit that is responsible in its place."""
        return self.heirs.get(unit_id, unit_id)

    def crew(self, unit_id: UUID) -> Crew:
        """Return who works for the unit."""
        return self.by_unit.get(self.heir(unit_id)) or Crew()

    def able(self, unit_id: UUID) -> set[UUID]:
        """Return who can hold a case of this unit: its caseworkers, but not those away for whom nobody stands in."""
        return self.crew(unit_id).workers - self.alone

    def present(self, unit_id: UUID) -> set[UUID]:
        """Return those of them who are there today; all of them where nobody is."""
        able = self.able(unit_id)
        return able - self.away or able

    def heads(self, unit_id: UUID) -> set[UUID]:
        """Return who is told of what is late in the unit: its head, else who administers it."""
        crew = self.crew(unit_id)
        return crew.heads or crew.admins

    def coordination(self, unit_id: UUID) -> set[UUID]:
        """Return who is told when nobody acts: the coordination office in this unit, in its authority, or anywhere.

        Where the installation has none, it is the head of that unit.
        """
        here = self.crew(unit_id).coordination
        authority = self.authority_of.get(self.heir(unit_id))
        near = (one for unit, one in self.by_unit.items() if self.authority_of.get(unit) == authority)
        beside: set[UUID] = set().union(*(one.coordination for one in near))
        anywhere: set[UUID] = set().union(*(one.coordination for one in self.by_unit.values()))
        return here or beside or anywhere or self.heads(unit_id)


def crews(*, on: date | None = None) -> Crews:
    """Put the crews of all units together, in five queries."""
    day = on or today()
    running = Membership.objects.filter(running_on(day), user__is_active=True, role__in=_DUTIES)
    by_unit: dict[UUID, Crew] = {}
    for unit_id, user_id, role in running.values_list("unit_id", "user_id", "role"):
        crew = by_unit.setdefault(unit_id, Crew())
        getattr(crew, _DUTIES[role]).add(user_id)
    return Crews(
        by_unit=by_unit,
        heirs=heirs(on=day),
        authority_of=dict(Unit.objects.values_list("pk", "authority_id")),
        away=frozenset(stand_ins(on=day)),
        alone=left_alone(on=day),
    )


def units_without_staff(*, holding: Collection[UUID] = (), on: date | None = None) -> QuerySet[Unit]:
    """Units that get referrals, or hold open things (`holding`), though nobody there may answer: none may stand so."""
    day = on or today()
    found = crews(on=day)
    receiving = set(
        Route.objects.filter(holding_on(day), receiver__isnull=False).values_list("receiver", flat=True)
    )
    empty = [unit for unit in receiving | set(holding) if not found.crew(unit).workers]
    return Unit.objects.filter(pk__in=empty).order_by("code")


def hands_over(actor: Actor) -> bool:
    """Whether a unit in which somebody works takes part in hand-overs: for the pages it begins with, not for rights.

    It does where an agreed way leads from it or to it to be answered (a signpost is advice, nobody answers), or
    where somebody works on files. Whoever answers hand-overs needs no question to the database.
    """
    if actor.may(Permission.REFERRAL_ANSWER):
        return True
    day, units = today(), actor.units(Permission.UNIT_VIEW) | actor.units(Permission.REFERRAL_VIEW)
    ways = Route.objects.filter(
        holding_on(day), Q(sender__in=units) | Q(receiver__in=units), receiver__isnull=False
    )
    workers = Membership.objects.filter(running_on(day), unit__in=units, role__in=CASEWORK)
    return ways.order_by().values("pk").union(workers.order_by().values("pk")).exists()
