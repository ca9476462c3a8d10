"""A closed file takes its open things along: they move to those for whom it exists."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from stafette.kernel.actor import PROGRAM_ID, Actor
from stafette.kernel.kin import household_seeds, rows_below
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.referrals import batons
from stafette.referrals.commands import hand_over_batons
from stafette.referrals.leaving import needs_of, open_in


def move_to_readers(*, unit_id: UUID, household_id: UUID, open_to: Sequence[UUID]) -> int:
    """Give what lies open about this household in this unit to the named accounts, in turns; return how many.

    Otherwise somebody would answer for a thing that does not exist for them. The program moves it, for it may be
    closed to whoever closes it.
    """
    kinds = batons.kinds()
    needed = {Permission.PERSON_VIEW, *(one for kind in kinds for one in needs_of(kind))}
    program = Actor(PROGRAM_ID, "Stafette (geschlossene Akte)", frozenset((one, unit_id) for one in needed))
    moved = 0
    with acting(program):
        below = rows_below(household_seeds([household_id], _all), _all)
        for kind in kinds:
            things = open_in(kind, unit_id).filter(pk__in=below.get(kind.model, ()))
            wrong = sorted(things.exclude(held_by__in=open_to).values_list("pk", flat=True))
            if wrong:
                holders = dict(zip(wrong, cycle(open_to), strict=False))
                moved += hand_over_batons(
                    actor=program, kind_code=kind.code, unit_id=unit_id, new_holders=holders
                )
    return moved


def _all(model: type[Model]) -> QuerySet[Any]:
    """Every row that the transaction's scope lets through."""
    return model._default_manager.all()
