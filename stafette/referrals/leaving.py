"""What of this room, and of every room with batons, lies open on the desks of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.fields import CharField, UUIDField

from stafette.accounts.handover import DUE, LATE, LATER, OpenThings, Slice
from stafette.accounts.models import Unit
from stafette.accounts.sharing import Held
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import owners_of
from stafette.referrals import batons
from stafette.referrals.batons import BatonKind
from stafette.referrals.commands import hand_over_batons

WORKS = (Permission.REFERRAL_ANSWER, Permission.REFERRAL_SEND)


def open_batons() -> list[OpenThings]:
    """Every kind of baton that any room entered."""
    return [
        OpenThings(
            kind.code,
            kind.plural,
            needs=needs_of(kind),
            works=WORKS,
            slices=partial(_slices, kind),
            lock=partial(_lock, kind),
            give=partial(_give, kind),
        )
        for kind in batons.kinds()
    ]


def needs_of(kind: BatonKind) -> tuple[Permission, ...]:
    """What seeing and moving this kind takes: the first permission that its model names for each owning unit."""
    needed = {Permission.UNIT_ADMIN}
    for owner in owners_of(kind.model):
        if kind.model._meta.get_field(owner.column).related_model is Unit:
            for asked in (owner.view, owner.edit):
                needed.add(asked if isinstance(asked, Permission) else asked[0])
    return tuple(sorted(needed))


def open_in(kind: BatonKind, unit_id: UUID) -> QuerySet[Any]:
    """Open things that the unit holds or waits for, with the person who answers for them here.

    For what waits at the other unit that is whoever sent it or will get it back.
    """
    found = kind.model._default_manager.filter(is_open=True)
    if not kind.sides:
        return found.filter(responsible_unit=unit_id).annotate(held_by=F("responsible_user"))
    here = Q()
    whens = [When(responsible_unit=unit_id, then=F("responsible_user"))]
    for unit, person in kind.sides:
        here |= Q(**{unit: unit_id, f"{person}__isnull": False})
        whens.append(When(**{unit: unit_id}, then=F(person)))
    return found.filter(here).annotate(held_by=Case(*whens, output_field=UUIDField()))


def _slices(kind: BatonKind, unit_id: UUID) -> Sequence[Slice]:
    day = today()
    when = Case(
        When(next_on__lt=day, then=Value(LATE)),
        When(remind_on__lte=day, then=Value(DUE)),
        default=Value(LATER),
        output_field=CharField(),
    )
    rows = open_in(kind, unit_id).annotate(when=when).order_by().values("held_by", "state", "when")
    states = kind.model.State
    return [
        Slice(row["held_by"], str(states(row["state"]).label), row["when"], row["count"])
        for row in rows.annotate(count=Count("pk")).order_by("state", "when")
    ]


def _lock(kind: BatonKind, unit_id: UUID, holder: UUID | None) -> Sequence[Held]:
    """Lock in the order of ids, as every hand-over does, so that two of them never wait for each other."""
    found = open_in(kind, unit_id)
    if holder is not None:
        found = found.filter(held_by=holder)
    rows = found.order_by("pk").select_for_update(of=("self",), no_key=True)
    pairs = sorted(rows.values_list("next_on", "pk", "held_by"))
    return [(thing, held_by) for _next_on, thing, held_by in pairs]


def _give(kind: BatonKind, actor: Actor, unit_id: UUID, new_holders: Mapping[UUID, UUID]) -> int:
    return hand_over_batons(actor=actor, kind_code=kind.code, unit_id=unit_id, new_holders=new_holders)
