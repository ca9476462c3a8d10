"""What lies on the desks of a unit, and what they would look like after it was given out anew: numbers only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts import handover
from stafette.accounts.access import hand_overs_visible_to
from stafette.accounts.handover import DUE, LATE, Slice
from stafette.accounts.models import HandOver, Membership, User
from stafette.accounts.queries.staff import caseworkers_of, running_on, stand_ins
from stafette.accounts.queries.succession import heir_id
from stafette.accounts.roles import ROLES, Role
from stafette.accounts.sharing import besides, loads_after
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission


@dataclass(frozen=True)
class Heap:
    """How much of one kind is in one state: all of it, and what of it is late or due."""

    kind: str
    state: str
    count: int
    late: int
    due: int


@dataclass(frozen=True)
class Load:
    """How much lies on somebody's desk before and after."""

    label: str
    before: int
    after: int
    is_away: bool


@dataclass(frozen=True)
class Plan:
    """What a hand-over would move, seen before it happens."""

    heaps: list[Heap]
    loads: list[Load]
    total: int
    moving: int  # how many of them change hands; the rest stays with whoever has it


@dataclass(frozen=True)
class Desks:
    """All that is open in a unit: by kind, by holder, and who could take it."""

    kinds: list[tuple[str, str]]
    holders: list[tuple[UUID, str]]
    people: list[tuple[UUID, str]]
    slices: dict[str, list[Slice]]
    codes: list[str]


def desks_of_unit(*, actor: Actor, unit_id: UUID) -> Desks:
    """Count what is open in the unit, also on the desks of people who are not there any more."""
    slices = handover.slices_in(actor=actor, unit_id=unit_id)
    load = handover.load_of(one for each in slices.values() for one in each)
    away = stand_ins()
    labels = dict(User.objects.filter(pk__in=load).values_list("pk", "label"))
    people = caseworkers_of(unit_id).values_list("pk", "label")
    return Desks(
        kinds=[
            (things.code, f"{things.label} ({sum(one.count for one in slices[things.code])})")
            for things in handover.all_kinds()
            if things.code in slices
        ],
        holders=sorted(
            ((pk, f"{labels.get(pk, '–')} ({count})") for pk, count in load.items()), key=lambda one: one[1]
        ),
        people=[
            (pk, f"{label} ({load[pk]})" + (f", {_('zurzeit abwesend')}" if pk in away else ""))
            for pk, label in people
        ],
        slices=slices,
        codes=[things.code for things in handover.all_kinds()],
    )


def plan_of(desks: Desks, *, holder: UUID | None, to: Sequence[UUID], codes: Collection[str]) -> Plan:
    """Say what would move and how full the desks would be; nothing is locked and nothing changes."""
    every = [one for slices in desks.slices.values() for one in slices]
    moving = {
        code: [one for one in slices if holder is None or one.holder == holder]
        for code, slices in desks.slices.items()
        if code in codes
    }
    load = handover.load_of(every)
    batch = handover.load_of(one for slices in moving.values() for one in slices)
    total = sum(batch.values())
    after = {person: load[person] - batch[person] for person in batch}
    base = besides(load, batch, to)
    after |= loads_after(total, base)
    kept = sum(min(batch[person], after[person] - base[person]) for person in base)
    labels = dict(User.objects.filter(pk__in=after).values_list("pk", "label"))
    away = stand_ins()
    loads = [Load(labels.get(pk, "–"), load[pk], count, pk in away) for pk, count in after.items()]
    return Plan(_heaps(moving), sorted(loads, key=lambda one: one.label), total, total - kept)


def _heaps(moving: Mapping[str, Iterable[Slice]]) -> list[Heap]:
    labels = {things.code: str(things.label) for things in handover.all_kinds()}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for code, slices in moving.items():
        for one in slices:
            counts.setdefault((code, one.state), Counter())[one.when] += one.count
    return [
        Heap(labels[code], state, sum(found.values()), found[LATE], found[DUE])
        for (code, state), found in counts.items()
    ]


def last_hand_over(unit_id: UUID) -> UUID | None:
    """Return the latest hand-over of the unit, so that a form can say what it knew."""
    return HandOver.objects.filter(unit=unit_id).values_list("pk", flat=True).first()


def hand_over_sent(*, actor: Actor, token: str) -> UUID | None:
    """Find what a form became that is sent once more."""
    try:
        found = hand_overs_visible_to(actor).filter(pk=UUID(token), moved_by=actor.id)
    except ValueError:
        return None
    return found.values_list("pk", flat=True).first()


def rights_in(unit_id: UUID, user_ids: Iterable[UUID]) -> dict[UUID, frozenset[Permission]]:
    """What active accounts may do in the unit today; in its successor, where it has ended."""
    found: dict[UUID, frozenset[Permission]] = {}
    here = heir_id(unit_id, today())
    running = Membership.objects.filter(
        running_on(today()), unit=here, user__in=list(user_ids), user__is_active=True
    )
    for user_id, role in running.values_list("user", "role"):
        found[user_id] = found.get(user_id, frozenset()) | ROLES[Role(role)].permissions
    return found


@dataclass(frozen=True)
class Result:
    """A hand-over as its page tells it afterwards."""

    kinds: list[tuple[str, int]]
    loads: list[Load]
    total: int


def result_of(done: HandOver) -> Result:
    """Read what was moved from what was kept of it; a kind that the program forgot shows its code."""
    counts: dict[str, Any] = done.counts
    labels = {things.code: str(things.label) for things in handover.all_kinds()}
    people: dict[str, list[int]] = counts.get("people", {})
    names = {str(pk): label for pk, label in User.objects.filter(pk__in=people).values_list("pk", "label")}
    kinds = [(labels.get(code, code), count) for code, count in counts.get("kinds", {}).items()]
    loads = [Load(names.get(pk, "–"), before, after, False) for pk, (before, after) in people.items()]
    return Result(kinds, sorted(loads, key=lambda one: one.label), sum(count for _label, count in kinds))
