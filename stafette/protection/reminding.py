"""The clock of a consent: a reminder before it lapses, and withdrawals that no job may lose."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.urls import reverse

from stafette.accounts.queries import caseworkers_of, watch_actor
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.protection.commands import follow_withdrawal
from stafette.protection.life import Span, life_value
from stafette.protection.models import WithdrawalNote


def remind_of_ends() -> int:
    """Tell whoever took a consent that it runs out soon; a colleague, where that one is no longer there.

    Returns how many notes were handed in. The key names consent and account, so nobody is told twice.
    """
    day = today()
    until = day + timedelta(days=life_value(Span.REMIND, on=day).count)
    actor = watch_actor()
    with acting(actor):
        rows = _running_out(day, until)
        return notify(actor, [note for row in rows for note in _notes(*row)])


def _running_out(day: date, until: date) -> list[tuple[UUID, UUID, str, date, UUID | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select consent_id, unit_id, number, expires_on, taken_by from consents_running_out(%s, %s)",
            [day, until],
        )
        return list(cursor.fetchall())


def _notes(consent_id: UUID, unit_id: UUID, number: str, ends: date, taken_by: UUID | None) -> list[NoteData]:
    staff = set(caseworkers_of(unit_id).values_list("pk", flat=True))
    told = [taken_by] if taken_by in staff else sorted(staff)
    return [
        NoteData(
            user_id=user,
            unit_id=unit_id,
            kind="consent_ends",
            reference=number,
            path=reverse("protection:consent", args=[consent_id]),
            key=f"consent-ends:{consent_id}:{user}",
            due_on=ends,
        )
        for user in told
        if user is not None
    ]


def follow_one(note_id: UUID) -> None:
    """Follow one noted withdrawal as the program itself."""
    follow_withdrawal(actor=watch_actor(), note_id=note_id)


def follow_open_withdrawals() -> int:
    """Follow every noted withdrawal that is not settled yet; each in its own transaction."""
    actor: Actor = watch_actor()
    with acting(actor):
        waiting = list(WithdrawalNote.objects.filter(settled_at=None).values_list("pk", flat=True))
    for note_id in waiting:
        follow_withdrawal(actor=actor, note_id=note_id)
    return len(waiting)
