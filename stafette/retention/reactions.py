"""Answers to other rooms: what a person rightly asked to have deleted goes at once."""

from __future__ import annotations

from uuid import UUID

from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.retention import marks
from stafette.retention.acting import purge_actor
from stafette.retention.commands import erase_file, erase_person


def erasure_granted(actor: Actor, event: Event) -> None:
    """Delete the file or the persons that a granted request names, in the transaction of the decision.

    The deletion acts as itself: the clerk who decides needs no right to delete. A hold still counts, and then the
    decision fails with what is to be done first.
    """
    purge = purge_actor()
    household = event.details.get("household")
    if household:
        erase_file(actor=purge, household_id=UUID(household))
    for person in event.details.get("persons", []):
        erase_person(actor=purge, person_id=UUID(person))
    marks.write_after(purge)
