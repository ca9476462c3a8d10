"""What of this room lies open on the desks of a unit: talks that were begun and not finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from stafette.accounts.handover import LATER, OpenThings, Slice
from stafette.accounts.sharing import Held
from stafette.intake.commands.handing import hand_over_talks
from stafette.intake.models import Interview
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


def _drafts(unit_id: UUID) -> QuerySet[Interview]:
    return Interview.objects.filter(unit=unit_id, state=Interview.State.DRAFT)


def _slices(unit_id: UUID) -> Sequence[Slice]:
    label = str(Interview.State.DRAFT.label)
    rows = _drafts(unit_id).values_list("led_by_id").annotate(count=Count("pk"))
    return [Slice(holder, label, LATER, count) for holder, count in rows.order_by("led_by_id")]


def _lock(unit_id: UUID, holder: UUID | None) -> Sequence[Held]:
    found = _drafts(unit_id) if holder is None else _drafts(unit_id).filter(led_by_id=holder)
    rows = found.order_by("pk").select_for_update(of=("self",), no_key=True)
    pairs = sorted(rows.values_list("started_at", "pk", "led_by_id"))
    return [(talk, led_by) for _started_at, talk, led_by in pairs]


def _give(actor: Actor, unit_id: UUID, new_holders: Mapping[UUID, UUID]) -> int:
    return hand_over_talks(actor=actor, unit_id=unit_id, new_holders=new_holders)


OPEN_TALKS = OpenThings(
    "talks",
    _("Begonnene Gespräche"),
    needs=(Permission.UNIT_ADMIN, Permission.INTERVIEW_VIEW, Permission.INTERVIEW_EDIT),
    works=(Permission.INTERVIEW_EDIT,),
    slices=_slices,
    lock=_lock,
    give=_give,
)
