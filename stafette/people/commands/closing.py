"""Close a file to colleagues, name who works with it, open it again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.queries import caseworkers_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.models import ClosedFile, Household

LEAST = 2


@command
def close_file(
    *, actor: Actor, household_id: UUID, kind: str, reason: str, open_to: Sequence[UUID]
) -> ClosedFile:
    """Let a household's file exist for the named caseworkers of the unit only, from the next step on.

    Two are named for a case of one's own, so that nobody falls ill with the only key (§ 35(1) SGB I). Whoever closes
    it may close it to oneself: a clerk who meets a colleague's name. What lies open moves to those who are named.
    Raises BadInput where nobody is named who works there, RuleBroken where it is closed in this way already.
    """
    household = Household.objects.select_for_update().get(pk=household_id)
    actor.require(Permission.PERSON_EDIT, unit=household.unit_id)
    if ClosedFile.objects.filter(household=household, kind=kind, lifted_at=None).exists():
        raise RuleBroken(_("Diese Akte ist auf diese Weise schon geschlossen."))
    closed = ClosedFile(
        unit_id=household.unit_id,
        household=household,
        kind=kind,
        reason=reason,
        open_to=_named(household.unit_id, open_to, kind),
        closed_by=actor.label,
    )
    closed.save(force_insert=True)
    record(
        actor, "file.closed", closed, unit=household.unit_id, about=household.pk,
        way=kind, reason=reason, open_to=closed.open_to,
    )  # fmt: skip
    return closed


@command
def name_readers(*, actor: Actor, closed_id: UUID, open_to: Sequence[UUID]) -> ClosedFile:
    """Name anew who works with a closed file; the head may, without seeing it, so that no file is orphaned.

    Nobody lets oneself in: a head who works on cases as well names others.
    """
    closed = ClosedFile.objects.select_for_update().get(pk=closed_id)
    _require_say(actor, closed)
    if actor.id in set(open_to) - set(closed.open_to):
        raise NotAllowed(_shut())
    closed.open_to = _named(closed.unit_id, open_to, closed.kind)
    closed.save(update_fields=["open_to"])
    record(
        actor, "file.readers_named", closed, unit=closed.unit_id, about=closed.household_id,
        way=closed.kind, open_to=closed.open_to,
    )  # fmt: skip
    return closed


@command
def reopen_file(*, actor: Actor, closed_id: UUID) -> ClosedFile:
    """Let the file exist for the whole unit again: the relation ended, or the restriction was lifted.

    A head who works on cases as well would open it to oneself, and leaves that to those who work with it.
    """
    closed = ClosedFile.objects.select_for_update().get(pk=closed_id)
    _require_say(actor, closed)
    if actor.id not in closed.open_to and caseworkers_of(closed.unit_id).filter(pk=actor.id).exists():
        raise NotAllowed(_shut())
    if closed.lifted_at is not None:
        raise RuleBroken(_("Diese Akte ist schon wieder offen."))
    closed.lifted_at, closed.lifted_by = now(), actor.label
    closed.save(update_fields=["lifted_at", "lifted_by"])
    record(
        actor, "file.reopened", closed, unit=closed.unit_id, about=closed.household_id, way=closed.kind
    )  # fmt: skip
    return closed


def _require_say(actor: Actor, closed: ClosedFile) -> None:
    """Whoever works with the file, or the head of the unit."""
    permission = Permission.PERSON_EDIT if actor.id in closed.open_to else Permission.FILE_CLOSE
    actor.require(permission, unit=closed.unit_id)


def _shut() -> str:
    return _("Diese Akte ist für Sie geschlossen. Nur wer sie führt, kann sie für Sie öffnen.")


def _named(unit_id: UUID, open_to: Sequence[UUID], kind: str) -> list[UUID]:
    staff = set(caseworkers_of(unit_id).values_list("pk", flat=True))
    named = list(dict.fromkeys(one for one in open_to if one in staff))
    if len(named) != len(set(open_to)):
        raise BadInput(_("Wählen Sie Beschäftigte, die in dieser Stelle Fälle bearbeiten."))
    if not named or (kind == ClosedFile.Kind.OWN and len(named) < min(LEAST, len(staff))):
        raise BadInput(_("Nennen Sie zwei Personen, die diese Akte führen, damit sie nie verwaist."))
    return named
