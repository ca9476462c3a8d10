"""Questions to the log."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from stafette.audit.access import visible_to
from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


def events_about(*, actor: Actor, about_id: UUID) -> QuerySet[Event]:
    """What happened to a household in the actor's own units, newest first."""
    return visible_to(actor).filter(about_id=about_id).order_by("-at", "-id")


def events_overseen(*, actor: Actor) -> QuerySet[Event]:
    """Events of the units in which the actor reads the log as officer."""
    return visible_to(actor).filter(unit_id__in=actor.units(Permission.EVENT_VIEW))


@dataclass(frozen=True)
class ChainReport:
    """What the check of the chain found; `faults` holds a German sentence for each break."""

    checked: int
    faults: list[str]


ANCHOR, _EVENT, HEAD = range(3)
_CHAIN = """
    select 0, lane, seq, null, digest, null, null from audit_chainanchor
    union all select 1, lane, seq, previous, digest, audit_text(e), id from audit_event e
    union all select 2, lane, seq, null, digest, null, null from audit_chainhead
    order by lane, 1, seq
"""


def verify_chain(*, using: str = "owner") -> ChainReport:
    """Recompute every digest and compare it with the row, its predecessor and the head of its lane.

    Needs the owner's connection: a changed, removed, inserted or cut-off row shows up as a fault. Events and heads
    come from one statement, hence from one moment: the desks go on writing while the check runs. Where the beginning
    of a lane was deleted because its period was over, an anchor holds what the rest must join on to.
    """
    checked, faults = 0, []
    last: dict[int, tuple[int, str]] = {}
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(_CHAIN)
        while rows := cursor.fetchmany(5000):
            for part, lane, seq, previous, digest, text, event_id in rows:
                before_seq, before_digest = last.get(lane, (0, ""))
                if part == ANCHOR:
                    last[lane] = (seq, digest)
                    continue
                if part == HEAD:
                    if (before_seq, before_digest) != (seq, digest):
                        faults.append(
                            f"Kette {lane}: endet nicht bei Eintrag {seq}; am Ende fehlen Einträge."
                        )
                    continue
                if seq != before_seq + 1:
                    faults.append(f"Kette {lane}: zwischen {before_seq} und {seq} fehlen Einträge.")
                elif previous != before_digest:
                    faults.append(f"Kette {lane}, Eintrag {seq}: schließt nicht an den vorigen an.")
                if hashlib.sha256(text.encode()).hexdigest() != digest:
                    faults.append(f"Kette {lane}, Eintrag {seq} ({event_id}): wurde nachträglich verändert.")
                last[lane] = (seq, digest)
                checked += 1
    return ChainReport(checked, faults)
