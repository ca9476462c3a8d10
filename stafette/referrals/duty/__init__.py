"""The deadline run: nothing open is forgotten. Reminder, head, coordination; and nobody's things find a new holder.

It runs as the program itself (DUTY_WATCH): the database opens dates and states to it, never content. Each piece is a
transaction of its own and says nothing that was said before, so a run that was killed goes on where it ended, and two
runs at once do no harm.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from stafette.accounts.models import Unit
from stafette.accounts.queries import crews, home_unit, watch_actor
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.referrals import batons
from stafette.referrals.duty.notices import PIECE, tell_due
from stafette.referrals.duty.orphans import find_holders
from stafette.referrals.duty.watched import Watched, working_units

__all__ = ["PIECE", "plan_deadlines", "run_deadlines"]


def run_deadlines(day: date | None = None, *, piece: int = PIECE) -> dict[str, int]:
    """Do what is due on that day; returns how many were told of what, and writes one event about it."""
    watch = watch_actor()
    if not watch.grants:
        return {}
    counts = _do(Watched(watch, day or today(), piece=piece))
    _record_run(actor=watch, day=day or today(), counts=counts)
    return counts


def plan_deadlines(day: date | None = None) -> dict[str, int]:
    """Tell what a run on that day would do, and do nothing."""
    with transaction.atomic():
        counts = _do(Watched(watch_actor(), day or today()))
        transaction.set_rollback(True)
    return counts


def _do(run: Watched) -> dict[str, int]:
    """First whoever holds things is somebody who can, then they are told: kind by kind, in pieces."""
    run.crews = crews(on=run.day)
    run.units = working_units(run.crews, run.day)
    for kind in batons.kinds():
        find_holders(run, kind)
    for kind in batons.kinds():
        tell_due(run, kind)
    return dict(run.counts)


@command
def _record_run(*, actor: Actor, day: date, counts: dict[str, Any]) -> None:
    """Prove that somebody looked: one event per run, in the books of whoever runs the installation."""
    home = home_unit()
    actor.require(Permission.DUTY_WATCH, unit=home)
    record(actor, "deadlines.run", Unit.objects.get(pk=home), unit=home, day=day, **counts)
