"""Referrals without content in any state, written as the owner: what the figures count."""

import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from stafette.kernel.clock import today
from stafette.kernel.ids import new_id
from stafette.kernel.testing import as_owner
from stafette.referrals.models import DeclineReason, Outcome, Referral

ZONE = ZoneInfo("Europe/Berlin")
FINDINGS = ("overcrowding", "newborn", "advice_wanted")


def at(day, hour=10):
    return None if day is None else datetime.combine(day, time(hour), ZONE)


def make(sender, receiver, user, *, state="sent", sent_on=None, finding="overcrowding", **facts):
    """One referral in this state; days are given as days after sending."""
    sent_on = sent_on or today()
    answered = facts.pop("answered", 3 if state not in {"sent", "received", "withdrawn"} else None)
    contacted = facts.pop("contacted", 9 if state in {"reached", "done"} else None)
    ended = facts.pop("ended", 20 if state in {"done", "settled", "withdrawn"} else None)
    back = state in {"declined", "returned", "settled"}
    reason, feedback = facts.pop("reason", "no_capacity"), facts.pop("feedback", "helped")

    def on(days, hour=10):
        return at(sent_on + timedelta(days=days), hour) if days is not None else None

    holder = sender if state in {"declined", "returned"} else receiver
    next_on = facts.pop("next_on", sent_on + timedelta(days=7))
    row = Referral(
        number=f"T-{new_id().hex}",
        from_unit=sender,
        to_unit=receiver,
        lead_unit=sender,
        finding_code=finding,
        purpose="Test",
        state=state,
        is_open=ended is None,
        categories=[],
        flow_rule="F01",
        mode="consent",
        norm="",
        flow_sentence="",
        sender_user_id=user,
        receiver_user_id=user,
        responsible_unit=holder,
        responsible_user_id=user,
        escalation_unit=sender,
        next_on=next_on,
        remind_on=next_on,
        escalate_on=next_on + timedelta(days=5),
        rule_version="Vorgabe 1",
        answer_due_on=sent_on + timedelta(days=facts.pop("due", 7)),
        sent_at=on(0, 9),
        received_at=on(0 if state != "sent" else None, 10),
        answered_at=on(answered, 11),
        contacted_at=on(contacted, 12),
        closed_at=on(ended if state == "done" else None, 13),
        ended_at=on(ended, 14),
        decline_reason=reason if back else "",
        feedback=feedback if state == "done" else "",
        **facts,
    )
    with as_owner():
        row.save(force_insert=True)
    return row


STATES = ("sent", "received", "accepted", "reached", "not_reached", "declined", "returned", "settled", "done")


def random_row(dice: random.Random, units, user):
    sender, receiver = dice.sample(units, 2)
    state = dice.choice([*STATES, "withdrawn"])
    return make(
        sender,
        receiver,
        user,
        state=state,
        sent_on=today() - timedelta(days=dice.randrange(200)),
        finding=dice.choice(FINDINGS),
        reason=dice.choice(DeclineReason.values),
        feedback=dice.choice(Outcome.values),
        due=dice.randrange(2, 9),
        received_hint_id=new_id()
        if state not in {"sent", "received", "withdrawn", "declined"} and dice.random() < 0.7
        else None,
        **({"answered": dice.randrange(12)} if state not in {"sent", "received", "withdrawn"} else {}),
    )


def tallies(*, anew=False):
    """All sums as {key: count}; anew counts every referral again first."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"select steering_{'count_anew' if anew else 'add_up'}()")
        cursor.execute(
            "select kind, period, to_unit, finding_code, from_unit, mark, count from steering_tally where kind > 0"
        )
        return {row[:6]: row[6] for row in cursor.fetchall()}
