"""The daily run: who is to be asked, reminded or called. Each organisation is a transaction of its own.

A run that was killed goes on where it ended; a second one finds nothing to do, for every step moves its round.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction

from stafette.accounts.queries import watch_actor
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.upkeep.commands import ask_organization, go_on_with_round
from stafette.upkeep.queries.due import open_rounds, unasked_organizations
from stafette.upkeep.rules import count_of, days_of

WORDS = {"asked": "asked", "reminded": "reminded", "call": "to call", "done": "confirmed"}


def run_rounds(day: date | None = None) -> dict[str, int]:
    """Do what is due on that day; returns how many rounds came into which state."""
    on, counts = day or today(), Counter[str]()
    actor = watch_actor()
    if not actor.grants:
        return {}
    with acting(actor):
        known = list(open_rounds().values_list("pk", "state"))
        new = unasked_organizations(on + days_of("ask_ahead", on))[: count_of("mails_a_day", on)]
    for round_id, state in known:
        after = go_on_with_round(actor=actor, round_id=round_id, day=on)
        counts[after.state] += after.state != state
    for organization_id in new:
        made = ask_organization(actor=actor, organization_id=organization_id, day=on)
        counts[made.state if made else ""] += made is not None
    return {WORDS[state]: number for state, number in counts.items() if number and state in WORDS}


def plan_rounds(day: date | None = None) -> dict[str, int]:
    """Tell what a run on that day would do, and do nothing."""
    with transaction.atomic():
        counts = run_rounds(day)
        transaction.set_rollback(True)
    return counts
