"""Agreements that end: told to the heads of the unit 90 and 30 days before, and closed when they are over."""

from __future__ import annotations

from django.urls import reverse

from stafette.accounts.queries import crews, watch_actor
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.partners.commands import close_overdue
from stafette.partners.models import CooperationAgreement
from stafette.partners.queries.agreements import REMIND_DAYS, ending_soon


def watch_ends() -> int:
    """End what ran out, and tell of what ends soon; returns how many notes were handed in.

    The key names agreement, step, last day and account: nobody is told twice, but again where it was prolonged.
    """
    actor = watch_actor()
    close_overdue(actor=actor)
    with acting(actor):
        known = crews()
        notes = []
        for agreement in ending_soon():
            crew = known.crew(agreement.unit_id)
            notes += [_note(agreement, user) for user in sorted(crew.heads | crew.admins)]
        return notify(actor, notes)


def _note(agreement: CooperationAgreement, user: object) -> NoteData:
    assert agreement.ends_on is not None  # ending_soon() finds only those with a last day
    left = (agreement.ends_on - today()).days
    step = min(days for days in REMIND_DAYS if left <= days)
    return NoteData(
        user_id=user,  # type: ignore[arg-type]
        unit_id=agreement.unit_id,
        kind="agreement_ends",
        reference=agreement.file_number,
        path=reverse("partners:agreement", args=[agreement.pk]),
        key=f"agreement-ends:{agreement.pk}:{agreement.ends_on}:{step}:{user}",
        due_on=agreement.ends_on,
    )
