"""Keeps the counts of hints to free text.

No event is recorded for it: an event would say who wrote when about somebody's health, which is more than anybody
needs to know. That is why this is no room of commands with their five steps.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.reports.models import WatchCount
from stafette.web.watching.counting import Count


@command
def count_hints(*, actor: Actor, unit_id: UUID | None, counts: Collection[Count]) -> None:
    """Add to the month of the unit; a text that is changed later is taken back from those that stayed."""
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    month = today().replace(day=1)
    for one in counts:
        row, _is_new = WatchCount.objects.get_or_create(
            unit=unit, month_on=month, form=one.form[:80], ground=one.ground
        )
        WatchCount.objects.filter(pk=row.pk).update(
            shown=F("shown") + one.shown,
            kept=Greatest(F("kept") + one.kept, 0),
            changed=F("changed") + one.changed,
        )
