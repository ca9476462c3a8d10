"""Bring a rotation to its end: batch after batch, each a transaction of its own, from wherever it was cut off."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from stafette.casework.commands import retire_key, rewrap_notes
from stafette.casework.models import UnitKey
from stafette.kernel.actor import Actor


def finish_rotation(actor: Actor, unit_id: UUID, *, say: Callable[[int], None] | None = None) -> int:
    """Wrap the rest anew and take the old key out of service; run again, it does what is still to be done."""
    total = 0
    for key in UnitKey.objects.filter(unit=unit_id, replaced_at__isnull=False, retired_at=None):
        while count := rewrap_notes(actor=actor, key_id=key.pk):
            total += count
            if say is not None:
                say(total)
        retire_key(actor=actor, key_id=key.pk)
    return total
