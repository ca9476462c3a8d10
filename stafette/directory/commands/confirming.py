"""Say that an entry still holds, and how much room there is: what providers do with one click."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.directory.books import books_of
from stafette.directory.books import require_provider as _require_provider
from stafette.directory.indexing import reindex
from stafette.directory.models import Service, ServiceCapacity
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken

MOST_WEEKS = 260


@command
def confirm_service(*, actor: Actor, service_id: UUID, by: str) -> Service:
    """Note that a human being made sure today that this service is as it says; `by` is a function, not a name.

    The words of the entry do not change, so there is no new version.
    """
    service = _locked(service_id)
    _require_provider(actor, service.organization)
    service.assured_at, service.assured_by = today(), by.strip()[:200]
    service.save(update_fields=["assured_at", "assured_by", "changed_at"])
    reindex([service.pk])
    record(actor, "service.confirmed", service, unit=books_of(service.organization), code=service.code)
    return service


@command
def set_room(
    *,
    actor: Actor,
    service_id: UUID,
    room: str,
    waiting_weeks: int | None = None,
    available: int | None = None,
    maximum: int | None = None,
) -> Service:
    """Say at once whether the service takes people in, how long one waits, and how many places are free.

    Free places go into the first capacity row; with `available` None that row stays as it is. Waiting is kept only
    where there is a list. No version: room comes and goes, the entry stays the same.
    """
    service = _locked(service_id)
    _require_provider(actor, service.organization)
    _refuse_nonsense(service, room, waiting_weeks, available, maximum)
    service.room = room
    service.waiting_weeks = waiting_weeks if room == Service.Room.WAITING else None
    service.save(update_fields=["room", "waiting_weeks", "changed_at"])
    if available is not None:
        _write_capacity(service, available, maximum)
    reindex([service.pk])
    record(
        actor, "service.room_set", service, unit=books_of(service.organization), code=service.code,
        room=room, waiting_weeks=service.waiting_weeks, available=available,
    )  # fmt: skip
    return service


def _locked(service_id: UUID) -> Service:
    rows = Service.objects.select_for_update(of=("self",)).select_related("organization")
    return rows.get(pk=service_id)


def _refuse_nonsense(service: Service, room: str, weeks: Any, available: Any, maximum: Any) -> None:
    if room not in Service.Room.values:
        raise BadInput(_("Wählen Sie aus, ob Sie zurzeit Menschen aufnehmen."))
    if not service.is_listed:
        raise RuleBroken(_("Dieses Angebot ruht oder besteht nicht mehr. Nehmen Sie es zuerst wieder auf."))
    if weeks is not None and not 0 <= weeks <= MOST_WEEKS:
        raise BadInput(_("Geben Sie die Wartezeit in Wochen an, höchstens 260."))
    if available is not None and maximum is not None and available > maximum:
        raise BadInput(_("Es können nicht mehr Plätze frei sein, als es insgesamt gibt."))


def _write_capacity(service: Service, available: int, maximum: int | None) -> None:
    first = service.capacities.order_by("position", "id").first() or ServiceCapacity(service=service)
    first.available, first.maximum, first.updated_at = available, maximum, now()
    first.save()
