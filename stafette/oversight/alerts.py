"""When somebody searches again and again without a hit, the officer hears of it: trying out names is no work."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.oversight.queries.officers import officers_of
from stafette.oversight.values import IN_VAIN, number


def searched_in_vain(actor: Actor, unit_id: UUID, found_nothing: int) -> None:
    """Tell the officers once an hour at most; the mail names neither the account nor what was searched for."""
    if found_nothing < number(IN_VAIN):
        return
    hour = f"{now():%Y%m%d%H}"
    notify(
        actor,
        [
            NoteData(
                user_id=officer, unit_id=unit_id, kind="searches_in_vain", reference="",
                path=reverse("oversight:patterns"), key=f"in-vain-{actor.id}-{hour}-{officer}",
            )
            for officer in officers_of([unit_id])
        ],
    )  # fmt: skip
