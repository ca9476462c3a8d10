"""Open things whose person cannot act any more: left, locked, works elsewhere, away without anyone standing in.

They go to colleagues who are there, those with the emptiest desks first. Where a unit has nobody at all, they stay and
head and coordination are told at once (notices.py): never is anything left with someone who will not see it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.sharing import share_out
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.referrals import batons
from stafette.referrals.batons import BatonKind
from stafette.referrals.commands import hand_over_batons
from stafette.referrals.duty.pages import page_of
from stafette.referrals.duty.watched import Watched, wait_for_others
from stafette.referrals.models.baton import Baton

HOLDING = ("responsible_unit", "responsible_user")
Lost = tuple[UUID, UUID, UUID, UUID]  # thing, its lost person, the unit and the person who hold it


def find_holders(run: Watched, kind: BatonKind) -> None:
    """Give what nobody will see to somebody who will: what they hold first, then what they wait for."""
    for side in (HOLDING, *kind.sides):
        with acting(run.watch):
            units = _units_with_lost(run, kind, side)
        for unit in units:
            while _move_piece(run, kind, side, unit):
                pass


def _open(kind: BatonKind, side: tuple[str, str]) -> QuerySet[Baton]:
    rows: QuerySet[Baton] = kind.model._default_manager.filter(is_open=True)
    return rows.filter(**{f"{side[1]}__isnull": False})


def _units_with_lost(run: Watched, kind: BatonKind, side: tuple[str, str]) -> list[UUID]:
    """Units in which somebody has open things and cannot act, though others could."""
    pairs = _open(kind, side).order_by().values_list(*side).distinct()
    found = {unit for unit, person in pairs if person not in run.crews.able(unit)}
    return sorted(unit for unit in found if not run.is_empty(unit))


def _move_piece(run: Watched, kind: BatonKind, side: tuple[str, str], unit: UUID) -> int:
    """Move one piece in one transaction, with its event and its notes; returns how many things moved."""
    unit_column, person_column = side
    with acting(run.watch):
        wait_for_others()
        rows = _open(kind, side).filter(**{unit_column: unit})
        rows = rows.exclude(**{f"{person_column}__in": run.crews.able(unit)})
        lost: list[Lost] = list(
            rows.order_by("pk")
            .select_for_update(of=("self",), no_key=True)
            .values_list("pk", person_column, "responsible_unit", "responsible_user")[: run.piece]
        )
        if not lost:
            return 0
        new_holders = _new_holders(run, lost, unit)
        clerk = run.watch.with_grants((Permission.UNIT_ADMIN, unit))
        moved = hand_over_batons(actor=clerk, kind_code=kind.code, unit_id=unit, new_holders=new_holders)
        if side == HOLDING:
            run.counts["reassigned"] += moved
            notify(run.watch, _notes(run, kind, unit, new_holders))
        return moved


def _new_holders(run: Watched, lost: Sequence[Lost], unit: UUID) -> Mapping[UUID, UUID]:
    """Choose colleagues; whoever holds a thing in this unit also waits for it."""
    able = run.crews.able(unit)
    here = {thing: holder for thing, _person, at, holder in lost if at == unit and holder in able}
    rest = [(thing, person) for thing, person, _at, _holder in lost if thing not in here]
    return here | share_out(rest, _load(run.crews.present(unit)))


def _load(people: Collection[UUID]) -> dict[UUID, int]:
    """Count what everybody holds already, of every kind; in a fixed order, so that two runs choose alike."""
    load = Counter(dict.fromkeys(sorted(people), 0))
    for kind in batons.kinds():
        held = _open(kind, HOLDING).filter(responsible_user__in=people).order_by()
        load.update(held.values_list("responsible_user", flat=True))
    return dict(load)


def _notes(run: Watched, kind: BatonKind, unit: UUID, new_holders: Mapping[UUID, UUID]) -> list[NoteData]:
    """One note per new holder: about the one thing, or how many there are."""
    page = page_of(kind)
    numbers = dict(_open(kind, HOLDING).filter(pk__in=new_holders).values_list("pk", "number"))
    piles: dict[UUID, list[UUID]] = defaultdict(list)
    for thing, person in new_holders.items():
        piles[person].append(thing)
    return [
        NoteData(
            user_id=person,
            unit_id=run.crews.heir(unit),
            kind="handed_over" if run.crews.heir(unit) == unit else "moved_to_successor",
            reference=numbers[things[0]]
            if len(things) == 1
            else _("{count} Vorgänge").format(count=len(things)),
            path=page(things[0]) if len(things) == 1 else reverse("referrals:my_day"),
            key=f"reassigned-{new_id()}",
        )
        for person, things in piles.items()
    ]
