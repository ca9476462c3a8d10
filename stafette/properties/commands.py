"""Take hints in and decide them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit, User
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.properties.data import PlaceData
from stafette.properties.models import Hint


@command
def create_hint(
    *,
    actor: Actor,
    unit_id: UUID,
    address: PlaceData,
    indication: str,
    person_count: int | None,
    source_kind: str,
    source_number: str,
    due_on: date,
) -> Hint:
    """Take in what was reported about a building: address, code and head count, nothing about people."""
    actor.require(Permission.HINT_EDIT, unit=unit_id)
    if not address.street:
        raise BadInput(_("Ein Hinweis braucht eine Anschrift."))
    hint = Hint(
        unit_id=unit_id,
        street=address.street,
        house_number=address.house_number,
        postal_code=address.postal_code[:5],
        town=address.town[:80],
        district=address.district[:80],
        indication=indication if indication in Hint.Indication.values else Hint.Indication.OTHER,
        person_count=person_count,
        source_kind=source_kind,
        source_number=source_number,
        received_on=today(),
        due_on=due_on,
    )
    hint.save(force_insert=True)
    record(actor, "hint.created", hint, unit=unit_id, indication=hint.indication, source=source_number)
    return hint


def _locked(hint_id: UUID) -> Hint:
    hint = Hint.objects.select_for_update(of=("self",)).filter(pk=hint_id).first()
    if hint is None:
        raise NotAllowed(_("Diesen Hinweis dürfen Sie nicht bearbeiten, oder es gibt ihn nicht."))
    return hint


@command
def take_hint(*, actor: Actor, hint_id: UUID) -> Hint:
    """Begin to check a hint; from now on one person is responsible."""
    hint = _locked(hint_id)
    actor.require(Permission.HINT_EDIT, unit=hint.unit_id)
    hint.take(responsible=User.objects.get(pk=actor.id))
    hint.save(update_fields=["state", "responsible"])
    record(actor, "hint.taken", hint, unit=hint.unit_id)
    return hint


@command
def close_hint(*, actor: Actor, hint_id: UUID, result: str) -> Hint:
    """End a hint with a coded result."""
    hint = _locked(hint_id)
    actor.require(Permission.HINT_EDIT, unit=hint.unit_id)
    if result not in Hint.Result.values:
        raise BadInput(_("Wählen Sie ein Ergebnis aus der Liste."))
    hint.close(result=result, on=today())
    hint.save(update_fields=["state", "result", "closed_on"])
    record(actor, "hint.closed", hint, unit=hint.unit_id, result=result)
    return hint


@command
def hand_over_hints(*, actor: Actor, unit_id: UUID, new_holders: Mapping[UUID, UUID]) -> int:
    """Give hints that are being checked to their new holders; what was closed meanwhile stays where it is."""
    actor.require(Permission.UNIT_ADMIN, unit=unit_id)
    checking = Hint.objects.filter(unit=unit_id, state=Hint.State.CHECKING)
    count = 0
    for holder in set(new_holders.values()):
        things = [thing for thing, new in new_holders.items() if new == holder]
        count += checking.filter(pk__in=things).update(responsible=holder)
    if count:
        record(actor, "hint.handed_over", Unit.objects.get(pk=unit_id), unit=unit_id, count=count)
    return count
