"""The deadline run over every open referral, begun, repeated, and resumed; and a desk of ten thousand handed over."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.db import connections

from bench.referral_rows import Crowd, build
from stafette.accounts import handover
from stafette.accounts.models import Membership, User
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.kernel.workdays import add_working_days
from stafette.referrals.duty import run_deadlines

DESK = 10_000


def run(quick: bool = False) -> dict[str, Any]:
    """Seconds on the wall as the worker and the head of a unit feel them; counts as the run reports them."""
    open_rows = 20_000 if quick else 100_000
    crowd = build(open_rows, open_rows)
    day = add_working_days(today(), 1, "ST")  # on a day off nobody is told anything
    figures: dict[str, Any] = {"open": open_rows}
    for name in ("first run, everything late is told", "again, nothing to tell"):
        started = time.perf_counter()
        counts = run_deadlines(day)
        figures[name] = {"seconds": round(time.perf_counter() - started, 2), **counts}
    figures["hand-over"] = hand_over(crowd, DESK if not quick else 2_000)
    return figures


def hand_over(crowd: Crowd, count: int) -> dict[str, Any]:
    """Give one desk with `count` open referrals to two colleagues, three times over: the first one warms up."""
    unit, holder = crowd.receivers[0], _fill_a_desk(crowd.receivers[0], count)
    head = _head(unit)
    members = Membership.objects.using("owner").filter(unit=unit, role=Role.OUTREACH)
    colleagues = list(members.exclude(user=holder).values_list("user", flat=True))
    seconds = []
    for _round in range(3):
        with acting(head):
            started = time.perf_counter()
            moved = handover.move_open(actor=head, unit_id=unit, to=colleagues[:2], holder=holder)
        seconds.append(round(time.perf_counter() - started, 2))
        assert sum(moved.kinds.values()) >= count
        _fill_a_desk(unit, count, holder=holder)
    return {"things": count, "seconds": seconds}


def _fill_a_desk(unit: UUID, count: int, *, holder: UUID | None = None) -> UUID:
    """Put that many open referrals of the unit on one desk, as the owner of the table."""
    members = Membership.objects.using("owner").filter(unit=unit, role=Role.OUTREACH).order_by("id")
    user = holder or members.values_list("user", flat=True)[0]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "update referrals_referral set responsible_user_id = %s, receiver_user_id = %s where id in (select id "
            "from referrals_referral where is_open and responsible_unit_id = %s order by id limit %s)",
            [user, user, unit, count],
        )
        assert cursor.rowcount == count, "not enough open referrals in this unit"
        cursor.execute("vacuum analyze referrals_referral")
    return user


def _head(unit: UUID) -> Actor:
    user = User(email=f"head-{unit}@stafette.example", label="Leitung")
    user.set_unusable_password()
    user.save(using="owner")
    Membership(user=user, unit_id=unit, role=Role.HEAD, starts_on=today()).save(using="owner")
    return actor_for(User.objects.using("owner").get(pk=user.pk))
