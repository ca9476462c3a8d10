"""What of this room lies open on the desks of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Case, CharField, Count, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from stafette.accounts.handover import DUE, LATE, LATER, OpenThings, Slice
from stafette.accounts.sharing import Held
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.properties.commands import hand_over_hints
from stafette.properties.models import Hint

SOON = timedelta(days=2)


def _checking(unit_id: UUID) -> QuerySet[Hint]:
    """Hints that somebody is checking; a new one lies on the desk of all."""
    return Hint.objects.filter(unit=unit_id, state=Hint.State.CHECKING)


def _slices(unit_id: UUID) -> Sequence[Slice]:
    day = today()
    when = Case(
        When(due_on__lt=day, then=Value(LATE)),
        When(due_on__lte=day + SOON, then=Value(DUE)),
        default=Value(LATER),
        output_field=CharField(),
    )
    rows = _checking(unit_id).annotate(when=when).values_list("responsible", "when")
    label = str(Hint.State.CHECKING.label)
    return [
        Slice(holder, label, late, count)
        for holder, late, count in rows.annotate(count=Count("pk")).order_by("when")
    ]


def _lock(unit_id: UUID, holder: UUID | None) -> Sequence[Held]:
    found = _checking(unit_id) if holder is None else _checking(unit_id).filter(responsible=holder)
    rows = found.order_by("pk").select_for_update(of=("self",), no_key=True)
    pairs = sorted(rows.values_list("due_on", "pk", "responsible"))
    return [(thing, owner) for _due_on, thing, owner in pairs if owner]


def _give(actor: Actor, unit_id: UUID, new_holders: Mapping[UUID, UUID]) -> int:
    return hand_over_hints(actor=actor, unit_id=unit_id, new_holders=new_holders)


OPEN_HINTS = OpenThings(
    "hints",
    _("Hinweise in Prüfung"),
    needs=(Permission.UNIT_ADMIN, Permission.HINT_VIEW, Permission.HINT_EDIT),
    works=(Permission.HINT_EDIT,),
    slices=_slices,
    lock=_lock,
    give=_give,
)
