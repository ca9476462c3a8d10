"""Hold a deletion up, with a reason and an end; nothing is held longer by itself."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import visible
from stafette.retention.kinds import kind_of
from stafette.retention.models import Announcement, Hold
from stafette.retention.periods import limit


@command
def hold_up(
    *, actor: Actor, kind: str, object_id: UUID, reason: str, until_on: date, reference: str = ""
) -> Hold:
    """Keep a file or a hint from being deleted until a day, at most twelve months away (rules/purge.toml).

    A hold that runs is ended by the new one: the longer wait has a reason of its own. Raises BadInput for an end that
    is past or too far, RuleBroken for a kind that cannot be held by itself.
    """
    if kind not in Hold.KINDS:
        raise RuleBroken(_("Aufhalten lässt sich die ganze Akte, nicht ein einzelner Teil davon."))
    unit = _unit_of(actor, kind, object_id)
    actor.require(Permission.RETENTION_EDIT, unit=unit)
    latest = limit("hold", today()).after(today())
    if not today() < until_on <= latest:
        raise BadInput(
            _("Bitte wählen Sie einen künftigen Tag bis zum {day}.").format(day=f"{latest:%d.%m.%Y}")
        )
    for old in Hold.objects.select_for_update().filter(kind=kind, object_id=object_id, lifted_on=None):
        _record_end(actor, old)
    hold = Hold(
        unit_id=unit, kind=kind, object_id=object_id, reason=reason, reference=reference, from_on=today(),
        until_on=until_on, held_by=actor.label,
    )  # fmt: skip
    hold.save(force_insert=True)
    record(actor, "retention.held", hold, unit=unit, what=kind, reason=reason, until=until_on)
    return hold


def _unit_of(actor: Actor, kind: str, object_id: UUID) -> UUID:
    model = kind_of(kind)
    unit = model.rows(actor).filter(pk=object_id).values_list(model.owner or "pk", flat=True).first()
    if unit is None:
        announced = _announced_unit(actor, kind, object_id)
        if announced is None:
            raise RuleBroken(_("Diesen Eintrag gibt es nicht mehr."))
        return announced
    return UUID(str(unit))


def _announced_unit(actor: Actor, kind: str, object_id: UUID) -> UUID | None:
    """A head holds up what she may not open: what the grace list of her unit names."""
    return (
        visible(Announcement, actor)
        .filter(kind=kind, object_id=object_id)
        .values_list("unit_id", flat=True)
        .first()
    )


@command
def lift_hold(*, actor: Actor, hold_id: UUID) -> Hold:
    """End a hold: what is due goes with the next run."""
    actor.require(Permission.RETENTION_EDIT, unit=visible(Hold, actor).get(pk=hold_id).unit_id)
    hold = Hold.objects.select_for_update().get(pk=hold_id)
    if hold.lifted_on is not None:
        raise RuleBroken(_("Dieses Aufhalten ist schon beendet."))
    _record_end(actor, hold)
    return hold


def _record_end(actor: Actor, hold: Hold) -> None:
    hold.lifted_on, hold.lifted_by = today(), actor.label
    hold.save(update_fields=["lifted_on", "lifted_by"])
    record(actor, "retention.released", hold, unit=hold.unit_id, what=hold.kind)
