"""What lies open on the desks of a unit, asked of every room without knowing any of them.

A room that has open things of its staff registers them in config/wiring.py, one kind or a source of several:

    handover.register(OpenThings("hints", _("Hinweise in Prüfung"), needs=…, slices=…, lock=…, give=…))
    handover.register_source(open_batons)

`needs` are the permissions that counting and moving ask for in the unit; whoever administers the unit gets them for
this one step only, and sees numbers, never a record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stafette.accounts.sharing import Held, besides, share_out
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting

LATE, DUE, LATER = "late", "due", "later"


@dataclass(frozen=True)
class Slice:
    """So many things of one kind in one state on one desk; `when` says whether their date is past, near or far."""

    holder: UUID
    state: str
    when: str
    count: int


@dataclass(frozen=True)
class OpenThings:
    """A kind of open things in a unit.

    `slices` counts them; `lock` locks those of one holder, or all, and names them in the order of urgency; `give`
    is the command that hands each of them to its new holder. `works` is what one must be allowed to do in the unit
    to be given any.
    """

    code: str
    label: Any
    needs: tuple[Permission, ...]
    works: tuple[Permission, ...]
    slices: Callable[[UUID], Sequence[Slice]]  # (unit)
    lock: Callable[[UUID, UUID | None], Sequence[Held]]  # (unit, holder or everybody)
    give: Callable[[Actor, UUID, Mapping[UUID, UUID]], int]  # (actor, unit, new holder per thing)


@dataclass(frozen=True)
class Pile:
    """How many open things of one kind someone has in one unit."""

    things: OpenThings
    count: int


@dataclass(frozen=True)
class HeldAlone:
    """Something in a unit that only its holder can give away, by whatever rank: what was entrusted to one person.

    `count` says how much nobody could open any more if the holder left today.
    """

    code: str
    label: Any
    count: Callable[[UUID, UUID], int]  # (unit, holder)


@dataclass(frozen=True)
class LeftBehind:
    """So much of one kind stays shut when somebody leaves a unit."""

    things: HeldAlone
    unit_id: UUID
    count: int


_alone: dict[str, HeldAlone] = {}
_registered: dict[str, OpenThings] = {}
_sources: list[Callable[[], Iterable[OpenThings]]] = []


def register(things: OpenThings) -> None:
    """Enter a kind of open things; the same code again replaces it."""
    _registered[things.code] = things


def register_source(source: Callable[[], Iterable[OpenThings]]) -> None:
    """Enter a room that has several kinds, which may grow."""
    if source not in _sources:
        _sources.append(source)


def register_alone(things: HeldAlone) -> None:
    """Enter something that no hand-over moves, so that leaving asks about it; the same code again replaces it."""
    _alone[things.code] = things


def left_behind(*, actor: Actor, user_id: UUID, unit_ids: Iterable[UUID]) -> list[LeftBehind]:
    """Count what would stay shut for ever if this person left these units; numbers, never a record."""
    found = []
    for unit_id in unit_ids:
        with acting(actor.with_grants((Permission.UNIT_ADMIN, unit_id))):
            found += [LeftBehind(one, unit_id, one.count(unit_id, user_id)) for one in _alone.values()]
    return [one for one in found if one.count]


def all_kinds() -> list[OpenThings]:
    """Return every kind of open things, what must be answered first."""
    return [*(things for source in _sources for things in source()), *_registered.values()]


def slices_in(*, actor: Actor, unit_id: UUID) -> dict[str, list[Slice]]:
    """Count what lies open in a unit, kind by kind; kinds of which there is nothing are left out."""
    kinds = all_kinds()
    with acting(_granted(actor, kinds, unit_id)):
        found = {things.code: [one for one in things.slices(unit_id) if one.count] for things in kinds}
    return {code: slices for code, slices in found.items() if slices}


def piles(*, actor: Actor, user_id: UUID, unit_id: UUID) -> list[Pile]:
    """Count what lies open on one desk, kind by kind; kinds of which there is nothing are left out."""
    slices = slices_in(actor=actor, unit_id=unit_id)
    counted = (
        Pile(things, sum(one.count for one in slices.get(things.code, ()) if one.holder == user_id))
        for things in all_kinds()
    )
    return [pile for pile in counted if pile.count]


def load_of(slices: Iterable[Slice]) -> Counter[UUID]:
    """Count how much lies on each desk."""
    load: Counter[UUID] = Counter()
    for one in slices:
        load[one.holder] += one.count
    return load


@dataclass(frozen=True)
class Moved:
    """What was moved: how many per kind, how many each one got, and what lay on each desk before and after."""

    kinds: dict[str, int]
    got: dict[UUID, int]
    before: dict[UUID, int]
    after: dict[UUID, int]


def move_open(
    *,
    actor: Actor,
    unit_id: UUID,
    to: Sequence[UUID],
    holder: UUID | None = None,
    codes: Collection[str] | None = None,
) -> Moved:
    """Give the open things of one holder, or of the whole unit, to colleagues by load. For commands only.

    Everything is locked before anything moves; per kind two statements, whether ten things move or ten thousand.
    """
    kinds = [things for things in all_kinds() if codes is None or things.code in codes]
    granted = _granted(actor, all_kinds(), unit_id)
    with acting(granted):
        load = load_of(one for things in all_kinds() for one in things.slices(unit_id))
        locked = {things.code: things.lock(unit_id, holder) for things in kinds}
        held = [pair for code in locked for pair in locked[code]]
        batch = Counter(owner for _thing, owner in held)
        new = share_out(held, besides(load, batch, to))
        moved = {}
        for things in kinds:
            mine = {thing: new[thing] for thing, _owner in locked[things.code] if thing in new}
            if mine:
                moved[things.code] = things.give(granted, unit_id, mine)
    got, lost = Counter(new.values()), Counter(owner for thing, owner in held if thing in new)
    desks = {*to, *batch}
    before = {person: load[person] for person in desks}
    after = {person: load[person] + got[person] - lost[person] for person in desks}
    return Moved(moved, dict(got), before, after)


def _granted(actor: Actor, kinds: Iterable[OpenThings], unit_id: UUID) -> Actor:
    return actor.with_grants(*((permission, unit_id) for things in kinds for permission in things.needs))
