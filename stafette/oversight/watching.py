"""The clock of a breach: 24 hours, 48 hours, 72 hours, told to more people the longer nothing is decided.

Real hours count, weekends too (Art. 33(1) GDPR; Reg. 1182/71). The worker looks every quarter of an hour; each step is
told once per breach, moment of awareness and account, and what one run missed the next one catches up on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from stafette.accounts.queries import watch_actor
from stafette.kernel.clock import now
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.oversight.models import Breach
from stafette.oversight.queries.officers import heads_of, officers_of
from stafette.oversight.values import REPORT_HOURS, number

LAST_DAY = timedelta(hours=24)
LAST_HOURS = timedelta(hours=6)
STEPS = {"house": "breach_house", "day": "breach_day", "last": "breach_last", "over": "breach_over"}


def watch_breaches() -> int:
    """Tell what is running out; returns how many notes were handed in.

    The officers hear of it when the hours of the house are over, a day before the end and six hours before it; with
    the last step, and when the period is over, the head of the unit where it happened hears of it, too.
    """
    watch, at = watch_actor(), now()
    with acting(watch):
        running = list(Breach.objects.filter(state__in=["open", "assessed"]).order_by("due_at"))
        notes = [note for breach in running for note in _notes(breach, at)]
        return notify(watch, notes)


def _notes(breach: Breach, at: datetime) -> list[NoteData]:
    step = _step(breach, at)
    if not step:
        return []
    told = [(officer, breach.unit_id) for officer in officers_of([breach.unit_id])]
    if step in ("last", "over"):
        told += heads_of([breach.unit_id])
    return [_note(breach, user, unit, step) for user, unit in dict.fromkeys(told)]


def _step(breach: Breach, at: datetime) -> str:
    """The highest step that is reached."""
    if at >= breach.due_at:
        return "over"
    if at >= breach.due_at - LAST_HOURS:
        return "last"
    if at >= breach.due_at - LAST_DAY:
        return "day"
    house = breach.aware_at + timedelta(hours=number(REPORT_HOURS))
    return "house" if breach.state == Breach.State.OPEN and at >= house else ""


def _note(breach: Breach, user_id: UUID, unit_id: UUID, step: str) -> NoteData:
    return NoteData(
        user_id=user_id, unit_id=unit_id, kind=STEPS[step], reference=breach.number,
        path=reverse("oversight:breach", args=[breach.pk]),
        key=f"breach-{breach.pk}-{step}-{breach.due_at:%Y%m%d%H%M}-{user_id}",
    )  # fmt: skip
